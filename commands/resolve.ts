/** Which paper somebody means by an id, a link or words. */
import type { Card } from '../src/chat/card.ts';
import { formatLine } from '../src/command/line.ts';
import { isGeneratedId, parsePaperReference } from '../src/papers/ids.ts';
import type { Paper } from '../src/papers/paper.ts';
import type { SearchFilter } from '../src/search/port.ts';
import type { Services } from './services.ts';
import { echo, emptyStore, noMatch, unknownPaper } from './views/nothing.ts';

/** How many papers are offered when words fit several. */
const CANDIDATES = 4;

/** Where words are looked up; ids and exact titles are found anywhere. */
export interface Shelf {
  readonly filter: SearchFilter;
  /** For the sentence that says that nothing fits: `No paper on your list matches …`. */
  readonly name: string;
}

const EVERYWHERE: Shelf = { filter: {}, name: '' };

export type Resolved =
  /** Named outright: by id, link, exact title, or as the only paper that fits. */
  | { readonly kind: 'named'; readonly paper: Paper }
  /** The best guess first. */
  | { readonly kind: 'guessed'; readonly paper: Paper; readonly others: readonly Paper[] }
  /** The card says why, and what to do next. */
  | { readonly kind: 'nothing'; readonly card: Card };

/**
 * @param text as typed: an arXiv id or link in any form, a title, or words to search for
 * @throws UserError for what looks like an arXiv id but cannot be one
 */
export async function resolvePaper(
  { papers, search }: Services,
  text: string,
  { filter, name }: Shelf = EVERYWHERE,
): Promise<Resolved> {
  const words = text.trim();
  const unquoted = words.replace(/^["“”]+|["“”]+$/g, '');
  const id = isGeneratedId(unquoted) ? unquoted : parsePaperReference(unquoted)?.id;
  if (id !== undefined) {
    const paper = await papers.find(id);
    return paper ? { kind: 'named', paper } : { kind: 'nothing', card: unknownPaper(id) };
  }
  const [titled, ...doubles] = await papers.findByTitle(words);
  if (titled && doubles.length === 0) return { kind: 'named', paper: titled };
  if (titled) return { kind: 'guessed', paper: titled, others: doubles };

  const page = await search.search({
    text: words,
    filter,
    sort: 'relevance',
    limit: CANDIDATES,
    offset: 0,
  });
  const [best, ...others] = page.hits.map((hit) => hit.paper);
  if (best)
    return others.length === 0 ? { kind: 'named', paper: best } : { kind: 'guessed', paper: best, others };
  if (await isEmpty(papers)) return { kind: 'nothing', card: emptyStore() };
  const card = noMatch(
    `No paper${name} matches ${echo(words)}.`,
    page.correction,
    'Try fewer or other words.',
    (query) => formatLine({ root: 'papers', name: 'search', args: { query } }),
  );
  return { kind: 'nothing', card };
}

/** Counting everything would take long in a large store; asking for the first paper does not. */
export async function isEmpty(papers: Services['papers']): Promise<boolean> {
  const { records } = await papers.exportSlice(0, 1);
  return records.length === 0;
}
