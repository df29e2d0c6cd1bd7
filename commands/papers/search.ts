/** `/papers search`: finds papers by words, meaning and filters. */

import { compact } from '../../src/base/compact.ts';
import { UserError } from '../../src/base/errors.ts';
import { counted } from '../../src/cards/counts.ts';
import { answerCard } from '../../src/cards/paper-card.ts';
import { joined } from '../../src/cards/paper-lines.ts';
import { listCard, offsetOf, pageButton } from '../../src/cards/paper-list.ts';
import type { Card } from '../../src/chat/card.ts';
import type { Command } from '../../src/command/define.ts';
import { formatLine, pageLine } from '../../src/command/line.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { type SearchFilter, SORTS, type Sort } from '../../src/search/search.ts';
import { isArchiveForm, looksLikeCategory, parsePaperReference } from '../../src/text/ids.ts';
import { defineCommand, type Services } from '../services.ts';
import { beyondLastPage, type Correction, emptyStore, noMatch, problem } from '../views/empty-results.ts';
import { listEntries } from '../views/entries.ts';
import { EXACTLY, quoteInput, unquoted } from '../views/quote.ts';
import { filterWords, orderWords, refuseSwappedDays, semanticNote } from '../views/search-words.ts';
import { remarked, versionRemark } from '../views/version-remark.ts';
import { authorTyped } from './input/author-typed.ts';
import { AUTHOR, CATEGORY, LIMIT, MIN_VOTES, PAGE, SINCE, UNTIL } from './input/options.ts';
import { findByLink, paperSiteOf, wordsInLink } from './input/paper-link.ts';
import { findByReference, isEmpty, isPaper, noPaperAt } from './input/resolve-paper.ts';

const SORT_SAID = {
  newest: [
    '(?:the )?(?:newest|latest|most recent|recent)(?: ones?| papers?)? first',
    '(?:sorted |sort |ordered |order |ranked )?by (?:date|recency|publication date|newest|latest|newness)(?: first)?$',
    '(?:sort|order)(?:ed)? (?:newest|latest|new|date)$',
    '^(?:the )?(?:newest|latest|most recent)(?: (?:papers?|articles?|preprints?|research|work|works|results|publications?)(?: (?:on|about|in|for|regarding|of))?)?(?= \\S)',
    '^(?:the )?(?:new|recent) (?:papers?|articles?|preprints?|publications?)(?: (?:on|about|in|for|regarding))(?= \\S)',
    "^(?:what(?:['’]?s| is)|(?:is there |have you got |do you have |got )?(?:anything|something)) (?:the )?(?:new|newest|latest|recent)(?: (?:stuff|news|work|research|papers?))? (?:in|on|about|with|for|regarding|from)(?= \\S)",
    '^(?:(?:is|are) there |have you got |do you have |got )?any (?:new|newer|recent) (?:papers?|articles?|preprints?|work|research|stuff) (?:in|on|about|with|for|regarding|from)(?= \\S)',
    '^what (?:came out|has come out|was published|appeared) (?:lately |recently )?(?:in|on|about)(?= \\S)',
    '(?:newest|latest|most recent|lately|recently)$',
  ],
  votes: [
    '(?:sorted |sort |ordered |order |ranked )?by (?:(?:number of |most )?(?:up)?votes|popularity|likes)(?: first)?$',
    '(?:the )?most (?:up)?votes(?: first)?$',
    '(?:the )?most (?:popular|voted|upvoted|liked)(?: ones?| papers?)? first',
    '(?:highest|best|top)[- ](?:voted|rated|votes)(?: ones?| papers?)?(?: first)?$',
    '^(?:the )?(?:most (?:popular|voted|upvoted|liked)|top[- ]voted|best[- ]voted|hottest)(?: (?:papers?|articles?)(?: (?:on|about|in|for|regarding|of))?)?(?= \\S)',
    '(?:most (?:popular|voted|upvoted|liked))$',
    '^(?:the )?(?:hot|hottest|popular) papers?(?: (?:on|about|in|for|regarding|of))?(?= \\S)',
  ],
  relevance: ['(?:sorted |sort |ordered |order )?by relevance$', 'most relevant first'],
} as const;

export const search: Command<Services> = defineCommand({
  root: 'papers',
  name: 'search',
  description: 'Search papers by meaning, words, author, category or date.',
  visibility: 'public',
  options: {
    query: {
      type: 'string',
      description: 'Words, a "phrase in quotes", an arXiv ID or a link',
      // A whole abstract.
      maxLength: 2_500,
      reads: 'topic',
      operators: true,
      alsoCalled: ['q', 'words', 'text', 'topic', 'about'],
    },
    limit: LIMIT,
    since: SINCE,
    until: UNTIL,
    category: CATEGORY,
    author: AUTHOR,
    min_votes: MIN_VOTES,
    why: {
      type: 'choice',
      description: 'Show why each paper was found',
      choices: ['no', 'yes'],
      default: 'no',
      alsoCalled: ['explain', 'reasons'],
      synonyms: { yes: ['true', '1', 'on', 'y'], no: ['false', '0', 'off', 'n'] },
      saidAs: { yes: ['(?:and |with |show |explain |say )(?:me )?why$', 'with (?:reasons|explanations)$'] },
    },
    sort: {
      type: 'choice',
      description: 'Order of the results',
      choices: SORTS,
      default: 'relevance',
      alsoCalled: [
        'order',
        'order_by',
        'sort_by',
        'sorted',
        'sorting',
        'ordered',
        'sorted_by',
        'ordered_by',
        'rank',
        'ranking',
      ],
      synonyms: {
        newest: ['new', 'date', 'recent', 'latest'],
        votes: ['popular', 'popularity', 'top', 'upvotes', 'likes'],
        relevance: ['relevant', 'best'],
      },
      saidAs: SORT_SAID,
    },
    page: PAGE,
  },
  rest: 'query',
  takesTheRest: true,
  alsoCalled: ['find', 'lookup', 'look for', 'search for'],
  form: async ({ typed }) => (Object.keys(typed).length === 0 ? {} : undefined),
  examples: [
    '/papers search world models',
    '/papers search "chain of thought" since:2026 min_votes:20',
    '/papers search author:Hinton sort:newest',
  ],
  async run({ args, services, signal, asTyped }) {
    const { query = '', since, until, category, author, min_votes, sort, page, limit, why } = args;
    const reference = parsePaperReference(unquoted(query));
    if (reference) {
      const paper = await findByReference(services, reference.id, signal);
      const card = await onePaper(services, paper);
      return isPaper(paper) ? remarked(card, versionRemark(paper, reference.version)) : card;
    }
    const linked = await findByLink(services, unquoted(query));
    if (linked) return onePaper(services, linked);
    const words = wordsInLink(query) || query;
    if (words === query && paperSiteOf(query)) return noPaperAt(query);
    const typed = category === undefined ? await categoryTyped(services.search, words) : undefined;
    const named = author === undefined ? await authorTyped(services.search, typed?.rest ?? words) : undefined;
    const text = named?.rest ?? typed?.rest ?? words.trim();
    const stored = category === undefined ? typed?.category : await storedCategory(services.search, category);
    if (stored === undefined && category !== undefined && asTyped !== undefined) {
      const noWords = () => nothingFound(asTyped, {}, undefined, (words) => exactLine(words));
      return (await literally(services, asTyped)) ?? noWords();
    }
    const filter: SearchFilter = compact({
      since,
      until,
      category: stored ?? category,
      author: author ?? named?.author,
      minVotes: min_votes,
    });
    refuseEmpty(text, filter, sort);
    const offset = offsetOf({ page, limit });
    const found = await services.search.search({ text, filter, sort, limit, offset });
    const pages = { page, limit, total: found.total, totalIsFloor: found.totalIsFloor };
    const lineOf = (to: number) => pageLine(search, args, { page: to });

    const [first, ...others] = found.hits;
    if (!first && asTyped !== undefined && found.total === 0) {
      const remark = `none${filterWords(filter, subjectOf(text))}`;
      const literal = await literally(services, onlyTooNew(text, filter) ? text : asTyped, remark);
      if (literal) return literal;
    }
    if (!first) {
      if (found.total > 0) return beyondLastPage(pages, lineOf);
      if (await isEmpty(services.papers)) return emptyStore();
      return nothingFound(text, filter, found.correction, (words) =>
        pageLine(search, args, { query: words, page: 1 }),
      );
    }
    if (others.length === 0 && found.by === 'title') return onePaper(services, first.paper);
    const hits = why === 'yes' ? found.hits : found.hits.map(({ why: _, ...hit }) => hit);
    const { entries, note } = await listEntries(services, hits, offset + 1);
    const card = listCard({
      title: `${counted(found.total, 'paper', found.totalIsFloor)}${filterWords(filter, subjectOf(text))}${orderWords(sort)}`,
      entries,
      note: joined([semanticNote(found.semantic), note]),
      pages,
      lineOf,
    });
    if (asTyped === undefined) return card;
    return { ...card, actions: [...(card.actions ?? []), pageButton(EXACTLY, exactLine(asTyped))] };
  },
});

function subjectOf(text: string): string {
  return text === '' ? '' : `for ${quoteInput(text)}`;
}

/** “video generation this week”, on a Monday: days that are still going on are not words of a subject. */
function onlyTooNew(text: string, { since, ...others }: SearchFilter): boolean {
  return text !== '' && since !== undefined && Object.keys(others).length === 0;
}

/** Text that is set by its name is not read. */
function exactLine(asTyped: string): string {
  return formatLine({ root: 'papers', name: 'search', args: { query: asTyped } });
}

/** The words alone, where what was read from them finds nothing. */
async function literally(services: Services, words: string, remark?: string): Promise<Card | undefined> {
  const found = await services.search.search({
    text: words,
    filter: {},
    sort: 'relevance',
    limit: LIMIT.default,
    offset: 0,
  });
  if (found.hits.length === 0) return undefined;
  const hits = found.hits.map(({ why: _, ...hit }) => hit);
  const { entries, note } = await listEntries(services, hits, 1);
  const pages = { page: 1, limit: LIMIT.default, total: found.total, totalIsFloor: found.totalIsFloor };
  return listCard({
    title: `${counted(found.total, 'paper', found.totalIsFloor)} for ${quoteInput(words)}`,
    entries,
    note: joined([remark, semanticNote(found.semantic), note]),
    pages,
    lineOf: (page) => formatLine({ root: 'papers', name: 'search', args: { query: words, page } }),
  });
}

/** Longer texts are prose, in which `e.g.` is no category. */
const MOST_WORDS_BESIDE = 8;

/** “cs.RO”, “diffusion cs.CV”: a category that papers here have, typed among the words. */
async function categoryTyped(
  search: Services['search'],
  query: string,
): Promise<{ readonly category: string; readonly rest: string } | undefined> {
  const words = query.trim().split(/\s+/);
  const named = words.filter(looksLikeCategory);
  const [word, ...others] = named.length > 0 ? named : words.length === 1 ? words.filter(isArchiveForm) : [];
  if (word === undefined || others.length > 0 || words.length > MOST_WORDS_BESIDE) return undefined;
  const category = await storedCategory(search, word);
  return category === undefined
    ? undefined
    : { category, rest: words.filter((each) => each !== word).join(' ') };
}

/** The category as papers have it, or an archive of theirs; `undefined` if none has it. */
async function storedCategory(search: Services['search'], typed: string): Promise<string | undefined> {
  const [stored] = await search.suggestCategories(typed, 1);
  const [wanted, lower] = [typed.toLowerCase(), stored?.toLowerCase()];
  if (lower === wanted) return stored;
  return lower?.startsWith(`${wanted}.`) === true ? typed : undefined;
}

/** A paper that is named by its id or title is shown even if it does not pass the filters. */
async function onePaper({ summary }: Services, found: Paper | Card): Promise<Card> {
  return isPaper(found) ? answerCard(found, await summary.summarise(found)) : found;
}

function refuseEmpty(text: string, { since, until, ...others }: SearchFilter, sort: Sort): void {
  refuseSwappedDays(since, until);
  const limited = since !== undefined || until !== undefined || Object.keys(others).length > 0;
  if (text === '' && !limited && sort === 'relevance') {
    throw new UserError('Add words to search for, for example: /papers search world models');
  }
}

function nothingFound(
  text: string,
  filter: SearchFilter,
  correction: Correction | undefined,
  lineFor: (words: string) => string,
): Card {
  if (text === '') return problem([`No papers${filterWords(filter)}. Try a wider filter.`]);
  const unfiltered = Object.keys(filter).length === 0;
  const advice = unfiltered ? 'Try fewer or other words.' : 'Try fewer words or a wider filter.';
  const unlimited = formatLine({ root: 'papers', name: 'search', args: { query: text } });
  return noMatch(
    `No paper matches${filterWords(filter, quoteInput(text))}.`,
    correction,
    advice,
    lineFor,
    unfiltered ? [] : [pageButton('Without filters', unlimited)],
  );
}
