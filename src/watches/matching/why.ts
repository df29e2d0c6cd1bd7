/** Says in words why a paper matches a watch. Pure. */
import { clipWords } from '../../chat/clip.ts';
import { readable } from '../../text/readable.ts';
import type { WatchTerms } from '../watch.ts';
import { authorFound, type Conditions, placesOf } from './conditions.ts';
import type { PaperDocument } from './document.ts';

/** Characters of a title. */
const TITLE = 60;
const all = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/**
 * `matches “protein design” in the title, by Yann LeCun`.
 * @param shared what the paper and the one in `like` are both about
 */
export function whyMatched(
  terms: WatchTerms,
  conditions: Conditions,
  document: PaperDocument,
  shared: readonly string[],
): string {
  const places = placesOf(conditions, document);
  const inPlace = (['title', 'abstract'] as const).flatMap((place) => {
    const shown = places.filter((each) => each.place === place).map((each) => `“${each.shown}”`);
    return shown.length === 0 ? [] : [`${all.format(shown)} in the ${place}`];
  });
  const author = authorFound(conditions, document);
  const found = [
    inPlace.length > 0 ? `matches ${all.format(inPlace)}` : undefined,
    author === undefined ? undefined : `by ${readable(author)}`,
    terms.category === undefined ? undefined : `in ${terms.category}`,
    terms.like && `like “${clipWords(readable(terms.like.title), TITLE)}”: both about ${all.format(shared)}`,
  ].filter((part) => part !== undefined);
  return `${/^(?:by|in) /u.test(found[0] ?? '') ? 'new ' : ''}${found.join(', ')}`;
}
