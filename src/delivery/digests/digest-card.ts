/** Cards of a digest: the root with the list, and one card per paper. */

import { sentencesWords } from '../../cards/attribution.ts';
import { counted, formatCount } from '../../cards/counts.ts';
import { agoInWords, clockInWords, dayInWords, periodInWords, thisDayInWords } from '../../cards/dates.ts';
import { lessLikeThis } from '../../cards/like-actions.ts';
import { paperCard } from '../../cards/paper-card.ts';
import { joined, rankReasonWords, votesWithGrowth } from '../../cards/paper-lines.ts';
import { briefEntry, lineOf } from '../../cards/paper-list.ts';
import { learnedReasonWords, sentenceCase } from '../../cards/reason-words.ts';
import { subjectWords } from '../../cards/terms.ts';
import type { Action, Card, Entry, Inline, RichText } from '../../chat/card.ts';
import { type Feed, type FeedSettings, isLearned, type Slot } from '../../feeds/feed.ts';
import type { LearnedReason } from '../../learning/learned-lists.ts';
import type { Summary } from '../../summary/summary.ts';
import type { Day } from '../../time/clock.ts';
import type { Period, TrendingEntry } from '../../trending/trending.ts';
import type { ReadList } from './list-reader.ts';
import type { EarlierPost } from './selection.ts';

/** A paper in a digest. */
export interface ThreadPaper {
  readonly entry: TrendingEntry;
  readonly summary: Summary | undefined;
  /** The earlier post, if the channel had it from a shorter list. */
  readonly again?: EarlierPost;
  /** Why it is on the list of a channel that learned. */
  readonly learned?: LearnedReason;
  /** Other channels of the workspace that got it. */
  readonly elsewhere: readonly string[];
}

export interface ThreadFacts {
  readonly feed: Feed;
  readonly slot: Slot;
  readonly read: ReadList;
  readonly papers: readonly ThreadPaper[];
  readonly now: Date;
  /** The emoji that saves a paper; absent without reactions. */
  readonly saveEmoji?: string;
}

/** Characters of a topic in the title; a longer one is omitted. */
const ABOUT = 48;
/** Buttons per card in the thread, one row. */
const BUTTONS = 5;
/** Place of the button for less like a paper: behind those of commands, before links. */
const LESS_AT = 3;
const CHANNELS_NAMED = 2;
const KEYCAPS = ['1️⃣', '2️⃣', '3️⃣', '4️⃣', '5️⃣', '6️⃣', '7️⃣', '8️⃣', '9️⃣', '🔟'];

const TITLES: Readonly<Record<FeedSettings['rank'], string>> = {
  votes: 'Trending papers',
  new: 'New papers',
  likeness: 'Papers for this channel',
  mixed: 'Papers for this channel',
};

/** `Trending papers · Friday 29 May`. */
export function threadTitle({
  feed: { settings },
  slot,
  read,
}: Pick<ThreadFacts, 'feed' | 'slot' | 'read'>): string {
  const { period, include } = settings;
  const about = subjectWords(include);
  // The title has the day of the slot, even when the list is older.
  const when = period === 'day' ? thisDayInWords(slot.day) : periodInWords(period, read.list.from);
  return `${TITLES[settings.rank]}${about.length > ABOUT ? '' : about} · ${when}`;
}

export function rootCard(facts: ThreadFacts): Card {
  return {
    tone: 'plain',
    title: threadTitle(facts),
    blocks: facts.papers.map((paper, index) => rootEntry(facts, paper, index + 1)),
    footer: footer(facts),
  };
}

/** Makes the message of one paper in the thread. */
export function threadCard(facts: Pick<ThreadFacts, 'feed'>, paper: ThreadPaper): Card {
  const { summary, entry, again, elsewhere, learned } = paper;
  const card = paperCard(entry.paper, summary);
  const remarks: RichText[] = [
    ...(learned ? [[sentenceCase(learnedReasonWords(learned))]] : []),
    ...(elsewhere.length + entry.saves > 0 ? [echoes(elsewhere, entry.saves)] : []),
    ...(again ? [[againInWords(facts.feed.settings.period, again)]] : []),
  ];
  return {
    ...card,
    blocks: card.blocks.map((block) =>
      block.kind === 'entry'
        ? {
            ...block,
            meta: [...block.meta, ...remarks],
            actions: actionsOf(facts.feed, entry, block.actions),
          }
        : block,
    ),
  };
}

/** A channel that learns is asked what it does not want. */
function actionsOf({ settings }: Feed, { paper }: TrendingEntry, actions: readonly Action[]): Action[] {
  const all = isLearned(settings) ? actions.toSpliced(LESS_AT, 0, lessLikeThis(paper)) : actions;
  return all.slice(0, BUTTONS);
}

function rootEntry(
  { feed, slot }: ThreadFacts,
  { entry, summary, again, learned }: ThreadPaper,
  number: number,
): Entry {
  const { paper, growth } = entry;
  const figures = joined([
    votesWithGrowth(paper.votes, growth),
    learned ? learnedReasonWords(learned) : rankReasonWords(entry, slot.day),
    again && `again, now on ${listName(feed.settings.period)}`,
  ]);
  return briefEntry(paper, {
    number,
    meta: figures === '' ? [] : [[figures]],
    ...(summary && { line: lineOf(summary) }),
  });
}

/**
 * `32 papers on the list today · sentences extracted · react 1️⃣–5️⃣ or 🔖 in the thread to save ·
 * /papers why`.
 */
function footer(facts: ThreadFacts): RichText {
  const { papers, read, slot, feed } = facts;
  const words = joined([
    outageWords(facts),
    listWords(papers.length, read.list.total, feed.settings, dayWords(read, slot.day)),
    sentencesWords(papers.flatMap(({ summary }) => summary ?? [])),
    howToSave(facts),
  ]);
  return [`${words} · `, { kind: 'code', text: '/papers why' }];
}

/** `32 papers on the list today`, or with few matches `3 of the 32 papers on the list today match`. */
function listWords(
  shown: number,
  total: number,
  { count }: { readonly count: number },
  when: string,
): string {
  if (shown >= count || shown === total) return `${counted(total, 'paper')} on the list${when}`;
  return `${shown} of the ${counted(total, 'paper')} on the list${when} ${shown === 1 ? 'matches' : 'match'}`;
}

function dayWords({ list }: ReadList, day: Day): string {
  if (list.period !== 'day') return '';
  return list.from === day ? ' today' : ` for ${thisDayInWords(list.from)}`;
}

/** `Hugging Face has not responded since 09:12; this list is from yesterday.` */
function outageWords({ read: { outage, list }, slot, feed, now }: ThreadFacts): string | undefined {
  if (outage === undefined) return undefined;
  const { answeredAt } = outage;
  const since = answeredAt === undefined ? '' : ` since ${clockInWords(answeredAt, feed.settings.zone, now)}`;
  const old = list.period === 'day' && list.from < slot.day;
  const from = old ? `; this list is from ${agoInWords(list.from, new Date(`${slot.day}T12:00:00Z`))}` : '';
  return `Hugging Face has not responded${since}${from}`;
}

function howToSave({ papers, saveEmoji, feed }: ThreadFacts): string {
  const count = papers.length;
  if (saveEmoji === undefined)
    return count === 1 ? 'type “save 1” to save it' : `type “save 1” to “save ${count}” to save one`;
  const last = KEYCAPS[count - 1] ?? '';
  const numbers = count === 1 ? last : `${KEYCAPS[0]}–${last}`;
  return feed.settings.style === 'single'
    ? `react ${numbers} to save`
    : `react ${numbers} or ${saveEmoji} in the thread to save`;
}

/** `in #reading-group, 6 saves`. */
function echoes(channels: readonly string[], saves: number): RichText {
  const named = channels.slice(0, CHANNELS_NAMED);
  const places = named.flatMap((channel, at): Inline[] => [
    at === 0 ? 'in ' : at === named.length - 1 && channels.length === named.length ? ' and ' : ', ',
    { kind: 'channel', channel, text: 'another channel' },
  ]);
  const others = channels.length - named.length;
  const more = others > 0 ? ` and ${formatCount(others)} more` : '';
  const saved = saves > 0 ? counted(saves, 'save') : '';
  return [...places, [more, channels.length > 0 && saved !== '' ? ', ' : '', saved].join('')];
}

/** `again, now on the week’s list; here before on 27 May 2026`. */
function againInWords(period: Period, again: EarlierPost): string {
  return `again, now on ${listName(period)}; here before on ${dayInWords(again.day)}`;
}

export function listName(period: Period): string {
  return `the ${period}’s list`;
}
