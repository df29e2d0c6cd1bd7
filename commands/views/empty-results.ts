/** Cards for empty results: what was searched for, and what to do next. */

import { counted, formatCount } from '../../src/cards/counts.ts';
import { lastPage, type PageRange, pageButton } from '../../src/cards/paper-list.ts';
import { type Action, type Card, type RichText, sentence } from '../../src/chat/card.ts';
import { clip } from '../../src/chat/clip.ts';
import type { LookupMiss } from '../../src/sources/lookup.ts';
import { absUrl } from '../../src/text/ids.ts';

/** Characters of a button's label; platforms truncate longer ones. */
const LABEL = 60;

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
 * @param lineFor makes the line that searches for the corrected words
 * @param actions further buttons
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
    [pageButton(clip(text, LABEL), lineFor(text)), ...actions],
  );
}

/** Says why an arXiv id was found neither in the store nor at a source. */
export function missedPaper(id: string, miss: LookupMiss): Card {
  const url = absUrl(id);
  const look: Action[] = url === undefined ? [] : [{ kind: 'link', label: 'Open on arXiv', url }];
  switch (miss) {
    case 'unknown':
      return problem([`No paper has the ID ${id}. Check the digits, or `, ...SEARCH_INSTEAD]);
    case 'unreachable':
      return problem(
        [`${id} is not loaded yet, and its source does not respond. Try again in a few minutes.`],
        look,
      );
    case 'not-asked':
      return problem(
        [`${id} is not loaded, and no source is set up to fetch it. You can `, ...SEARCH_INSTEAD],
        look,
      );
  }
}

/** An id that only this store could know. */
export function notHere(id: string): Card {
  return problem([`${id} is not loaded. You can `, ...SEARCH_INSTEAD]);
}

const SEARCH_INSTEAD: RichText = [
  'search for words from its title: ',
  { kind: 'code', text: '/papers search' },
];

export function emptyStore(): Card {
  return sentence(
    'No papers are loaded yet. The next daily list will bring some, or an administrator can load a file: paperboy import FILE',
    'problem',
  );
}

/** For a page past the end of a list: names the last page, and links to it. */
export function beyondLastPage(pages: PageRange, lineOf: (page: number) => string, noun = 'paper'): Card {
  const last = lastPage(pages);
  const where = last === 1 ? 'one page' : counted(last, 'page');
  const papers = counted(pages.total, noun);
  const range = pages.totalIsFloor ? `The first ${papers} are` : `The list has ${papers}`;
  return problem(
    [`There is no page ${formatCount(pages.page)}. ${range} on ${where}.`],
    [pageButton(`Page ${last}`, lineOf(last))],
  );
}
