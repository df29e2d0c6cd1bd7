/** The terms of a watch, compiled, and how a paper matches them. Pure. */
import { isNamed } from '../../search/query/author.ts';
import { readQuery } from '../../search/query/query.ts';
import { type Phrase, toPhrase } from '../../search/text/phrases.ts';
import type { Ways } from '../../search/text/units.ts';
import { foldedWords } from '../../search/text/words.ts';
import type { WatchTerms } from '../watch.ts';
import type { PaperDocument } from './document.ts';

export interface WantedWords {
  /** As typed, for the reason. */
  readonly shown: string;
  /** A paper has all phrases of one of the ways. */
  readonly ways: ReadonlyArray<readonly Phrase[]>;
}

export interface Conditions {
  readonly wanted: readonly WantedWords[];
  readonly unwanted: readonly WantedWords[];
  /** Folded words of the name. */
  readonly author: readonly string[];
  /** In lower case. */
  readonly category?: string;
  /** Id of the paper. */
  readonly like?: string;
}

export function toConditions({ text = '', author = '', category, like }: WatchTerms): Conditions {
  const query = readQuery(text);
  return {
    wanted: [
      ...query.phrases.map((words) => compile(words.join(' '), [[words.join(' ')]])),
      ...query.units.map(({ exactWays }) => compile(shownOf(exactWays), exactWays)),
    ],
    unwanted: query.excluded.map((ways) => compile('', ways)),
    author: foldedWords(author),
    ...(category !== undefined && { category: category.toLowerCase() }),
    ...(like && { like: like.id }),
  };
}

function compile(shown: string, ways: Ways): WantedWords {
  const compiled = ways
    .map((phrases) => phrases.map(toPhrase).filter(({ stems }) => stems.length > 0))
    .filter((phrases) => phrases.length > 0);
  return { shown, ways: compiled };
}

/** `pre-training` for its ways `pretraining` and `pre training`. */
function shownOf(ways: Ways): string {
  const [whole = [], apart] = ways;
  return apart === undefined ? whole.join(' ') : apart.flatMap((each) => each.split(' ')).join('-');
}

/** True if the paper matches all but `like`. */
export function holds({ wanted, unwanted, author, category }: Conditions, document: PaperDocument): boolean {
  if (category !== undefined && !document.categories.has(category)) return false;
  if (!wanted.every((each) => isIn(each, document))) return false;
  if (author.length > 0 && !document.authors.some((name) => isNamed(name, author))) return false;
  return !unwanted.some((each) => isIn(each, document));
}

function isIn({ ways }: WantedWords, document: PaperDocument): boolean {
  return ways.some((phrases) => phrases.every((phrase) => placeOf(phrase, document) !== undefined));
}

type Place = 'title' | 'abstract';

function placeOf({ stems, text }: Phrase, document: PaperDocument): Place | undefined {
  const [first = ''] = stems;
  if (stems.length === 1 && !document.stems.has(first)) return undefined;
  if (document.title.includes(text)) return 'title';
  return document.abstract.includes(text) ? 'abstract' : undefined;
}

/** Each wanted phrase with the place where it is: the title only if all of it is there. */
export function placesOf(
  { wanted }: Conditions,
  document: PaperDocument,
): Array<{ readonly shown: string; readonly place: Place }> {
  return wanted.map(({ shown, ways }) => {
    const isTitled = ways.some((phrases) => phrases.every((each) => placeOf(each, document) === 'title'));
    return { shown, place: isTitled ? 'title' : 'abstract' };
  });
}

/** The author of the paper that the watch names, as the paper writes it. */
export function authorFound({ author }: Conditions, { authors }: PaperDocument): string | undefined {
  return author.length === 0 ? undefined : authors.find((name) => isNamed(name, author));
}
