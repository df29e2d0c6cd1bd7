/** Reads training data from the database. */
import type { DatabaseConnection } from '../../db/connection.ts';
import { type Bags, openBags } from '../lsa/bag.ts';
import { type TermVector, toTermVector, unpackTermVector } from '../text/term-vector.ts';

/** Papers that are read at once, which takes a few milliseconds. */
const SLICE = 200;

interface Row {
  readonly title: string;
  readonly abstract: string;
  readonly packed: Uint8Array | null;
}

export function openTrainingStore(connection: DatabaseConnection) {
  const learned = connection
    .prepare<[number], Uint8Array | null>('SELECT learned FROM embedding_models WHERE id = ?')
    .pluck();
  const newest = connection.prepare<[], number>('SELECT coalesce(max(pk), 0) FROM papers').pluck();
  // Row by row: to filter all rows takes half a second in a store of 500,000 papers.
  const slice = connection.prepare<[string], Row>(
    `SELECT p.title, p.abstract, v.packed FROM json_each(?) wanted CROSS JOIN papers p ON p.pk = CAST(wanted.value AS BIGINT)
       LEFT JOIN paper_vectors v ON v.paper = p.pk
         AND v.model = (SELECT id FROM embedding_models WHERE maker = 'words' AND state = 'serving')
     ORDER BY wanted.key`,
  );
  const packed = connection.prepare<[string], { pk: number; packed: Uint8Array }>(
    `SELECT v.paper AS pk, v.packed FROM json_each(?) wanted CROSS JOIN paper_vectors v ON v.paper = CAST(wanted.value AS BIGINT)
       AND v.model = (SELECT id FROM embedding_models WHERE maker = 'words' AND state = 'serving')`,
  );
  return {
    /** The words of papers that are packed. They are removed with any change of the paper's text. */
    packedWords(pks: readonly number[]): ReadonlyMap<number, TermVector> {
      const rows = packed.all(JSON.stringify(pks));
      return new Map(rows.map((row) => [row.pk, unpackTermVector(row.packed)]));
    },

    learned: (model: number): Uint8Array | undefined => learned.get(model) ?? undefined,

    /** Samples at most `count` papers evenly from the whole store. */
    async sample(count: number, pause: () => Promise<void>): Promise<Bags> {
      const last = newest.get() ?? 0;
      const step = Math.max(1, Math.ceil(last / count));
      const { add, bags } = openBags();
      for (let from = step; from <= last; from += SLICE * step) {
        const wanted = Array.from({ length: SLICE }, (_, at) => from + at * step);
        for (const { packed, ...text } of slice.all(JSON.stringify(wanted))) {
          add(packed ? unpackTermVector(packed) : toTermVector(text));
        }
        await pause();
      }
      return bags();
    },
  };
}
