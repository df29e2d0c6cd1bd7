/** What of a model's statements can be shown: plain sentences that rest on a sentence which really stands in the paper. */

import { readable } from '../text/readable.ts';
import { ModelError } from './language-model.ts';
import { isPlainSentence } from './plain-sentence.ts';
import type { SecretInstructions } from './prompt-leak.ts';
import type { Statement } from './reply.ts';

/** A sentence of a paper as it can be quoted. */
export interface Citable {
  readonly sentence: string;
}

export interface Grounded<Source extends Citable, Said extends Statement = Statement> {
  /** On one line. */
  readonly text: string;
  readonly basis: Source;
  /** The statement as it was made. */
  readonly said: Said;
}

/** Characters of a statement. */
const LONGEST = 400;
/** Words of a quote; fewer could be from anywhere. */
const SHORTEST_QUOTE = 4;

/**
 * Drops what rests on nothing, holds more than words, or tells a number that neither a source nor `context`, such as a title, tells.
 * @throws ModelError when the whole cannot be trusted: it repeats its instructions, or is not in the language that was asked for
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

/** The sentence in which the quote stands, whatever its case, punctuation and white space. */
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

/** As readers see them; `1,000` and `1000` are one number. */
function numbersOf(text: string): string[] {
  return (readable(text).match(/\d[\d,.]*/g) ?? []).map((number) =>
    number.replace(/,/g, '').replace(/\.$/, ''),
  );
}

// Whether a text is in English, by the small words that every English sentence has.

const SMALL_WORDS = new Set(
  `a an and are as at be been but by can do for from has have how in into is it its more not of on or our so such than that
  the their them then there these they this to was we were what when where which while who with without`.split(
    /\s+/,
  ),
);

/** English prose has about 0.4; of other languages a few words look like these. */
const ENGLISH_FROM = 0.18;

export function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const small = words.filter((word) => SMALL_WORDS.has(word)).length;
  return words.length > 0 && small >= ENGLISH_FROM * words.length;
}
