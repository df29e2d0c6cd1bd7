/** Records news about followed papers, in the transaction that merges them. */
import type { DatabaseConnection } from '../db/connection.ts';
import type { OnMerged } from '../papers/paper-writer-store.ts';
import { mayBeNews, newsOf } from './news.ts';
import { changeSentence } from './sentence.ts';

/** Saved by somebody, posted, or shown alone, so that people could talk about it. */
export const IS_FOLLOWED = `(
  EXISTS (SELECT 1 FROM saves WHERE saves.paper = @paper)
  OR EXISTS (SELECT 1 FROM posted_papers WHERE posted_papers.paper = @paper)
  OR EXISTS (SELECT 1 FROM shown_papers WHERE shown_papers.paper = @paper AND number = 0))`;

/**
 * The stored paper is compared with its new state, so news that a second source brings is no longer news, and
 * a change is stored exactly if the paper is.
 */
export function openChangeRecorder(connection: DatabaseConnection): OnMerged {
  const isFollowed = connection.prepare<[{ paper: number }], number>(`SELECT ${IS_FOLLOWED}`).pluck();
  const add = connection.prepare<[number, string, number | null, string, string]>(
    'INSERT INTO paper_changes (paper, seen_at, version, what, sentence) VALUES (?, ?, ?, ?, ?)',
  );
  return (merged) => {
    if (!mayBeNews(merged) || isFollowed.get({ paper: merged.pk }) !== 1) return;
    const news = newsOf(merged);
    const sentence = changeSentence(news);
    if (sentence === '') return;
    add.run(merged.pk, merged.at, merged.after.version ?? null, JSON.stringify(news), sentence);
  };
}
