/** Compares two versions of a title or an abstract, word by word and sentence by sentence. Pure. */
import { diffArrays } from 'diff';
import { readable } from '../text/readable.ts';
import { splitSentences } from '../text/sentences/sentences.ts';
import type { Extent, Replacement, SentenceCounts, TextChange } from './changes.ts';
import { isSameButSpelling, saysSomething } from './spelling.ts';

/** Share of equal words below which a text was rewritten. */
const REWRITTEN_BELOW = 0.5;
const DOUBTFUL_UP_TO = 0.6;
/** A replaced part that is worth quoting. */
const LONGEST_QUOTE = { words: 6, characters: 50 };
const MOST_QUOTES = 2;
/** Words to compare. Longer texts are not abstracts. */
const MOST_WORDS = 800;
/** Share of equal words below which a sentence replaces another one instead of changing it. */
const SAME_SENTENCE = 0.4;

const NUMBER = /\p{N}+(?:[.,]\p{N}+)*/gu;
/** Words after a number that say nothing about it. */
const NO_CONTEXT = /^(?:and|or|of|in|on|at|to|for|with|by|from|than|as|the|a|an|that|which|is|are)$/i;

interface Edit {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** The equal word before and after, for context. */
  readonly before: string;
  readonly after: string;
}

/** Returns `undefined` when both are the same, character by character. */
export function compareTexts(from: string, to: string): TextChange | undefined {
  if (from === to || from === '' || to === '') return undefined;
  const [old, current] = [wordsOf(from), wordsOf(to)];
  const sentences = compareSentences(from, to);
  const none = { replacements: [], isAll: true, sentences };
  const compared = compareWords(old, current, REWRITTEN_BELOW);
  if (!compared) return { ...none, extent: 'rewritten', isAll: false };
  const { edits, equal } = compared;
  if (edits.length === 0) return { ...none, extent: 'markup' };
  const extent = extentOf(edits, shareOfEqual(old, current, equal));
  if (extent !== 'wording') return { ...none, extent, isAll: extent === 'spelling' };
  const telling = edits.filter((edit) => !isSameButSpelling(edit.from, edit.to));
  const quotable = telling.filter(isQuotable);
  const quoted = [...quotable.filter(isNumeric), ...quotable.filter((edit) => !isNumeric(edit))];
  return {
    extent,
    replacements: quoted.slice(0, MOST_QUOTES).map(toReplacement),
    isAll: telling.length === quotable.length && telling.length <= MOST_QUOTES,
    sentences,
  };
}

const ELLIPSIS = /(?:\.\.\.|\[\.\.\.\])$/;

/**
 * True if one text is the other, cut short: it ends with an ellipsis or in the middle of a sentence. Some
 * sources cut abstracts.
 */
export function isCut(from: string, to: string): boolean {
  const [one, other] = [wordsOf(from).map(plain), wordsOf(to).map(plain)];
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const end = short.at(-1)?.replace(ELLIPSIS, '');
  if (end === undefined || short.length === long.length) return false;
  const last = long[short.length - 1] ?? '';
  const isMarked = ELLIPSIS.test(short.at(-1) ?? '');
  const isInside = !/[.!?]["')\]]*$/.test(last);
  return (
    (isMarked || isInside) &&
    (last.startsWith(end) || end === '') &&
    short.slice(0, -1).every((word, at) => word === long[at])
  );
}

/**
 * In doubtful cases only runs of words count, not each word that happens to be in both texts.
 */
function shareOfEqual(old: readonly string[], current: readonly string[], equal: number): number {
  const [share, words] = [(2 * equal) / (old.length + current.length), old.length + current.length];
  if (share < REWRITTEN_BELOW || share > DOUBTFUL_UP_TO) return share;
  return (2 * wordsInCommonRuns(old.map(plain), current.map(plain))) / words;
}

/** The longest common run, and the longest ones on both sides of it (Ratcliff and Obershelp, 1988). */
function wordsInCommonRuns(one: readonly string[], other: readonly string[]): number {
  let best = { length: 0, at: 0, in: 0 };
  let above = new Uint16Array(other.length + 1);
  for (const [at, word] of one.entries()) {
    const row = new Uint16Array(other.length + 1);
    for (const [index, candidate] of other.entries()) {
      if (word !== candidate) continue;
      const length = (above[index] ?? 0) + 1;
      row[index + 1] = length;
      if (length > best.length) best = { length, at: at + 1 - length, in: index + 1 - length };
    }
    above = row;
  }
  if (best.length === 0) return 0;
  const [end, endIn] = [best.at + best.length, best.in + best.length];
  return (
    best.length +
    wordsInCommonRuns(one.slice(0, best.at), other.slice(0, best.in)) +
    wordsInCommonRuns(one.slice(end), other.slice(endIn))
  );
}

function extentOf(edits: readonly Edit[], similarity: number): Extent {
  if (edits.every(({ from, to }) => isSameButSpelling(from, to))) return 'spelling';
  return similarity < REWRITTEN_BELOW ? 'rewritten' : 'wording';
}

function wordsOf(text: string): string[] {
  return readable(text)
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
}

/** Quotes, dashes and similar signs in one form. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[“”„«»]|''|``/g, '"')
    .replace(/[‘’`´]/g, "'")
    .replace(/[‐‑‒–—―−]|--+/g, '-')
    .replace(/…/g, '...')
    .replace(/[_^](?=[\p{L}\p{N}])/gu, '');
}

/**
 * Returns `undefined` if less than `least` of the words are equal. The limit keeps long texts that have
 * nothing in common cheap.
 */
function compareWords(old: readonly string[], current: readonly string[], least: number) {
  const total = old.length + current.length;
  const parts = diffArrays(old.map(plain), current.map(plain), {
    maxEditLength: Math.floor(total * (1 - least)),
  });
  if (!parts) return undefined;
  const edits: Edit[] = [];
  let [at, atOld, equal] = [0, 0, 0];
  let open: { from: string[]; to: string[]; before: string } | undefined;
  for (const { count, added, removed } of parts) {
    if (added || removed) {
      open ??= { from: [], to: [], before: current[at - 1] ?? '' };
      if (added) open.to.push(...current.slice(at, at + count));
      else open.from.push(...old.slice(atOld, atOld + count));
    } else {
      if (open) edits.push({ ...open, after: current[at] ?? '' });
      open = undefined;
      equal += count;
    }
    if (!removed) at += count;
    if (!added) atOld += count;
  }
  if (open) edits.push({ ...open, after: '' });
  return { edits: edits.filter(({ from, to }) => plain(from.join('')) !== plain(to.join(''))), equal };
}

function isQuotable(edit: Edit): boolean {
  if (!saysSomething(edit.from) || !saysSomething(edit.to)) return false;
  const { from, to } = toReplacement(edit);
  return [from, to].every((text) => isShort(text)) && !/[.;:!?] \p{Lu}/u.test(`${from} ${to}`);
}

function isShort(text: string): boolean {
  return text.length <= LONGEST_QUOTE.characters && text.split(' ').length <= LONGEST_QUOTE.words;
}

/** Another number in place of a number. With more words around it, it may belong to another claim. */
function isNumeric({ from, to }: Edit): boolean {
  if (from.length !== 1 || to.length !== 1) return false;
  const [before, after] = [numbersIn(from), numbersIn(to)];
  return before.length === 1 && after.length === 1 && before[0] !== after[0];
}

function numbersIn(words: readonly string[]): string[] {
  return words.join(' ').normalize('NFKC').match(NUMBER) ?? [];
}

/** Adds a word of context to a part of one word: “three” becomes “three benchmarks”. */
function toReplacement(edit: Edit): Replacement {
  const { from, to, before, after } = edit;
  const isBare = from.length === 1 && to.length === 1;
  const ends = /[.,;:!?]["')\]]*$/.test(from[0] ?? '') || after === '' || NO_CONTEXT.test(after);
  const written = (words: readonly string[]) =>
    [...(isBare && ends && before !== '' ? [before] : []), ...words, ...(isBare && !ends ? [after] : [])]
      .join(' ')
      .replace(/[.,;:]+$/, '')
      .replaceAll('**', '');
  return { from: written(from), to: written(to), ...(isNumeric(edit) && { isNumber: true }) };
}

function compareSentences(from: string, to: string): SentenceCounts {
  const [old, current] = [from, to].map((text) => splitSentences(wordsOf(text).join(' ')).map(plain));
  const counts = { changed: 0, added: 0, removed: 0, of: current?.length ?? 0 };
  const parts = diffArrays(old ?? [], current ?? []);
  for (const [at, { value, added, removed }] of parts.entries()) {
    const previous = parts[at - 1];
    if (removed) counts.removed += value.length;
    if (!added) continue;
    const changed = previous?.removed ? pairsAmong(previous.value, value) : 0;
    counts.changed += changed;
    counts.added += value.length - changed;
    counts.removed -= changed;
  }
  return counts;
}

/** Number of old sentences that one of the new ones resembles. */
function pairsAmong(gone: readonly string[], come: readonly string[]): number {
  const left = come.map((sentence) => sentence.split(' '));
  let pairs = 0;
  for (const words of gone.map((sentence) => sentence.split(' '))) {
    const at = left.findIndex((other) => compareWords(words, other, SAME_SENTENCE) !== undefined);
    if (at < 0) continue;
    left.splice(at, 1);
    pairs += 1;
  }
  return pairs;
}
