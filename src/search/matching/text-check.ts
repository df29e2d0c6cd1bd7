/** Checks papers for what the word index does not know: adjacent words, stop words, and where a word is. */
import type { Connection } from '../../db/open.ts';
import type { PaperTable } from '../../db/tables/papers.ts';
import type { WordMatch } from '../query/word-match.ts';
import { type Phrase, toPhrase, toStemmedText } from '../text/phrases.ts';
import type { Ways } from '../text/units.ts';

type CheckedPaper = Pick<PaperTable, 'title' | 'abstract' | 'authors'>;
type CompiledWays = ReadonlyArray<readonly Phrase[]>;

export interface TextChecks {
  /** Returns a check of one paper at a time, which takes about 0.1 ms. */
  toCheck(match: WordMatch): (pk: number) => boolean;
}

export function openTextChecks(connection: Connection): TextChecks {
  const paper = connection.prepare<[number], CheckedPaper>(
    'SELECT title, abstract, authors FROM papers WHERE pk = ?',
  );
  return {
    toCheck(match) {
      const holds = compile(match);
      return (pk) => {
        const found = paper.get(pk);
        return found !== undefined && holds(found);
      };
    },
  };
}

function compile({ any, all, none, isInText = false }: WordMatch): (paper: CheckedPaper) => boolean {
  const wanted = all.map(compileWays);
  if (any.length > 0) wanted.push(any.map((word) => [toPhrase(word)]));
  const unwanted = none.map(compileWays);
  return ({ title, abstract, authors }) => {
    const texts = isInText ? [title, abstract] : [title, abstract, authors];
    const stemmed = texts.map((text) => toStemmedText(text).text);
    const isIn = (ways: CompiledWays) =>
      ways.some((phrases) => phrases.every((phrase) => stemmed.some((text) => text.includes(phrase.text))));
    return wanted.every(isIn) && !unwanted.some(isIn);
  };
}

function compileWays(ways: Ways): CompiledWays {
  return ways.map((phrases) => phrases.map(toPhrase));
}
