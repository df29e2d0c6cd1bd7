/** Keeps only statements of a model that are plain sentences and quote a real sentence of the paper. */

import { readable } from '../text/readable.ts';
import { ModelError } from './language-model.ts';
import { isPlainSentence } from './plain-sentence.ts';
import type { SecretInstructions } from './prompt-leak.ts';
import type { Statement } from './reply.ts';

/** A quotable sentence of a paper. */
export interface Citable {
  readonly sentence: string;
}

export interface Grounded<Source extends Citable, Said extends Statement = Statement> {
  /** Single line. */
  readonly text: string;
  readonly basis: Source;
  /** Original statement. */
  readonly said: Said;
}

/** Characters of a statement. */
const LONGEST = 400;
/** Minimum words of a quote; fewer could match by chance. */
const SHORTEST_QUOTE = 4;

/**
 * Drops statements without a quote, with markup, or with a number that is neither in a source nor in
 * `context`, such as a title.
 * @throws ModelError if the whole answer repeats its instructions or is in another language
 */
export function ground<Source extends Citable, Said extends Statement>(
  statements: readonly Said[],
  sources: readonly Source[],
  instructions: SecretInstructions,
  context = '',
): Grounded<Source, Said>[] {
  const written = statements.map(({ text }) => oneLine(text)).join(' ');
  if ([written, readable(written)].some(instructions.isLeakedBy))
    throw new ModelError('unfit', 'the answer repeats its instructions');
  const knownNumbers = new Set([...sources.map(({ sentence }) => sentence), context].flatMap(numbersOf));
  const grounded = statements.flatMap((said) => {
    const line = oneLine(said.text);
    const basis = basisOf(said.quote, sources);
    const isFit =
      line !== '' &&
      line.length <= LONGEST &&
      isPlainSentence(line) &&
      numbersOf(line).every((number) => knownNumbers.has(number));
    return basis && isFit && isPlainSentence(basis.sentence) ? [{ text: line, basis, said }] : [];
  });
  const rest = grounded.map(({ text }) => text).join(' ');
  if (rest !== '' && !isEnglish(rest)) throw new ModelError('unfit', 'the answer is in another language');
  return grounded;
}

/** The sentence that contains the quote, ignoring case, punctuation and white space. */
function basisOf<Source extends Citable>(quote: string, sources: readonly Source[]): Source | undefined {
  const quoted = wordsOf(quote);
  if (quoted.length < SHORTEST_QUOTE) return undefined;
  const run = ` ${quoted.join(' ')} `;
  return sources.find(({ sentence }) => ` ${wordsOf(sentence).join(' ')} `.includes(run));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Numbers as readers see them; `1,000` equals `1000`. */
function numbersOf(text: string): string[] {
  return (readable(text).match(/\d[\d,.]*/g) ?? []).map((number) =>
    number.replace(/,/g, '').replace(/\.$/, ''),
  );
}

// Detects English by its most frequent words.

const SMALL_WORDS = new Set(
  `a an and are as at be been but by can do for from has have how in into is it its more not of on or our so such than that
  the their them then there these they this to was we were what when where which while who with without`.split(
    /\s+/,
  ),
);

/** English prose has a share of about 0.4; other languages share only a few of these words. */
const ENGLISH_FROM = 0.18;

export function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const small = words.filter((word) => SMALL_WORDS.has(word)).length;
  return words.length > 0 && small >= ENGLISH_FROM * words.length;
}
