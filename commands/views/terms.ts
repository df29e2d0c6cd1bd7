/** What a feed includes or excludes, in words. */
import { readTerm, termInWords } from '../../src/delivery/options/terms.ts';

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** `“world models”, cs.RO or by Ada Lovelace`, behind "about". */
export function aboutTerms(terms: readonly string[]): string {
  return either.format(terms.map(termInWords));
}

/** True when one of them is an author, of whom a paper is not "about". */
export function namesAuthors(terms: readonly string[]): boolean {
  return terms.some((term) => readTerm(term).kind === 'author');
}
