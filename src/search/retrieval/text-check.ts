/** Checks papers for what the word index does not know: adjacent words, stop words, and where a word is. */
import type { DatabaseConnection } from '../../db/connection.ts';
import type { PaperTable } from '../../db/tables/papers.ts';
import type { WordMatch } from '../query/word-match.ts';
import { type Phrase, toPhrase, toQuickCheck, toStemmedText } from '../text/phrases.ts';
import type { Ways } from '../text/units.ts';
import { foldedWords, foldWord } from '../text/words.ts';

export type CheckedPaper = Pick<PaperTable, 'title' | 'abstract' | 'authors'>;

export interface CompiledPhrase {
  readonly phrase: Phrase;
  readonly quickly: (folded: string) => boolean | undefined;
}

type CompiledWays = ReadonlyArray<readonly CompiledPhrase[]>;

/**
 * Papers that one search may check, in a tenth of a second. A phrase of a common word and a stop word (“when
 * models”) has more in a large store; what is found until then, among the best, is the answer.
 */
const MOST_CHECKED = 4_000;

export interface TextChecks {
  /** Returns a check of one paper at a time, for one search. Papers after the last that it checks fail. */
  toCheck(match: WordMatch): (pk: number) => boolean;
}

export function openTextChecks(connection: DatabaseConnection): TextChecks {
  const paper = connection.prepare<[number], CheckedPaper>(
    'SELECT title, abstract, authors FROM papers WHERE pk = ?',
  );
  return {
    toCheck(match) {
      const holds = checkTexts(compileMatch(match));
      let left = MOST_CHECKED;
      return (pk) => {
        if (left-- <= 0) return false;
        const found = paper.get(pk);
        return found !== undefined && holds(found);
      };
    },
  };
}

export interface CompiledMatch {
  /** Fields in which the words count: title and abstract, and maybe the names after them. */
  readonly fields: number;
  holds(has: (phrase: CompiledPhrase) => boolean): boolean;
}

export function compileMatch({ any, all, none, isInText = false }: WordMatch): CompiledMatch {
  const wanted = all.map(compileWays);
  if (any.length > 0) wanted.push(any.map((word) => [compilePhrase(word)]));
  const unwanted = none.map(compileWays);
  return {
    fields: isInText ? 2 : 3,
    holds: (has) => wanted.every((ways) => hasOne(ways, has)) && !unwanted.some((ways) => hasOne(ways, has)),
  };
}

function checkTexts({ fields, holds }: CompiledMatch): (paper: CheckedPaper) => boolean {
  return (paper) => {
    const texts = toTexts(paper).slice(0, fields).map(foldWord);
    let stemmed: string[] | undefined;
    return holds(({ phrase, quickly }) => {
      const found = texts.map(quickly);
      if (found.includes(true)) return true;
      if (found.every((each) => each === false)) return false;
      stemmed ??= texts.map((text) => toStemmedText(text).text);
      return stemmed.some((text) => text.includes(phrase.text));
    });
  };
}

/** The stems of title, abstract and names. */
export function stemsOfTexts(paper: CheckedPaper): readonly string[] {
  return toTexts(paper).map((text) => toStemmedText(text).text);
}

function toTexts({ title, abstract, authors }: CheckedPaper): string[] {
  return [title, abstract, authors];
}

function hasOne(ways: CompiledWays, has: (phrase: CompiledPhrase) => boolean): boolean {
  return ways.some((phrases) => phrases.every(has));
}

function compileWays(ways: Ways): CompiledWays {
  return ways.map((phrases) => phrases.map(compilePhrase));
}

function compilePhrase(words: string): CompiledPhrase {
  return { phrase: toPhrase(words), quickly: toQuickCheck(foldedWords(words)) };
}
