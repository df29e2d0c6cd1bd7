/** Parses a topic filter: an arXiv category, or words. */

import type { WordMatch } from '../search/query/word-match.ts';
import { readUnits } from '../search/text/units.ts';
import { looksLikeCategory } from '../text/ids.ts';

type Topic =
  /** `cs.CL`. */
  | { readonly kind: 'category'; readonly category: string }
  /** All words, in the title or the abstract. A single word may also be an archive (`cs`). */
  | { readonly kind: 'words'; readonly match: WordMatch; readonly archive?: string }
  /** Text without words (`🎉`). */
  | { readonly kind: 'nothing' };

const ARCHIVE = /^[a-z][a-z-]*$/i;

/** Maximum number of words, to bound the time of the query. */
const MAX_WORDS = 16;
/** Characters that are read: more than that many words need. */
const MAX_LENGTH = 1_000;

/** `undefined` for blank text. */
export function parseTopic(text: string): Topic | undefined {
  const topic = text.trim();
  if (topic === '') return undefined;
  if (looksLikeCategory(topic)) return { kind: 'category', category: topic };
  const units = readUnits(topic.slice(0, MAX_LENGTH)).slice(0, MAX_WORDS);
  if (units.length === 0) return { kind: 'nothing' };
  const match: WordMatch = { any: [], all: units.map(({ ways }) => ways), none: [], isInText: true };
  return { kind: 'words', match, ...(ARCHIVE.test(topic) && { archive: topic }) };
}

/** Ignores case. */
export function hasCategory(categories: readonly string[], category: string): boolean {
  const wanted = category.toLowerCase();
  return categories.some((own) => own.toLowerCase() === wanted);
}

/** Archives without subjects are their own category: `quant-ph`. */
export function isInArchive(categories: readonly string[], archive: string): boolean {
  const wanted = archive.toLowerCase();
  return categories.some((own) => own.toLowerCase().split('.')[0] === wanted);
}
