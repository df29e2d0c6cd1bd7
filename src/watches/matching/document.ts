/** The words of a paper as the word index of search has them, prepared for thousands of watches. */
import type { Paper } from '../../papers/paper.ts';
import { toStemmedText } from '../../search/text/phrases.ts';
import { foldedWords } from '../../search/text/words.ts';

export type DocumentText = Pick<Paper, 'title' | 'abstract' | 'authors' | 'categories'>;

export interface PaperDocument {
  /** Stems between spaces, so that a phrase is a part of the text. */
  readonly title: string;
  readonly abstract: string;
  /** Stems of both. */
  readonly stems: ReadonlySet<string>;
  /** Folded words of each author's name. */
  readonly names: ReadonlyArray<ReadonlySet<string>>;
  /** In lower case; of each category its archive as well. */
  readonly categories: ReadonlySet<string>;
  readonly authors: readonly string[];
}

export function toDocument({ title, abstract, authors, categories }: DocumentText): PaperDocument {
  const [inTitle, inAbstract] = [toStemmedText(title), toStemmedText(abstract)];
  const lower = categories.map((category) => category.toLowerCase());
  return {
    title: inTitle.text,
    abstract: inAbstract.text,
    stems: new Set([...inTitle.stems, ...inAbstract.stems]),
    names: authors.map((author) => new Set(foldedWords(author))),
    categories: new Set(lower.flatMap((category) => [category, category.replace(/\..*$/u, '')])),
    authors,
  };
}
