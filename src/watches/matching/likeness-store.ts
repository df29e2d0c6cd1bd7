/**
 * Decides whether a paper is about the same as one that people watch for, by vectors of the active model, or
 * by words until a paper has one (docs/decisions/watches.md has the measurements).
 */
import type { DatabaseConnection } from '../../db/connection.ts';
import { distinctiveTerms } from '../../search/retrieval/similar.ts';
import { openTermStore } from '../../search/retrieval/term-store.ts';
import { openVectorReader, type ServingModel } from '../../search/retrieval/vector-reader-store.ts';
import { cosine, toUnit } from '../../search/text/vector.ts';
import type { WordIndexReader } from '../../search/word-index/index-reader.ts';
import type { PaperDocument } from './document.ts';

/** Papers whose similarity to a watched one shows what is usual in this store and model. */
const SAMPLE = 2_000;
const SMALLEST_SAMPLE = 200;
/** A match is more similar than this share of the sample … */
const QUANTILE = 0.98;
/** … and this far from the usual similarity to that of equal texts, if nothing in the store is close. */
const LEAST = 0.4;
/** A match has this share of the weight of the distinctive words, and so many of them. */
const BY_VECTOR = { share: 0.1, words: 2 };
const BY_WORDS = { share: 0.28, words: 3 };
const SHOWN = 3;

interface Term {
  readonly text: string;
  readonly stem: string;
  readonly weight: number;
}

interface LikedPaper {
  readonly pk: number;
  /** The weightiest first. */
  readonly terms: readonly Term[];
  readonly weight: number;
  readonly vector?: Float32Array;
  /** Cosine similarity; absent without a vector, or in a small store. */
  readonly least?: number;
}

export interface LikenessCandidate {
  readonly pk: number;
  readonly document: PaperDocument;
  /** In the active model. */
  readonly vector?: Int8Array;
}

export interface Likeness {
  /** The model that vectors must be of. */
  model(): ServingModel | undefined;
  /** Prepares watched papers; reading the rarity of all their words takes a while. False if some are left. */
  prepare(ids: Iterable<string>, most: number): boolean;
  /** Words that both papers are about, or `undefined` if they are not about the same. */
  shared(id: string, candidate: LikenessCandidate): readonly string[] | undefined;
}

export function openLikeness(
  connection: DatabaseConnection,
  wordIndex: WordIndexReader | undefined,
): Likeness {
  const terms = openTermStore(connection, wordIndex);
  const vectors = openVectorReader(connection);
  const paper = connection.prepare<[string, string], { pk: number; title: string; abstract: string }>(
    `SELECT pk, title, abstract FROM papers
     WHERE id = ? OR pk = (SELECT paper FROM paper_aliases WHERE alias = ?)`,
  );
  const vectorOf = connection
    .prepare<[number, number], Uint8Array>('SELECT packed FROM paper_vectors WHERE paper = ? AND model = ?')
    .pluck();
  const newest = connection.prepare<[], number | null>('SELECT max(pk) FROM papers').pluck();
  const sampled = connection
    .prepare<[number, number], Uint8Array>(
      `SELECT v.packed FROM papers p JOIN paper_vectors v ON v.paper = p.pk AND v.model = ? WHERE p.pk % ? = 0`,
    )
    .pluck();
  const liked = new Map<string, LikedPaper | undefined>();
  let sample: readonly Int8Array[] = [];
  let preparedFor: number | undefined;

  function model(): ServingModel | undefined {
    const serving = vectors.serving();
    if (serving?.id !== preparedFor) {
      preparedFor = serving?.id;
      liked.clear();
      sample = serving ? readSample(serving) : [];
    }
    return serving;
  }

  function readSample({ id, dimensions }: ServingModel): Int8Array[] {
    const step = Math.max(1, Math.floor((newest.get() ?? 0) / SAMPLE));
    return sampled.all(id, step).flatMap((bytes) => toVector(bytes, dimensions) ?? []);
  }

  function read(id: string, serving: ServingModel | undefined): LikedPaper | undefined {
    const row = paper.get(id, id);
    if (!row) return undefined;
    const { words, terms: weighed } = distinctiveTerms(row, terms);
    const found = words.map(({ text, stem }, at) => ({ text, stem, weight: weighed[at]?.weight ?? 0 }));
    const bytes = serving && vectorOf.get(row.pk, serving.id);
    const packed = bytes && toVector(bytes, serving.dimensions);
    const vector = packed && toUnit(Float32Array.from(packed));
    return {
      pk: row.pk,
      terms: found,
      weight: found.reduce((sum, { weight }) => sum + weight, 0),
      ...(vector && sample.length >= SMALLEST_SAMPLE && { vector, least: leastOf(vector, sample) }),
    };
  }

  return {
    model,
    prepare(ids, most) {
      const serving = model();
      let left = most;
      for (const id of ids) {
        if (liked.has(id)) continue;
        if (left === 0) return false;
        liked.set(id, read(id, serving));
        left -= 1;
      }
      return true;
    },
    shared(id, candidate) {
      const self = liked.get(id);
      return self === undefined || self.pk === candidate.pk ? undefined : sharedBy(self, candidate);
    },
  };
}

function sharedBy(
  { terms, weight, vector, least }: LikedPaper,
  candidate: LikenessCandidate,
): readonly string[] | undefined {
  const isCompared = vector !== undefined && least !== undefined && candidate.vector !== undefined;
  if (isCompared && cosine(vector, candidate.vector) < least) return undefined;
  const limits = isCompared ? BY_VECTOR : BY_WORDS;
  const both = terms.filter(({ stem }) => candidate.document.stems.has(stem));
  const share = both.reduce((sum, term) => sum + term.weight, 0) / weight;
  return both.length >= limits.words && share >= limits.share
    ? both.slice(0, SHOWN).map(({ text }) => text)
    : undefined;
}

function leastOf(vector: Float32Array, sample: readonly Int8Array[]): number {
  const similar = Float64Array.from(sample, (other) => cosine(vector, other)).sort();
  const usual = similar[Math.floor(similar.length / 2)] ?? 0;
  return Math.max(similar[Math.floor(similar.length * QUANTILE)] ?? 1, usual + LEAST * (1 - usual));
}

export function toVector(bytes: Uint8Array, dimensions: number): Int8Array | undefined {
  return bytes.length === dimensions
    ? new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
    : undefined;
}
