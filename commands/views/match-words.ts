/** Describes how search results were found. */
import type { SearchPage, Why } from '../../src/search/search.ts';

/** `words: world, models · close in meaning` */
export function whyWords({ words, semantic }: Why): string {
  const found = [
    ...(words.length > 0 ? [`words: ${words.join(', ')}`] : []),
    ...(semantic || words.length === 0 ? ['close in meaning'] : []),
  ];
  return found.join(' · ');
}

/** For the footer; `''` if no embedder is set up. */
export function semanticNote(semantic: SearchPage['semantic']): string {
  switch (semantic) {
    case 'used':
      return 'by meaning and words';
    case 'missing':
      return 'by words only, as search by meaning is unavailable';
    case 'none':
      return '';
  }
}
