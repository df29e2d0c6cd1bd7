/** Merges a paper known only by its title into the same paper with an arXiv id. */
import type { DatabaseConnection } from '../db/connection.ts';
import type { PaperIndex } from './paper-index-store.ts';

/** Tables that refer to a paper. */
const HANGING = [
  'appearances',
  'vote_snapshots',
  'saves',
  'save_details',
  'save_tags',
  'zotero_items',
  'paper_aliases',
  'shown_papers',
  'posted_papers',
  'reaction_saves',
  'watch_hits',
  'inbox_papers',
  'feedback',
  'channel_acts',
  'new_papers',
  'paper_changes',
  'paper_checks',
] as const;

export function openDuplicateMerger(connection: DatabaseConnection, index: PaperIndex) {
  const twin = connection.prepare<[string, number], { pk: number; id: string }>(
    `SELECT pk, id FROM papers WHERE title_key = ? AND pk <> ? AND substr(id, 1, 3) = 'pb-'`,
  );
  // A person may have written a note on both.
  const joinNotes = connection.prepare<[{ to: number; from: number; line: string }]>(
    `UPDATE save_details AS kept SET
       note = trim(kept.note || @line || other.note, @line),
       words = trim(kept.words || @line || other.words, @line)
     FROM save_details AS other
     WHERE kept.paper = @to AND other.paper = @from AND other.note NOT IN ('', kept.note)
       AND (kept.platform, kept.workspace, kept.person) = (other.platform, other.workspace, other.person)`,
  );
  const moves = HANGING.map((table) =>
    connection.prepare<[{ to: number; from: number }]>(
      `UPDATE OR IGNORE ${table} SET paper = @to WHERE paper = @from`,
    ),
  );
  const addAlias = connection.prepare<[string, number]>(
    'INSERT INTO paper_aliases (alias, paper) VALUES (?, ?) ON CONFLICT (alias) DO UPDATE SET paper = excluded.paper',
  );
  const drop = connection.prepare<[number]>('DELETE FROM papers WHERE pk = ?');
  return (pk: number, key: string) => {
    for (const { pk: old, id } of twin.all(key, pk)) {
      joinNotes.run({ to: pk, from: old, line: '\n' });
      for (const move of moves) move.run({ to: pk, from: old });
      addAlias.run(id, pk);
      index.drop(old);
      drop.run(old);
    }
  };
}
