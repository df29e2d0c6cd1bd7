/** Numbered entries of a list, with one sentence each. */

import { sentencesWords } from '../../src/cards/attribution.ts';
import type { PaperCommand } from '../../src/cards/paper-card.ts';
import { briefEntry, lineOf } from '../../src/cards/paper-list.ts';
import type { Entry, RichText } from '../../src/chat/card.ts';
import type { Paper } from '../../src/papers/paper.ts';
import type { Why } from '../../src/search/search.ts';
import type { Services } from '../services.ts';
import { whyWords } from './search-words.ts';

export interface Listed {
  readonly paper: Paper;
  /** The sentence to show; the summary's by default. */
  readonly snippet?: string;
  readonly meta?: readonly RichText[];
  readonly why?: Why;
  /** Why it is on the list, in words. */
  readonly reason?: string;
  readonly note?: string;
}

/**
 * @param first the number of the first entry
 * @returns `note` says how the sentences were made, for the footer; `''` when all are snippets
 */
export async function listEntries(
  { summary }: Services,
  listed: readonly Listed[],
  first: number,
  commands: readonly PaperCommand[] = [],
): Promise<{ entries: Entry[]; note: string }> {
  const summaries = await Promise.all(
    listed.map(({ paper, snippet }) => (snippet === undefined ? summary.summarise(paper) : undefined)),
  );
  const entries = listed.map(({ paper, snippet, meta, why, reason, note }, index) => {
    const made = summaries[index];
    const line = snippet ?? (made && lineOf(made));
    return briefEntry(paper, {
      number: first + index,
      commands,
      ...(line !== undefined && { line }),
      ...(meta && { meta }),
      ...(why && { why: whyWords(why) }),
      ...(reason !== undefined && { why: reason }),
      ...(note !== undefined && { note }),
    });
  });
  return { entries, note: sentencesWords(summaries.filter((made) => made !== undefined)) ?? '' };
}
