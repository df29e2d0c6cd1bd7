/** Whether a paper is about a term of a feed. Pure. */
import type { Paper } from '../papers/paper.ts';
import { isNamed } from '../search/query/author.ts';
import { foldedWords, stemOf } from '../search/text/words.ts';
import { hasCategory, isInArchive } from '../trending/topic.ts';
import { readTerm } from './options/terms.ts';

type Matcher = (paper: Paper) => boolean;

/** Thousands of channels look at the same papers of one list. */
const stemsOfPaper = new WeakMap<Paper, string>();

/**
 * Words fit on word boundaries, whatever their case, accents and endings (“agents” is “agent”); several of them as a phrase.
 * They are looked for in title, abstract and keywords. Categories fit exactly, archives all of their categories, authors by name.
 */
export function matcherOf(text: string): Matcher {
  const term = readTerm(text);
  switch (term.kind) {
    case 'category':
      return ({ categories }) => hasCategory(categories, term.category);
    case 'author': {
      const name = foldedWords(term.name);
      return ({ authors }) => name.length > 0 && authors.some((author) => isNamed(author, name));
    }
    case 'words': {
      const { archive } = term;
      const phrase = stemmed(term.words);
      return (paper) =>
        textOf(paper).includes(phrase) || (archive !== undefined && isInArchive(paper.categories, archive));
    }
  }
}

/** The stems in a row between spaces, so that a phrase is a part of the text. Parts of a paper do not run into each other. */
function textOf(paper: Paper): string {
  let text = stemsOfPaper.get(paper);
  if (text === undefined) {
    text = [paper.title, paper.abstract, ...paper.keywords].map(stemmed).join('\n');
    stemsOfPaper.set(paper, text);
  }
  return text;
}

function stemmed(text: string): string {
  return ` ${foldedWords(text).map(stemOf).join(' ')} `;
}
