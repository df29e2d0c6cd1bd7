/** Text, links and dates as sources send them, made fit to keep: what is shown later is literal text, never markup. */
import { decodeHTMLStrict } from 'entities';
import { keepJoiners } from '../chat/joiners.ts';
import { decodeLetters } from './tex-letters.ts';

export const TITLE_LIMIT = 500;
export const ABSTRACT_LIMIT = 20_000;
/** Names, venues, comments, keywords. */
const FACT_LIMIT = 1_000;
const URL_LIMIT = 2_000;

/** Control, format (bidi controls, zero-width, soft hyphen, tags) and lone surrogate characters: nothing that a reader sees. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
/** What arXiv's LaTeX leaves in a sentence when the backslash of a command is lost on the way: `2.5times`, `25\%`. */
const LATEX_TIMES = /(?<=\d)\\?times\b/g;
/** White space other than single spaces. */
const LAID_OUT = /\s{2,}|[^\S ]/g;
/** Anything but printable ASCII. */
const NOT_ASCII = /[^\x20-\x7e]/;

/**
 * One line of NFC text without invisible characters; runs of white space become one space. Letters are letters, however they were
 * written (`K\"ahler`, `K&auml;hler`); formulas and other LaTeX stay, for `readable` and the exports to write.
 * @param limit in UTF-16 units; longer text is cut, never inside a surrogate pair
 */
export function cleanText(text: string, limit = FACT_LIMIT): string {
  // A text of megabytes is not worth normalising whole to keep its first page.
  const page = text.slice(0, limit * 4);
  const line = cleanLine((page.includes('&') ? decodeHTMLStrict(page) : page).replace(LAID_OUT, ' '));
  return line.length <= limit ? line : line.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '');
}

/** Half the time of a large import goes by here, so each step is taken only by the texts that need it. */
function cleanLine(text: string): string {
  let line = text;
  if (NOT_ASCII.test(line)) {
    line = keepJoiners(line, (piece) => piece.replace(INVISIBLE, '')).normalize('NFC');
  }
  if (line.includes('times')) line = line.replace(LATEX_TIMES, '×');
  if (line.includes('\\')) line = decodeLetters(line);
  return line.replace(/ {2,}/g, ' ').trim();
}

export function cleanTitle(text: string): string {
  return cleanText(text, TITLE_LIMIT);
}

export function cleanAbstract(text: string): string {
  return cleanText(text, ABSTRACT_LIMIT);
}

/** Cleaned names, keywords or categories, in order, each once, without the empty ones. */
export function cleanList(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => cleanText(text)))].filter((text) => text !== '');
}

/** An absolute http or https address, normalised; `undefined` for any other scheme, for credentials and for what is no address. */
export function cleanUrl(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > URL_LIMIT || !URL.canParse(trimmed)) return undefined;
  const url = new URL(trimmed);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && url.username === '' && url.password === '' ? url.href : undefined;
}

/** An ISO 8601 instant in UTC; `undefined` for what is no date of this age. */
export function cleanInstant(text: string): string | undefined {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) return undefined;
  const iso = instant.toISOString();
  return /^(?:19|20)\d\d-/.test(iso) ? iso : undefined;
}
