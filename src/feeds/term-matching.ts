/** Matches papers against the terms of a feed. Pure. */
import type { Paper } from '../papers/paper.ts';
import { isNamed } from '../search/query/author.ts';
import { foldedWords, stemOf } from '../search/text/words.ts';
import { hasCategory, isInArchive } from '../trending/topic.ts';
import { readTerm } from './options/terms.ts';

type Matcher = (paper: Paper) => boolean;

/** Cached, because thousands of channels match the same papers. */
const stemsOfPaper = new WeakMap<Paper, string>();

/**
 * Words match whole words in title, abstract and keywords, ignoring case, accents and endings (“agents” is
 * “agent”); several words match as a phrase. Categories match exactly, archives match their categories,
 * authors match by name.
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

/**
 * Stems separated by spaces, so that a phrase is a substring. Line breaks keep the parts of a paper apart.
 */
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
