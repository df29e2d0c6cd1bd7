/** Checks the terms of a watch, and brings them to a normal form. Pure. */
import { UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';
import {
  MAX_BESIDE_OPERATORS,
  MAX_PHRASES,
  readQuery,
  type TextQuery,
  wordsBesidePhrases,
} from '../search/query/query.ts';
import { toAlternatives } from '../search/query/word-match.ts';
import { STOP_WORDS } from '../search/text/stop-words.ts';
import { foldedWords, foldWord, stemOf } from '../search/text/words.ts';
import { isArchiveForm, looksLikeCategory } from '../text/ids.ts';
import type { WatchTerms } from './watch.ts';

const ECHO = 40;
/** Archives of arXiv with a plain word as their name. */
const ARCHIVES = new Set('cs econ eess math nlin physics stat'.split(' '));

/** @throws UserError for terms that no paper could match, or that are no watch */
export function checkTerms({ text, author, category, like }: WatchTerms): void {
  if (text === undefined && author === undefined && category === undefined && like === undefined) {
    throw new UserError(
      'Say what to watch: words, a "phrase", author:, category: or like:. For example: /papers watch "protein design"',
    );
  }
  if (text !== undefined) checkText(text);
  if (author !== undefined && !foldedWords(author).some((word) => word.length > 1)) {
    throw new UserError(`“${clip(author, ECHO)}” is not a name. For example: author:"Yann LeCun"`);
  }
  if (category !== undefined && !looksLikeCategory(category) && !isArchive(category)) {
    throw new UserError(
      `“${clip(category, ECHO)}” is not an arXiv category. They look like cs.LG, or cs for all of computer science.`,
    );
  }
}

function isArchive(text: string): boolean {
  return ARCHIVES.has(text.toLowerCase()) || isArchiveForm(text);
}

function checkText(text: string): void {
  const beside = wordsBesidePhrases(text);
  if (beside > MAX_BESIDE_OPERATORS) {
    throw new UserError(
      `A watch needs all of its words in one paper, so it takes at most ${MAX_BESIDE_OPERATORS} (got ${beside}). Keep the words that matter, or put a phrase in quotes.`,
    );
  }
  const query = readQuery(text);
  const quotes = text.match(/["“”„«»]/gu)?.length ?? 0;
  if (quotes % 2 === 1) {
    throw new UserError('A quote is not closed. Put " at both ends of a phrase.');
  }
  if (quotes > 2 * MAX_PHRASES) {
    throw new UserError(`A watch takes at most ${MAX_PHRASES} phrases in quotes.`);
  }
  // Words that are left out only say what nobody wants.
  const isNegative = /^\s*-/u.test(text) && query.excluded.length === 0 && query.phrases.length === 0;
  if (isNegative) {
    throw new UserError(
      `“${clip(text, ECHO)}” only leaves papers out. Add what to look for, for example: diffusion -survey`,
    );
  }
  // A phrase of such words, “all or nothing”, is rare enough.
  if (query.phrases.length === 0 && query.words.every(({ text: word }) => STOP_WORDS.has(foldWord(word)))) {
    throw new UserError(
      `“${clip(text, ECHO)}” has only words that every paper has. Add what the papers should be about.`,
    );
  }
}

/** The same for terms that mean the same: order, case, accents and endings make no difference. */
export function termsKey({ text, author, category, like }: WatchTerms): string {
  const query = readQuery(text ?? '');
  return JSON.stringify([
    unitStems(query),
    query.excluded.map((ways) => stems(toAlternatives(ways))).toSorted(),
    foldedWords(author ?? '').toSorted(),
    category?.toLowerCase() ?? '',
    like?.id ?? '',
  ]);
}

function unitStems({ units, phrases }: TextQuery): string[] {
  const ways = units.map((unit) => unit.exactWays.map((each) => each.map(stems).join('&')).join('|'));
  return [...new Set([...ways, ...phrases.map((phrase) => stems(phrase.join(' ')))])].toSorted();
}

function stems(text: string): string {
  return foldedWords(text).map(stemOf).join(' ');
}
