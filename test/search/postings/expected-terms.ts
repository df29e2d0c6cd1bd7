/** The terms that the word index must have of a paper, computed word by word. */
import { beginningsOf, beginningTerm } from '../../../src/search/text/beginnings.ts';
import { neighbourTerm } from '../../../src/search/text/neighbours.ts';
import { STOP_WORDS } from '../../../src/search/text/stop-words.ts';
import { type TextOfTermVector, termOf, toTermVector } from '../../../src/search/text/term-vector.ts';
import { readWords, stemOf } from '../../../src/search/text/words.ts';

const MOST = 255;

/** @returns frequencies by term, sorted by term */
export function expectedTerms(paper: TextOfTermVector): Map<number, number> {
  const { terms, counts, names } = toTermVector(paper);
  const sums = new Map([...terms].map((term, at) => [term, 2 * (counts[at] ?? 0) + (names[at] ?? 0)]));
  for (const text of [paper.title, paper.abstract, paper.authors ?? '']) {
    const words = readWords(text).words.map((word) =>
      STOP_WORDS.has(word) ? undefined : termOf(stemOf(word)),
    );
    for (const [at, term] of words.entries()) {
      const before = words[at - 1];
      if (before === undefined || term === undefined) continue;
      const neighbours = neighbourTerm(before, term);
      sums.set(neighbours, (sums.get(neighbours) ?? 0) + 1);
    }
  }
  for (const field of ['title', 'authors'] as const) {
    const { words, further } = readWords(paper[field] ?? '');
    for (const word of field === 'title' ? [...words, ...further] : words) {
      for (const letters of beginningsOf(word, 0, word.length)) {
        if (word.length < letters) continue;
        const beginning = beginningTerm(field, word, 0, letters);
        sums.set(beginning, (sums.get(beginning) ?? 0) + 1);
      }
    }
  }
  const capped = [...sums].map(([term, sum]): [number, number] => [term, Math.min(MOST, sum)]);
  return new Map(capped.sort(([a], [b]) => a - b));
}
