/** Writes list appearances and vote counts over time. */
import type { DatabaseConnection } from '../db/connection.ts';
import type { NewPapers } from './new-papers-store.ts';
import type { PaperRecord, VoteSnapshot } from './paper.ts';

/** Milliseconds after which an unchanged count gets a new row, as a baseline for later growth. */
const SNAPSHOT_EVERY_MS = 20 * 3_600_000;

export function openTrendWriter(connection: DatabaseConnection, queue: Pick<NewPapers, 'addListed'>) {
  const isListed = connection.prepare<[string, number]>(
    'SELECT 1 FROM appearances WHERE day = ? AND paper = ?',
  );
  const addAppearance = connection.prepare<[string, number, number, number, number]>(`
    INSERT INTO appearances (day, paper, rank, votes, comments) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (day, paper) DO UPDATE SET rank = excluded.rank, votes = excluded.votes, comments = excluded.comments
    WHERE (appearances.rank, appearances.votes, appearances.comments)
      IS DISTINCT FROM (excluded.rank, excluded.votes, excluded.comments)`);
  const lastBefore = connection.prepare<[number, string], VoteSnapshot>(
    'SELECT at, votes, comments, stars FROM vote_snapshots WHERE paper = ? AND at <= ? ORDER BY at DESC LIMIT 1',
  );
  const lastAt = connection
    .prepare<[number], string | null>('SELECT max(at) FROM vote_snapshots WHERE paper = ?')
    .pluck();
  const addSnapshot = connection.prepare<[number, string, number, number, number | null]>(
    'INSERT INTO vote_snapshots (paper, at, votes, comments, stars) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );

  function saysMore(pk: number, snapshot: VoteSnapshot): boolean {
    const last = lastBefore.get(pk, snapshot.at);
    if (!last) return true;
    const same =
      last.votes === snapshot.votes &&
      last.comments === snapshot.comments &&
      (last.stars ?? null) === (snapshot.stars ?? null);
    return !same || Date.parse(snapshot.at) - Date.parse(last.at) >= SNAPSHOT_EVERY_MS;
  }

  return {
    isNews(pk: number, record: PaperRecord, at: string): boolean {
      const newest =
        record.snapshots
          ?.map((snapshot) => snapshot.at)
          .toSorted()
          .at(-1) ?? at;
      return newest >= (lastAt.get(pk) ?? '');
    },
    /** Returns true when something changed. */
    add(pk: number, record: PaperRecord): boolean {
      let changes = 0;
      for (const { day, rank, votes, comments } of record.appearances ?? []) {
        if (isListed.get(day, pk) === undefined) queue.addListed(pk, day);
        changes += addAppearance.run(day, pk, rank, votes, comments).changes;
      }
      for (const snapshot of record.snapshots ?? []) {
        if (!saysMore(pk, snapshot)) continue;
        changes += addSnapshot.run(
          pk,
          snapshot.at,
          snapshot.votes,
          snapshot.comments,
          snapshot.stars ?? null,
        ).changes;
      }
      return changes > 0;
    },
  };
}
