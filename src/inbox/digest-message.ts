/** The message of a digest. Pure. */
import { DateTime } from 'luxon';
import { sentencesWords } from '../cards/attribution.ts';
import { counted } from '../cards/counts.ts';
import { dayInWords, periodInWords, thisDayInWords } from '../cards/dates.ts';
import { authorsLine, joined, rankReasonWords, votesWithGrowth } from '../cards/paper-lines.ts';
import { briefEntry, lineOf } from '../cards/paper-list.ts';
import { recommendReasonWords } from '../cards/reason-words.ts';
import type { Block, Entry, RichText } from '../chat/card.ts';
import type { Paper } from '../papers/paper.ts';
import type { Recommendation } from '../recommend/recommend.ts';
import type { Summary } from '../summary/summary.ts';
import type { Day } from '../time/clock.ts';
import type { Period, TrendingEntry } from '../trending/trending.ts';
import type { DueInbox, InboxDigest } from './inbox.ts';

/** Changes of one paper, newest first. */
export interface ChangedPaper {
  readonly paper: Paper;
  readonly sentences: readonly string[];
}

export interface DigestContent {
  readonly changed: readonly ChangedPaper[];
  /** Changed papers that are left out for lack of room. */
  readonly moreChanged: number;
  readonly period: Period;
  /** First day of the trending list of a week or a month. */
  readonly from?: Day;
  readonly trending: ReadonlyArray<{ readonly entry: TrendingEntry; readonly summary?: Summary }>;
  readonly recommended: ReadonlyArray<Recommendation & { readonly summary?: Summary }>;
  /** Papers that the team saved since the last digest. */
  readonly teamSaves: number;
}

export function digestMessage(
  { changed, moreChanged, period, from, trending, recommended, teamSaves }: DigestContent,
  { zone, since, isMailed }: Pick<DueInbox, 'zone' | 'since' | 'isMailed'>,
  now: Date,
): InboxDigest['message'] {
  const today = localDay(now, zone);
  const title = `Your digest · ${thisDayInWords(today)}`;
  const when = period === 'day' || from === undefined ? '' : ` · ${periodInWords(period, from)}`;
  const made = sentencesWords([...trending, ...recommended].flatMap(({ summary }) => summary ?? []));
  return {
    title,
    card: {
      tone: 'plain',
      title,
      blocks: [
        ...(changed.length > 0 ? [heading('Changes of papers that you saved')] : []),
        ...changed.map((each, at) => changedEntry(each, at, isMailed)),
        ...(moreChanged > 0 ? [text([`And ${counted(moreChanged, 'more paper')} changed.`])] : []),
        ...(trending.length > 0 ? [heading(`Trending papers${when}`)] : []),
        ...trending.map(({ entry, summary }, at) =>
          trendingEntry(entry, summary, { number: changed.length + at + 1, today, isMailed }),
        ),
        ...(recommended.length > 0 ? [heading('Recommended for you')] : []),
        ...recommended.map(({ paper, reason, summary }, at) =>
          briefEntry(paper, {
            number: changed.length + trending.length + at + 1,
            ...(isMailed && { meta: mailedMeta(paper, [paper.categories[0], votesWithGrowth(paper.votes)]) }),
            ...(summary && { line: lineOf(summary) }),
            why: recommendReasonWords(reason, false),
            commands: ['save'],
          }),
        ),
        ...(teamSaves > 0
          ? [
              text([
                `Your team saved ${counted(teamSaves, 'paper')} since ${dayInWords(localDay(since, zone))}.`,
              ]),
            ]
          : []),
      ],
      ...(moreChanged > 0 && {
        actions: [{ kind: 'run', label: 'All changes', line: '/papers changes', effect: 'answer' }],
      }),
      footer: [joined([made, 'change or stop the digest: ']), { kind: 'code', text: '/papers digest' }],
    },
  };
}

function changedEntry({ paper, sentences }: ChangedPaper, at: number, isMailed: boolean): Entry {
  // Not shortened: the sentences are the news.
  return {
    ...briefEntry(paper, { number: at + 1, meta: isMailed ? mailedMeta(paper) : [], commands: ['show'] }),
    body: sentences.map((sentence) => [sentence]),
  };
}

/** A mail is read away from the chat, so it names the authors. */
function mailedMeta(paper: Paper, facts: ReadonlyArray<string | undefined> = []): RichText[] {
  const line = joined([authorsLine(paper.authors), ...facts]);
  return line === '' ? [] : [[line]];
}

interface Shown {
  readonly number: number;
  readonly today: Day;
  readonly isMailed: boolean;
}

function trendingEntry(
  entry: TrendingEntry,
  summary: Summary | undefined,
  { number, today, isMailed }: Shown,
): Entry {
  const { paper, growth, saves } = entry;
  const figures = joined([
    votesWithGrowth(paper.votes, growth),
    saves > 0 ? counted(saves, 'save') : undefined,
    rankReasonWords(entry, today),
  ]);
  return briefEntry(paper, {
    number,
    meta: isMailed ? mailedMeta(paper, [paper.categories[0], figures]) : figures === '' ? [] : [[figures]],
    ...(summary && { line: lineOf(summary) }),
    commands: ['save'],
  });
}

function heading(words: string): Block {
  return text([{ kind: 'bold', text: words }]);
}

function text(words: RichText): Block {
  return { kind: 'text', text: words };
}

function localDay(instant: Date, zone: string): Day {
  return DateTime.fromJSDate(instant, { zone }).toFormat('yyyy-MM-dd');
}
