/** Describes the terms that a feed includes or excludes. */
import { readTerm, type Term } from '../feeds/options/terms.ts';

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** ` about “world models” or cs.RO, or by Ada Lovelace`, to append to "papers"; `''` without terms. */
export function subjectWords(texts: readonly string[]): string {
  const terms = texts.map(readTerm);
  const subjects = terms.filter(({ kind }) => kind !== 'author').map(inWords);
  const authors = terms.filter(({ kind }) => kind === 'author').map(inWords);
  const words = [
    subjects.length > 0 ? `about ${either.format(subjects)}` : undefined,
    authors.length > 0 ? `by ${either.format(authors)}` : undefined,
  ].filter((part) => part !== undefined);
  return words.length === 0 ? '' : ` ${words.join(', or ')}`;
}

/** `“survey”, cs.CV or papers by Ada Lovelace`. */
export function anyOfTerms(texts: readonly string[]): string {
  return either.format(
    texts
      .map(readTerm)
      .map((term) => (term.kind === 'author' ? `papers by ${inWords(term)}` : inWords(term))),
  );
}

export function termInWords(text: string): string {
  return inWords(readTerm(text));
}

function inWords(term: Term): string {
  switch (term.kind) {
    case 'author':
      return term.name;
    case 'category':
      return term.category;
    case 'words':
      return `“${term.words}”`;
  }
}
