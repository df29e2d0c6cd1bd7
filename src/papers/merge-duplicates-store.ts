/** Merges a paper known only by its title into the same paper with an arXiv id. */
import type { Connection } from '../db/open.ts';
import type { PaperIndex } from './paper-index-store.ts';

/** Tables that refer to a paper. */
const HANGING = [
  'appearances',
  'vote_snapshots',
  'saves',
  'paper_aliases',
  'shown_papers',
  'posted_papers',
  'reaction_saves',
  'paper_changes',
  'paper_checks',
] as const;

export function openDuplicateMerger(connection: Connection, index: PaperIndex) {
  const twin = connection.prepare<[string, number], { pk: number; id: string }>(
    `SELECT pk, id FROM papers WHERE title_key = ? AND pk <> ? AND id GLOB 'pb-*'`,
  );
  const moves = HANGING.map((table) =>
    connection.prepare<[number, number]>(`UPDATE OR IGNORE ${table} SET paper = ? WHERE paper = ?`),
  );
  const addAlias = connection.prepare<[string, number]>(
    'INSERT OR REPLACE INTO paper_aliases (alias, paper) VALUES (?, ?)',
  );
  const drop = connection.prepare<[number]>('DELETE FROM papers WHERE pk = ?');
  return (pk: number, key: string) => {
    for (const { pk: old, id } of twin.all(key, pk)) {
      for (const move of moves) move.run(pk, old);
      addAlias.run(id, pk);
      index.drop(old);
      drop.run(old);
    }
  };
}
