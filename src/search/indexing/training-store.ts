/** Reads training data from the database. */
import type { Connection } from '../../db/open.ts';
import { type Bags, openBags } from '../lsa/bag.ts';
import { toTermVector, unpackTermVector } from '../text/term-vector.ts';

const SLICE = 500;

interface Row {
  readonly title: string;
  readonly abstract: string;
  readonly packed: Uint8Array | null;
}

export function openTrainingStore(connection: Connection) {
  const learned = connection
    .prepare<[number], Uint8Array | null>('SELECT learned FROM embedding_models WHERE id = ?')
    .pluck();
  const newest = connection.prepare<[], number>('SELECT coalesce(max(pk), 0) FROM papers').pluck();
  const slice = connection.prepare<[number, number, number], Row>(
    `SELECT p.title, p.abstract, v.packed FROM papers p
       LEFT JOIN paper_vectors v ON v.paper = p.pk
         AND v.model = (SELECT id FROM embedding_models WHERE maker = 'words' AND state = 'serving')
     WHERE p.pk > ? AND p.pk <= ? AND p.pk % ? = 0`,
  );
  return {
    learned: (model: number): Uint8Array | undefined => learned.get(model) ?? undefined,

    /** Samples at most `count` papers evenly from the whole store. */
    async sample(count: number, pause: () => Promise<void>): Promise<Bags> {
      const last = newest.get() ?? 0;
      const step = Math.max(1, Math.ceil(last / count));
      const { add, bags } = openBags();
      for (let from = 0; from < last; from += SLICE * step) {
        for (const { packed, ...text } of slice.all(from, from + SLICE * step, step)) {
          add(packed ? unpackTermVector(packed) : toTermVector(text));
        }
        await pause();
      }
      return bags();
    },
  };
}
