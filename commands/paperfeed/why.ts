/**
 * `/paperfeed why` explains why a paper was or was not in the last thread. `/papers why` does the same for
 * everyone, because Discord offers `/paperfeed` to channel managers only.
 */

import { periodInWords, thisDayInWords } from '../../src/cards/dates.ts';
import { withdrawalLine } from '../../src/cards/paper-lines.ts';
import { learnedReasonWords, sentenceCase } from '../../src/cards/reason-words.ts';
import type { Block, Card } from '../../src/chat/card.ts';
import type { Command } from '../../src/command/define.ts';
import type { EvaluatedList } from '../../src/delivery/digests/composer.ts';
import type { Evaluated } from '../../src/delivery/digests/selection.ts';
import { extraSlot, slotOf } from '../../src/delivery/planning/slots.ts';
import type { Feed } from '../../src/feeds/feed.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { readable } from '../../src/text/readable.ts';
import { PAPER } from '../papers/input/options.ts';
import { resolvePaper } from '../papers/input/resolve-paper.ts';
import { defineCommand, type Services } from '../services.ts';
import { line } from '../views/feed-card.ts';
import { standingInWords, verdictInWords } from '../views/verdict-words.ts';
import { learnedHere } from './input/learning.ts';
import { FEED } from './input/options.ts';
import { visibleFeeds } from './input/permissions.ts';
import { resolveFeed } from './input/resolve-feed.ts';

export const why = defineCommand({
  root: 'paperfeed',
  name: 'why',
  description: 'Explain why a paper was or was not in the last post here.',
  visibility: 'private',
  options: { paper: PAPER, feed: FEED },
  rest: 'paper',
  saidBy: {
    'why did you post {paper:words}': {},
    'why was {paper:words} posted': {},
    'why was {paper:words} posted here': {},
    'why is {paper:words} on the list here': {},
  },
  examples: ['/paperfeed why 2406.01574'],
  async run({ args, services, caller, now, signal }) {
    const channel = await visibleFeeds(services, caller);
    const { feed } = await resolveFeed(services, channel, args.feed);
    const found = await resolvePaper(services, args.paper, signal);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    const digest = await services.delivery.posted.lastDigest(feed);
    const [last] = digest;
    if (last === undefined) return beforeTheFirst(services, feed, paper, now);
    const slot = slotOf(feed, last.day, last.extra);
    // As it was then: the feed's period may have changed since.
    const then = { ...feed, settings: { ...feed.settings, period: last.period } };
    const list = await services.delivery.digestComposer.evaluate(then, slot, {
      lastChance: true,
      stored: true,
    });
    const thread = `the last post here, for ${thisDayInWords(last.day)}`;
    const learned = await learnedHere(services, then, slot);
    if (digest.some((each) => each.paper === paper.id)) {
      const reasons = await services.delivery.digestComposer.reasons(then, slot, [paper.id]);
      const reason = reasons.get(paper.id);
      const because = reason === undefined ? '' : ` ${sentenceCase(learnedReasonWords(reason))}.`;
      return answer(paper, list, `It was in ${thread}.${because}`, learned);
    }
    const evaluated = verdictOn(paper, list);
    const because =
      evaluated === undefined
        ? await notListed(services, paper, list)
        : evaluated.verdict.kind === 'chosen'
          ? 'other papers ranked above it then; it has risen since'
          : verdictInWords(evaluated.verdict);
    return answer(paper, list, `It was not in ${thread}: ${because}.`, learned);
  },
});

export const whyForMembers: Command<Services> = {
  ...why,
  root: 'papers',
  group: { name: 'channel', as: 'why' },
  examples: ['/papers why 2406.01574'],
};

const NOTHING_YET = 'Nothing has been posted here yet.';

async function beforeTheFirst(services: Services, feed: Feed, paper: Paper, now: Date): Promise<Card> {
  const { digestComposer } = services.delivery;
  const todays = await digestComposer.evaluate(feed, extraSlot(feed, now), { lastChance: true });
  const list =
    todays.read.list.total > 0
      ? todays
      : await digestComposer.evaluate(feed, extraSlot(feed, now), { latest: true });
  const evaluated = verdictOn(paper, list);
  if (evaluated === undefined) {
    const because = await notListed(services, paper, list);
    return answer(paper, list, `${NOTHING_YET} It would not be chosen: ${because}.`);
  }
  const would = evaluated.verdict.kind === 'chosen' ? 'would' : 'would not';
  const because = verdictInWords(evaluated.verdict);
  return answer(paper, list, `${NOTHING_YET} It ${would} be chosen from ${listName(list)}: ${because}.`);
}

function answer(paper: Paper, list: EvaluatedList, text: string, learned: readonly Block[] = []): Card {
  const evaluated = verdictOn(paper, list);
  const standing = evaluated && `Now: ${standingInWords(evaluated, list.read.list.total)}`;
  return {
    tone: 'plain',
    title: readable(paper.title),
    blocks: [
      ...withdrawalLine(paper).map((words) => ({ kind: 'text' as const, text: words })),
      line(text),
      ...learned,
    ],
    ...(standing !== undefined && { footer: [standing] }),
  };
}

function verdictOn({ id }: Paper, { evaluated }: EvaluatedList): Evaluated | undefined {
  return evaluated.find(({ entry }) => entry.paper.id === id);
}

/** `it was not on the list for Friday 29 May, but on the list for Thursday 28 May`. */
async function notListed({ papers }: Services, { id }: Paper, list: EvaluatedList): Promise<string> {
  const day = (await papers.history(id)).appearances.at(-1)?.day;
  const other =
    day === undefined ? ' or on any other list here' : `, but on the list for ${thisDayInWords(day)}`;
  return `it was not on ${listName(list)}${other}`;
}

function listName({ read: { list } }: EvaluatedList): string {
  const { period, from } = list;
  return `the list for ${period === 'day' ? thisDayInWords(from) : periodInWords(period, from)}`;
}
