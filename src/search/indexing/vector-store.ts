/** Stores models and the vectors of papers. */
import type { DatabaseConnection } from '../../db/connection.ts';
import { takeTurn } from '../../db/postgres/own-schema.ts';
import { openReindexer } from '../../papers/reindex-store.ts';
import type {
  IndexState,
  NewModel,
  Packed,
  PaperText,
  PendingSlice,
  VectorModel,
  VectorStore,
} from './vectors.ts';

/** Keys per query, so that a store of millions is read in steps of a few milliseconds. */
const WINDOW = 5_000;
/** Papers that are indexed again in one step, which blocks other writers for some hundredths of a second. */
const REINDEXED = 100;

/** @param now for the start time of a model */
export function openVectorStore(connection: DatabaseConnection, now: () => Date): VectorStore {
  const reindexer = openReindexer(connection);
  const newest = connection.prepare<[], number>('SELECT coalesce(max(pk), 0) FROM papers').pluck();
  const last = connection.prepare<[], IndexState['last']>(
    'SELECT rowid AS row, paper FROM paper_vectors ORDER BY rowid DESC LIMIT 1',
  );
  const reachedBy = connection
    .prepare<[number], number>('SELECT reached FROM embedding_models WHERE id = ?')
    .pluck();
  const missing = connection.prepare<{ model: number; from: number; to: number; limit: number }, PaperText>(
    `SELECT pk, title, abstract, authors, changed_at AS changedAt FROM papers
     WHERE pk > :from AND pk <= :to
       AND NOT EXISTS (SELECT 1 FROM paper_vectors v WHERE v.paper = pk AND v.model = :model)
     ORDER BY pk LIMIT :limit`,
  );
  // Inserts nothing for a paper that was changed or removed since its text was read.
  const insert = connection.prepare<[number, Uint8Array, number, string]>(
    `INSERT INTO paper_vectors (paper, model, packed)
     SELECT pk, ?, ? FROM papers WHERE pk = ? AND changed_at = ? ON CONFLICT DO NOTHING`,
  );
  // The new one gets a new number, by which it is noticed.
  const dropFormer = connection.prepare<[number, number]>(
    'DELETE FROM paper_vectors WHERE paper = ? AND model = ?',
  );
  const outdated = connection.prepare<{ model: number; limit: number }, PaperText>(
    `SELECT pk, title, abstract, authors, changed_at AS changedAt
     FROM missing_vectors m CROSS JOIN papers ON pk = m.paper
     WHERE m.model = :model ORDER BY m.paper LIMIT :limit`,
  );
  const settle = connection.prepare<[number, number]>(
    'DELETE FROM missing_vectors WHERE paper = ? AND model = ?',
  );
  const models = connection.prepare<[], VectorModel>(
    `SELECT id, maker, name, dimensions, state, papers, share,
       coalesce((SELECT min(m.paper) - 1 FROM missing_vectors m WHERE m.model = id), reached) AS reached
     FROM embedding_models ORDER BY id`,
  );
  const advance = connection.prepare<[number, number]>(
    'UPDATE embedding_models SET reached = ? WHERE id = ?',
  );

  const save = connection.transaction((model: number, packed: readonly Packed[], reached: number) => {
    takeTurn(connection, 'vectors');
    const from = reachedBy.get(model);
    if (from === undefined) return;
    for (const { paper, bytes } of packed) {
      const add = () => insert.run(model, bytes, paper.pk, paper.changedAt).changes;
      const isAdded = add() > 0 || (dropFormer.run(paper.pk, model).changes > 0 && add() > 0);
      if (isAdded && paper.pk <= from) settle.run(paper.pk, model);
    }
    // Papers changed in the meantime have no vector, so `reached` ends before the first of them.
    const [left] = missing.all({ model, from, to: reached, limit: 1 });
    advance.run(left ? left.pk - 1 : Math.max(from, reached), model);
  });

  const nextId = connection
    .prepare<[], number>('SELECT coalesce(max(id), 0) + 1 FROM embedding_models')
    .pluck();
  const begin = connection.transaction((model: NewModel): number => {
    // A new id, because leftover vectors of the replaced model would otherwise count as this model's.
    const id = nextId.get() ?? 1;
    connection.exec(`DELETE FROM embedding_models WHERE state = 'building'`);
    connection
      .prepare(
        `INSERT INTO embedding_models (id, maker, name, dimensions, state, papers, learned, share, begun_at)
         VALUES (:id, :maker, :name, :dimensions, 'building', :papers, :learned, 0, :at)`,
      )
      .run({ ...model, id, learned: model.learned ?? null, at: now().toISOString() });
    return id;
  });

  const promote = connection.transaction((model: number, share: number) => {
    connection.exec(`DELETE FROM embedding_models WHERE state = 'serving' AND maker <> 'words'`);
    connection
      .prepare(`UPDATE embedding_models SET state = 'serving', share = ? WHERE id = ?`)
      .run(share, model);
  });

  const sweeps = ['paper_vectors', 'missing_vectors'].map((table) =>
    connection.prepare<[number, number]>(
      `DELETE FROM ${table} WHERE paper > ? AND paper <= ? AND model NOT IN (SELECT id FROM embedding_models)`,
    ),
  );

  return {
    async overview() {
      return {
        papers: newest.get() ?? 0,
        models: models.all(),
        last: last.get() ?? { row: 0, paper: 0 },
        index: reindexer.state(),
      };
    },

    reindex: async () => reindexer.step(REINDEXED),

    async pending(model, limit): Promise<PendingSlice> {
      const from = reachedBy.get(model);
      const last = newest.get() ?? 0;
      if (from === undefined) return { papers: [], reached: last, isLast: true };
      const changed = outdated.all({ model, limit });
      if (changed.length > 0) return { papers: changed, reached: from, isLast: false };
      const to = Math.min(from + WINDOW, last);
      const papers = missing.all({ model, from, to, limit });
      const end = papers.at(-1)?.pk ?? to;
      const reached = papers.length === limit ? end : to;
      return { papers, reached, isLast: reached >= last };
    },

    save: async (model, packed, reached) => save.immediate(model, packed, reached),
    begin: async (model) => begin.immediate(model),
    promote: async (model, share) => promote.immediate(model, share),

    async sweep(from) {
      const to = from + WINDOW;
      for (const drop of sweeps) drop.run(from, to);
      return to < (newest.get() ?? 0) ? to : undefined;
    },

    async sample(count, step) {
      return connection
        .prepare<[number, number], PaperText>(
          `SELECT pk, title, abstract, authors, changed_at AS changedAt FROM papers
           WHERE length(abstract) > 200 AND pk % ? = 0 LIMIT ?`,
        )
        .all(step, count);
    },
  };
}
