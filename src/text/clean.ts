/**
 * Normalises text, links and dates from sources for storage. Text is later shown literally, never as markup.
 */
import { decodeHTMLStrict } from 'entities';
import { keepJoiners } from '../chat/joiners.ts';
import { decodeLetters } from './tex-letters.ts';

export const TITLE_LIMIT = 500;
export const ABSTRACT_LIMIT = 20_000;
/** Limit for names, venues, comments and keywords. */
const FACT_LIMIT = 1_000;
const URL_LIMIT = 2_000;

/**
 * Invisible characters: control, format (bidi controls, zero-width, soft hyphen, tags) and lone surrogates.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
/** The ampersand of an entity that was encoded twice: `&amp;lt;`. */
const ENCODED_TWICE = /&amp;(?=(?:[a-z]{2,8}|#x?[\da-f]{1,6});)/gi;
/** A remainder of arXiv's LaTeX, with or without the backslash: `2.5times`, `512 times 512`. */
const LATEX_TIMES = /(?<=\d)\\?times\b|(?<=\d )times(?= \d)/g;
/** White space other than single spaces. */
const LAID_OUT = /\s{2,}|[^\S ]/g;
/** Anything but printable ASCII. */
const NOT_ASCII = /[^\x20-\x7e]/;

/**
 * Returns one line of NFC text without invisible characters and with single spaces. Decodes letters in LaTeX
 * and HTML (`K\"ahler`, `K&auml;hler`). Formulas and other LaTeX stay, for `readable` and the exports to
 * convert.
 * @param limit in UTF-16 units; longer text is cut, but never inside a surrogate pair
 */
export function cleanText(text: string, limit = FACT_LIMIT): string {
  // Avoids normalising megabytes of text only to keep the first part.
  const page = text.slice(0, limit * 4);
  const line = cleanLine(page.includes('&') ? decodeHTMLStrict(page.replace(ENCODED_TWICE, '&')) : page);
  return line.length <= limit ? line : line.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '');
}

/** Takes a third of the time of reading a file, so each step runs only on texts that need it. */
function cleanLine(text: string): string {
  let line = text;
  if (text.includes('  ') || NOT_ASCII.test(text)) {
    line = line.replace(LAID_OUT, ' ');
    if (NOT_ASCII.test(line)) {
      line = keepJoiners(line, (piece) => piece.replace(INVISIBLE, '')).normalize('NFC');
    }
  }
  if (line.includes('times')) line = line.replace(LATEX_TIMES, '×');
  if (line.includes('\\')) line = decodeLetters(line);
  return (line === text ? line : line.replace(/ {2,}/g, ' ')).trim();
}

export function cleanTitle(text: string): string {
  return cleanText(text, TITLE_LIMIT);
}

export function cleanAbstract(text: string): string {
  return cleanText(text, ABSTRACT_LIMIT);
}

/** Cleans names, keywords or categories, and drops duplicates and empty ones. */
export function cleanList(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => cleanText(text)))].filter((text) => text !== '');
}

/** Normalises an absolute http or https URL. `undefined` for other schemes, credentials and invalid URLs. */
export function cleanUrl(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > URL_LIMIT || !URL.canParse(trimmed)) return undefined;
  const url = new URL(trimmed);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && url.username === '' && url.password === '' ? url.href : undefined;
}

/** Converts a date to an ISO 8601 instant in UTC; `undefined` unless it is a date from 1900 to 2099. */
export function cleanInstant(text: string): string | undefined {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) return undefined;
  const iso = instant.toISOString();
  return /^(?:19|20)\d\d-/.test(iso) ? iso : undefined;
}
