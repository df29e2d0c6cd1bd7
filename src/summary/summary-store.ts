/** Stores summaries by language models. */
import type { DatabaseConnection } from '../db/connection.ts';
import type { GeneratedPoint, SummaryKey, SummaryStore } from './generation-cache.ts';

const OF_SUMMARY = `paper = (SELECT pk FROM papers WHERE id = @paper
  UNION ALL SELECT paper FROM paper_aliases WHERE alias = @paper LIMIT 1)
  AND level = @level AND model = @model AND prompt = @prompt`;

/** Runs in the database thread. */
export function openSummaryStore(connection: DatabaseConnection): SummaryStore {
  const find = connection
    .prepare<[SummaryKey], string>(`SELECT points FROM summaries WHERE ${OF_SUMMARY} AND version = @version`)
    .pluck();
  // Summaries of papers outside the store are not kept, as they have no row to refer to.
  const keep = connection.prepare<[SummaryKey & { points: string; at: string }]>(
    `INSERT INTO summaries (paper, level, model, prompt, version, points, made_at)
     SELECT pk, @level, @model, @prompt, @version, @points, @at FROM papers
     WHERE pk = (SELECT pk FROM papers WHERE id = @paper
       UNION ALL SELECT paper FROM paper_aliases WHERE alias = @paper LIMIT 1)
     ON CONFLICT (paper, level, model, prompt) DO UPDATE SET
       version = excluded.version, points = excluded.points, made_at = excluded.made_at`,
  );
  return {
    async find(key): Promise<GeneratedPoint[] | undefined> {
      const found = find.get(key);
      if (found === undefined) return undefined;
      // Most stores have none, so the library that checks them is loaded with the first one.
      const { z } = await import('zod');
      const point = z.object({ text: z.string(), basis: z.string(), kind: z.string().optional() });
      return z.array(point).parse(JSON.parse(found));
    },
    async keep(key, written, at) {
      keep.run({ ...key, points: JSON.stringify(written), at });
    },
  };
}
