/** The words of a paper as the word index of search has them, prepared for thousands of watches. */
import type { Paper } from '../../papers/paper.ts';
import { foldedWords, readWords, stemOf } from '../../search/text/words.ts';

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
  const [inTitle, inAbstract] = [stemsOf(title), stemsOf(abstract)];
  const lower = categories.map((category) => category.toLowerCase());
  return {
    title: toPhraseText(inTitle),
    abstract: toPhraseText(inAbstract),
    stems: new Set([...inTitle, ...inAbstract]),
    names: authors.map((author) => new Set(foldedWords(author))),
    categories: new Set(lower.flatMap((category) => [category, category.replace(/\..*$/u, '')])),
    authors,
  };
}

/** @param phrase words separated by spaces */
export function toPhrase(phrase: string): { readonly stems: readonly string[]; readonly text: string } {
  const stems = foldedWords(phrase).map(stemOf);
  return { stems, text: toPhraseText(stems) };
}

function toPhraseText(stems: readonly string[]): string {
  return ` ${stems.join(' ')} `;
}

/** In order, then other forms of words, as in the index. */
function stemsOf(text: string): string[] {
  const { words, further } = readWords(text);
  return [...words, ...further].map(stemOf);
}
