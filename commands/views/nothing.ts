/** Answers that found nothing: what was looked for, and what to do next. */
import { type Action, type Card, type RichText, sentence } from '../../src/chat/card.ts';
import { clip } from '../../src/chat/clip.ts';
import { absUrl } from '../../src/papers/ids.ts';
import { counted, formatCount } from './counts.ts';
import { lastPage, type Pages, turn } from './paper-list.ts';

/** Characters of somebody's own words that an answer repeats. */
const ECHOED = 80;

/** “mixture of experts”: the words as they were typed, in one kind of quotes. */
export function echo(words: string): string {
  return `“${clip(words.trim().replace(/^["“”]+|["“”]+$/g, ''), ECHOED)}”`;
}

export function problem(text: RichText, actions: readonly Action[] = []): Card {
  return { tone: 'problem', blocks: [{ kind: 'text', text }], ...(actions.length > 0 && { actions }) };
}

export interface Correction {
  readonly text: string;
  readonly total: number;
}

/**
 * `No paper matches “difusion modles”. Did you mean diffusion models? (214)`
 * @param advice what to try when there is no better spelling
 * @param lineFor the line that searches for the corrected words
 * @param actions other ways on
 */
export function noMatch(
  what: string,
  correction: Correction | undefined,
  advice: string,
  lineFor: (words: string) => string,
  actions: readonly Action[] = [],
): Card {
  if (correction === undefined) return problem([`${what} ${advice}`], actions);
  const { text, total } = correction;
  return problem(
    [`${what} Did you mean `, { kind: 'bold', text }, `? (${formatCount(total)})`],
    [turn(clip(text, ECHOED), lineFor(text)), ...actions],
  );
}

/** A well-formed id that the store does not have. */
export function unknownPaper(id: string): Card {
  const url = absUrl(id);
  return problem(
    [
      `${id} is not here yet. Papers come with the daily lists; look for its subject with `,
      { kind: 'code', text: '/papers search' },
      '.',
    ],
    url === undefined ? [] : [{ kind: 'link', label: 'Look on arXiv', url }],
  );
}

export function emptyStore(): Card {
  return sentence(
    'No papers are loaded yet. They arrive with the next daily list; whoever runs Paperboy can load a file with “paperboy import”.',
    'problem',
  );
}

/** A page past the end of a list that has papers: says where the end is, and leads there. */
export function beyondLastPage(pages: Pages, lineOf: (page: number) => string): Card {
  const last = lastPage(pages);
  const where = last === 1 ? 'one page' : counted(last, 'page');
  const total = counted(pages.total, 'paper', pages.totalIsFloor);
  return problem(
    [`Page ${formatCount(pages.page)} is past the end: ${total} on ${where}.`],
    [turn(`Page ${last}`, lineOf(last))],
  );
}
