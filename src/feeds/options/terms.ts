/** Parses the terms that a feed includes or excludes: words and phrases, categories, authors. */
import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../base/errors.ts';
import { clip } from '../../chat/clip.ts';
import { splitWords } from '../../search/text/words.ts';
import { looksLikeCategory } from '../../text/ids.ts';

/** A stored term: `cs.RO`, `author:Ada Lovelace`, `world model`. */
export type Term =
  | { readonly kind: 'category'; readonly category: string }
  | { readonly kind: 'author'; readonly name: string }
  /** A phrase. A word that looks like an arXiv archive (`cs`) also matches its categories. */
  | { readonly kind: 'words'; readonly words: string; readonly archive?: string };

export const TERMS_MAX = 20;
const TERM_LENGTH_MAX = 80;
/** Characters of all terms, with what separates them. */
const TEXT_MAX = 4_000;

const CATEGORY_IN_TEXT = /(?<!\S)[a-z][a-z-]*\.[a-z]{2}[a-z-]*(?!\S)/gi;
const ARCHIVE = /^[a-z][a-z-]*$/i;
const AUTHOR = /^author\s*[:：]\s*/iu;
const AUTHOR_IN_TEXT = /(?<!\S)(author\s*[:：]\s*)(["“”„«])/giu;
const QUOTED = /["“”„«]([^"“”„«»]*)["“”»]/gu;
const NONE = /^(none|nothing|anything|all)$/i;

/**
 * Terms are separated by commas or quoted; otherwise the whole text is one phrase. `none` is an empty list.
 * @throws UserError for a list that is too long, or a term that no paper could match
 */
export function parseTerms(option: string, text: string): string[] {
  if (NONE.test(text.trim())) return [];
  if (text.length > TEXT_MAX) {
    throw new UserError(
      `${option} takes ${TERMS_MAX} terms of ${TERM_LENGTH_MAX} characters at most; this text has ${text.length}.`,
    );
  }
  const terms = [...new Set(pieces(text).map(tidy))].filter((term) => term !== '');
  const hollow = terms.find((term) => splitWords(term.replace(AUTHOR, '')).length === 0);
  if (terms.length === 0 || hollow !== undefined) {
    const shown = clip(hollow ?? text, 40);
    throw new UserError(
      `${option} must contain words (got “${shown}”). For example: ${option}:"world models",cs.RO`,
    );
  }
  if (terms.length > TERMS_MAX) {
    throw new UserError(`${option} must have at most ${TERMS_MAX} terms (got ${terms.length}).`);
  }
  const long = terms.find((term) => term.length > TERM_LENGTH_MAX);
  if (long !== undefined) {
    throw new UserError(
      `“${clip(long, 40)}” is too long for a term of ${option}. Separate the terms with commas.`,
    );
  }
  return terms;
}

/** Formats terms so that `parseTerms` parses them back. */
export function formatTerms(terms: readonly string[]): string {
  const isPlain = (term: string) => isDeepStrictEqual(parseTerms(term, term), [term]);
  return terms.map((term) => (isPlain(term) ? term : `"${term}"`)).join(', ');
}

export function readTerm(text: string): Term {
  if (AUTHOR.test(text)) return { kind: 'author', name: text.replace(AUTHOR, '') };
  if (looksLikeCategory(text)) return { kind: 'category', category: text };
  return { kind: 'words', words: text, ...(ARCHIVE.test(text) && { archive: text }) };
}

function pieces(text: string): string[] {
  // Moves the prefix of `author:"Ada Lovelace"` inside the quotes.
  const typed = text.replace(AUTHOR_IN_TEXT, '$2$1');
  const quoted = [...typed.matchAll(QUOTED)].map(([, inside = '']) => inside);
  // Separators inside quotes do not count; a quote itself separates the terms around it.
  const bare = typed
    .replace(QUOTED, ',')
    .replace(/["“”„«»]/gu, ' ')
    .split(/[,;，、\n]/u);
  return inOrder(typed, [...quoted, ...bare.flatMap(withCategoriesApart)]);
}

/** Splits off categories, as in `cs.RO cs.LG`, which need no comma. */
function withCategoriesApart(text: string): string[] {
  return [text.replace(CATEGORY_IN_TEXT, ' '), ...(text.match(CATEGORY_IN_TEXT) ?? [])];
}

/** Restores the order in which the terms were typed. */
function inOrder(typed: string, found: readonly string[]): string[] {
  return found
    .map((piece) => ({ piece, at: typed.indexOf(piece.trim()) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ piece }) => piece);
}

function tidy(piece: string): string {
  const text = piece.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  return text.replace(AUTHOR, 'author:');
}

/** Words and phrases among stored terms, without categories and authors. */
export function wordsOfTerms(terms: readonly string[]): string[] {
  return terms.flatMap((text) => {
    const term = readTerm(text);
    return term.kind === 'words' ? [term.words] : [];
  });
}
