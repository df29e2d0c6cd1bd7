/** `/papers watch`: tells a person or a channel about new papers that match. */

import { compact } from '../../src/base/compact.ts';
import { UserError } from '../../src/base/errors.ts';
import { counted } from '../../src/cards/counts.ts';
import { termsInWords } from '../../src/cards/watch-words.ts';
import type { Card } from '../../src/chat/card.ts';
import { clipWords } from '../../src/chat/clip.ts';
import { formatLine } from '../../src/command/line.ts';
import type { SearchFilter } from '../../src/search/search.ts';
import { parsePaperReference } from '../../src/text/ids.ts';
import { readable } from '../../src/text/readable.ts';
import { dayOf } from '../../src/time/clock.ts';
import { parseZone } from '../../src/time/zones.ts';
import { PACES, type WatchTerms } from '../../src/watches/watch.ts';
import { checkTerms } from '../../src/watches/watch-terms.ts';
import { defineCommand, type Services } from '../services.ts';
import { textBlock } from '../views/feed-card.ts';
import { quoteInput, unquoted } from '../views/quote.ts';
import { tooWideCard, watchedCard } from '../views/watch-card.ts';
import { authorTyped } from './input/author-typed.ts';
import { AUTHOR_SAID, CATEGORY } from './input/options.ts';
import { resolvePaper } from './input/resolve-paper.ts';
import { channelTarget, ownTarget } from './input/resolve-watch.ts';
import {
  TO_SAID_AS,
  WATCH_LEFT_OUT,
  WATCH_NAMES,
  WATCH_SAID_BY,
  WATCH_US_NAMES,
  WHEN_SAID_AS,
} from './input/watch-said.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;
/** Papers in 30 days, five a day. For more, the person is asked first. */
const WIDE = 150;
const COUNTED = 2_000;

export const watch = defineCommand({
  root: 'papers',
  name: 'watch',
  group: { name: 'watch', as: 'add' },
  description: 'Be told about new papers: by words, author, category or likeness.',
  visibility: 'private',
  forManagers: true,
  options: {
    query: {
      type: 'string',
      description: 'Words and "phrases" to have; -word leaves papers out',
      maxLength: 300,
      reads: 'topic',
      operators: true,
      leftOut: WATCH_LEFT_OUT,
      alsoCalled: ['words', 'about', 'topic'],
    },
    when: {
      type: 'choice',
      description: 'At once, or once a day at 09:00',
      choices: PACES,
      alsoCalled: ['pace', 'how_often'],
      synonyms: { daily: ['day', 'once a day'], 'at-once': ['now', 'at once', 'immediately'] },
      saidAs: WHEN_SAID_AS,
    },
    to: {
      type: 'choice',
      description: 'Tell you by private message, or post in this channel',
      choices: ['me', 'channel'],
      default: 'me',
      synonyms: { channel: ['here', 'us'] },
      saidAs: TO_SAID_AS,
    },
    like: {
      type: 'string',
      description: 'Papers like this one: arXiv ID, link, or words from its title',
      maxLength: 300,
      complete: 'paper',
      said: [
        '(?:new )?(?:papers?|articles?|preprints?|work|anything|something|things?) (?:like|similar to) {}',
        '^(?:like|similar to) {}',
      ],
    },
    author: {
      type: 'string',
      description: 'Name of an author',
      maxLength: 100,
      complete: 'author',
      alsoCalled: ['by', 'from'],
      said: AUTHOR_SAID,
    },
    category: CATEGORY,
    zone: {
      type: 'string',
      description: 'Time zone of a daily watch, such as Europe/Berlin',
      maxLength: 60,
      complete: 'zone',
      alsoCalled: ['timezone', 'tz'],
    },
    sure: {
      type: 'choice',
      inMenu: false,
      description: 'yes watches even if very many papers match',
      choices: ['no', 'yes'],
      default: 'no',
      input: 'none',
    },
  },
  rest: 'query',
  alsoCalled: WATCH_NAMES,
  saidBy: WATCH_SAID_BY,
  calledWith: WATCH_US_NAMES,
  changes: true,
  form: async ({ typed }) => (Object.keys(typed).length === 0 ? {} : undefined),
  examples: [
    '/papers watch "protein design" -survey',
    '/papers watch author:"Yann LeCun"',
    '/papers watch robots category:cs.RO to:channel when:daily',
    '/papers watch like:1706.03762',
  ],
  async run({ args, services, caller, now, signal }) {
    const { when, zone, sure } = args;
    refuseEmail(args.query);
    const target = args.to === 'channel' ? await channelTarget(services, caller) : ownTarget(caller);
    const read = await readTerms(services, args, signal);
    if ('card' in read) return read.card;
    const { terms } = read;
    checkTerms(terms);
    const { text = '', author, category } = terms;
    const filter: SearchFilter = compact({ author, category });
    const since = dayOf(new Date(now.getTime() - DAYS * DAY_MS));
    const count = terms.like
      ? undefined
      : await services.search.count({ text, filter: { ...filter, since } }, COUNTED);
    if (count !== undefined && count > WIDE && sure === 'no') {
      const lineOf = (pace: string) =>
        formatLine({
          root: 'papers',
          name: 'watch',
          args: { query: terms.text, author, category, to: args.to, when: pace, zone, sure: 'yes' },
        });
      const shown = counted(count, 'paper', count >= COUNTED);
      const aDay = Math.round(count / DAYS);
      return tooWideCard(termsInWords(terms), shown, aDay, {
        daily: lineOf('daily'),
        anyway: lineOf('at-once'),
      });
    }
    const watched = await services.watches.watch(
      {
        target,
        terms,
        ...compact({ pace: when, zone: zone && parseZone(zone) }),
        defaultZone: services.delivery.defaultZone,
        by: caller.person,
      },
      now,
    );
    return watchedCard(watched, await remarksOn(services, text, filter, count));
  },
});

interface Typed {
  readonly query?: string;
  readonly author?: string;
  readonly category?: string;
  readonly like?: string;
}

/** The terms that were typed, or a card if the paper in `like` is not clear. */
async function readTerms(
  services: Services,
  { query = '', author, category, like }: Typed,
  signal: AbortSignal,
): Promise<{ readonly terms: WatchTerms } | { readonly card: Card }> {
  const reference = like === undefined && parsePaperReference(unquoted(query)) ? query : like;
  const text = reference === query ? '' : query.trim();
  const named = author === undefined ? await authorTyped(services.search, text) : undefined;
  const typed = {
    text: (named ? named.rest : text).trim() || undefined,
    author: author ?? named?.author,
    category,
  };
  if (reference === undefined) return { terms: compact(typed) };
  const found = await resolvePaper(services, reference, signal);
  if (found.kind === 'nothing') return { card: found.card };
  const { id, title } = found.paper;
  if (found.kind === 'named') return { terms: compact({ ...typed, like: { id, title } }) };
  return { card: whichPaper(reference, [found.paper, ...found.others], typed) };
}

/** Nothing is watched until a paper is chosen. */
function whichPaper(
  words: string,
  papers: ReadonlyArray<{ readonly id: string; readonly title: string }>,
  { text, author, category }: { readonly [K in keyof WatchTerms]: WatchTerms[K] | undefined },
): Card {
  return {
    tone: 'problem',
    blocks: [
      textBlock([`${quoteInput(words)} matches several papers, so nothing is watched yet. Which one?`]),
      ...papers.map(({ id, title }) => textBlock([{ kind: 'bold', text: id }, ` · ${readable(title)}`])),
    ],
    actions: papers.map(({ id, title }) => ({
      kind: 'run' as const,
      label: clipWords(readable(title), 40),
      line: formatLine({ root: 'papers', name: 'watch', args: { query: text, author, category, like: id } }),
      effect: 'replace' as const,
    })),
  };
}

/** How many papers that would have been, so that nobody waits for what never comes. */
async function remarksOn(
  { search }: Services,
  text: string,
  filter: SearchFilter,
  recent: number | undefined,
): Promise<string[]> {
  if (recent === undefined) return [];
  if (recent > 0) {
    return [
      `${counted(recent, 'stored paper')} of the last ${DAYS} days ${recent === 1 ? 'matches' : 'match'}.`,
    ];
  }
  if ((await search.count({ text, filter }, 1)) > 0) {
    return [`No stored paper of the last ${DAYS} days matches, but older ones do.`];
  }
  const found =
    text === '' ? undefined : await search.search({ text, filter, sort: 'relevance', limit: 1, offset: 0 });
  const correction = found?.correction ? ` Did you mean ${quoteInput(found.correction.text)}?` : '';
  return [`No stored paper has ever matched this.${correction}`];
}

/** @throws UserError for “… by e-mail”, which would be words to watch */
function refuseEmail(query: string | undefined): void {
  if (query === undefined || !/\s(?:by|via|per) e-?mail[\s.!]*$/i.test(query)) return;
  throw new UserError(
    'Watches come by private message, not by e-mail. A digest by e-mail has what they found: /papers digest email:ada@lab.example',
  );
}
