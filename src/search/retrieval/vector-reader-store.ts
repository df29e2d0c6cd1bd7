/** Reads models, packed term vectors and packed vectors for search. */
import type { DatabaseConnection } from '../../db/connection.ts';
import type { EmbeddingProvider } from '../embedders/embedding-provider.ts';
import type { VectorModel } from '../indexing/vectors.ts';
import { embedTerms, type LsaModel } from '../lsa/model.ts';
import { fromModelBytes } from '../lsa/model-bytes.ts';
import { modelKey } from '../nearest/files.ts';
import type { Candidate } from '../ranking/ranking.ts';
import { packTermVector, toTermVector, unpackTermVector } from '../text/term-vector.ts';
import { inOrder } from './candidate-store.ts';

export interface ServingModel extends Pick<VectorModel, 'id' | 'name' | 'dimensions' | 'papers' | 'share'> {
  readonly maker: EmbeddingProvider;
}

interface CandidateRow {
  readonly pk: number;
  readonly words: Uint8Array | null;
  readonly vector: Uint8Array | null;
}

/** Identifies the version of a paper, so that changed ones are read again. */
interface PaperVersion {
  readonly pk: number;
  readonly changedAt: string;
}

/** What candidates are sorted by besides their scores. */
type CandidateDetails = Pick<Candidate, 'pk' | 'published' | 'votes'>;

type TextRow = {
  readonly pk: number;
  readonly title: string;
  readonly abstract: string;
  readonly authors: string;
};

/**
 * Papers to keep in the cache below, a few megabytes. Until the papers of a new store are packed, a query
 * reads 200 texts, which takes 50 ms; without a cache, 50 queries per second would never catch up.
 */
const MAX_PACKED_HERE = 4_000;
/** For a paper that was removed between two reads. */
const EMPTY = packTermVector(toTermVector({ title: '', abstract: '' }));

export interface VectorReader {
  /** Returns the active model; `undefined` while there is none, and for a built-in one without weight. */
  serving(): ServingModel | undefined;
  /**
   * Returns candidates in the order of `keys`. Reads the text of papers that are not packed yet.
   * @param model `undefined` for words only
   */
  candidates(keys: readonly number[], model: ServingModel | undefined): Candidate[];
  /** Embeds a text with the built-in model. */
  embedText(model: ServingModel, text: string): Float32Array | undefined;
}

export function openVectorReader(connection: DatabaseConnection): VectorReader {
  const serving = connection.prepare<[], Omit<ServingModel, 'share'>>(
    `SELECT id, maker, name, dimensions, papers FROM embedding_models WHERE state = 'serving' AND maker <> 'words'`,
  );
  // Its column is behind the bytes of the learned model, which SQLite reads through to get there. It does not
  // change while the model serves.
  const share = connection
    .prepare<[number], number>('SELECT share FROM embedding_models WHERE id = ?')
    .pluck();
  let knownShare: { readonly key: string; readonly share: number } | undefined;
  const learned = connection
    .prepare<[number], Uint8Array | null>('SELECT learned FROM embedding_models WHERE id = ?')
    .pluck();
  // One statement for any number of keys. Sorting in SQL would copy the packed words of each row, and rows of
  // papers would take a quarter of the time.
  const rows = connection.prepare<{ model: number; keys: string }, CandidateRow>(
    `SELECT CAST(wanted.value AS BIGINT) AS pk, w.packed AS words, v.packed AS vector
     FROM json_each(:keys) wanted
       LEFT JOIN paper_vectors w ON w.paper = CAST(wanted.value AS BIGINT)
         AND w.model = (SELECT id FROM embedding_models WHERE maker = 'words' AND state = 'serving')
       LEFT JOIN paper_vectors v ON v.paper = CAST(wanted.value AS BIGINT) AND v.model = :model`,
  );
  const versions = connection.prepare<[string], PaperVersion>(
    `SELECT pk, changed_at AS changedAt FROM papers WHERE pk IN (SELECT CAST(value AS BIGINT) FROM json_each(?))`,
  );
  const details = connection.prepare<[string], CandidateDetails>(
    'SELECT pk, published, votes FROM papers WHERE pk IN (SELECT CAST(value AS BIGINT) FROM json_each(?))',
  );
  const texts = connection.prepare<[string], TextRow>(
    'SELECT pk, title, abstract, authors FROM papers WHERE pk IN (SELECT CAST(value AS BIGINT) FROM json_each(?))',
  );
  let known: { readonly id: number; readonly model: LsaModel | undefined } | undefined;
  const packedHere = new Map<number, { readonly changedAt: string; readonly words: Uint8Array }>();

  /** Packs papers that are not packed in the database. */
  function packHere(papers: readonly PaperVersion[]): void {
    if (packedHere.size + papers.length > MAX_PACKED_HERE) packedHere.clear();
    const unread = new Map(
      papers
        .filter(({ pk, changedAt }) => packedHere.get(pk)?.changedAt !== changedAt)
        .map(({ pk, changedAt }) => [pk, changedAt]),
    );
    if (unread.size === 0) return;
    for (const text of texts.all(JSON.stringify([...unread.keys()]))) {
      const words = packTermVector(toTermVector(text));
      packedHere.set(text.pk, { changedAt: unread.get(text.pk) ?? '', words });
    }
  }

  /** Reads dates and votes of all candidates when one is asked for: in most searches, no scores are equal. */
  function openDetails(keys: readonly number[]): (pk: number) => CandidateDetails | undefined {
    let known: ReadonlyMap<number, CandidateDetails> | undefined;
    return (pk) => {
      known ??= new Map(details.all(JSON.stringify(keys)).map((each) => [each.pk, each]));
      return known.get(pk);
    };
  }

  /** Reads each model once; it has some megabytes. */
  function modelOf(id: number): LsaModel | undefined {
    if (known?.id !== id) {
      const bytes = learned.get(id);
      known = { id, model: bytes ? fromModelBytes(bytes) : undefined };
    }
    return known.model;
  }

  function servingModel(): ServingModel | undefined {
    const found = serving.get();
    if (!found) return undefined;
    const key = modelKey(found);
    if (knownShare?.key !== key) knownShare = { key, share: share.get(found.id) ?? 0 };
    // Vectors that do not know the words of this store.
    if (found.maker === 'built-in' && knownShare.share === 0) return undefined;
    return { ...found, share: knownShare.share };
  }

  return {
    serving: servingModel,

    candidates(keys, model) {
      const read = rows.all({ model: model?.id ?? 0, keys: JSON.stringify(keys) });
      const unpacked = read.flatMap(({ pk, words }) => (words === null ? [pk] : []));
      const existing = unpacked.length > 0 ? versions.all(JSON.stringify(unpacked)) : [];
      packHere(existing);
      const missing = new Set(unpacked);
      for (const { pk } of existing) missing.delete(pk);
      const found = inOrder(missing.size > 0 ? read.filter(({ pk }) => !missing.has(pk)) : read, keys);
      const detailsOf = openDetails(keys);
      return found.map(({ pk, words, vector }) => ({
        pk,
        get published() {
          return detailsOf(pk)?.published ?? null;
        },
        get votes() {
          return detailsOf(pk)?.votes ?? null;
        },
        termVector: unpackTermVector(words ?? packedHere.get(pk)?.words ?? EMPTY),
        ...(vector && vector.length === model?.dimensions && { vector: toVector(vector) }),
      }));
    },

    embedText(model, text) {
      const learnedModel = modelOf(model.id);
      return learnedModel && embedTerms(learnedModel, toTermVector({ title: '', abstract: text }));
    },
  };
}

function toVector(bytes: Uint8Array): Int8Array {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
