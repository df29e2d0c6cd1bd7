/** Says how complete the stored papers of arXiv are, and which of its daily feeds left something out. */
import { categoryOfSet } from '../sources/arxiv/parsing/arxiv-sets.ts';
import type { Announcement, AnnouncementProblem } from '../sources/harvest/announcement-store.ts';
import type { HarvestState } from '../sources/harvest/harvest-store.ts';
import { type Day, dayOf } from '../time/clock.ts';
import { counted } from './counts.ts';
import { agoInWords, dayInWords, monthInWords, thisDayInWords } from './dates.ts';

interface Completeness {
  readonly harvests: readonly HarvestState[];
  /** Papers in the store. */
  readonly papers: number;
  readonly now: Date;
}

const DAY_MS = 86_400_000;
/** Problems of feeds are mentioned for this long. */
export const MENTIONED_MS = 7 * DAY_MS;
/** https://info.arxiv.org/about/reports/submission_stats.html. The server does not say how many it has. */
const ALL_PAPERS = { day: Date.parse('2026-09-01'), papers: 3_000_000, aDay: 900 };

/**
 * One sentence for each harvest of all papers: `complete from 1991 to yesterday; 2,412,000 papers`, `first
 * harvest: 31 %, about 9 hours left`. Without one, a sentence about the categories that are caught up.
 */
export function completenessInWords({ harvests, papers, now }: Completeness): string[] {
  const all = harvests.filter(({ name }) => /^all\b/.test(name));
  const count = counted(papers, 'paper');
  if (all.length > 0) return all.map((state) => `${labelOf(state)}${harvestInWords(state, count, now)}`);
  const news = harvests.filter(
    ({ name, completeTo }) => name.startsWith('news ') && completeTo !== undefined,
  );
  const [from, to] = [
    latest(news.map(({ since }) => since)),
    earliest(news.map(({ completeTo }) => completeTo)),
  ];
  if (from === undefined || to === undefined) return [];
  const names = news.map(({ name }) => nameOfSet(name.slice('news '.length))).join(', ');
  return [`${names}: complete from ${dayInWords(from)} to ${dayBefore(to, now)}`];
}

/** `Thursday 3 September: arXiv's feed repeated an earlier day; its papers …`. */
export function announcementInWords({ day, problem, madeGoodAt }: Announcement): string {
  const then = madeGoodAt === undefined ? 'will be read' : 'were read';
  return `${thisDayInWords(day)}: ${WRONG[problem ?? 'missing']}. Missing papers ${then} from arXiv’s lists of metadata.`;
}

const WRONG: Readonly<Record<AnnouncementProblem, string>> = {
  repeated: 'the feed repeated an earlier day',
  cut: 'the feed was cut at 2,000 entries',
  missing: 'the feed had no papers',
  unreadable: 'the feed could not be read',
};

function labelOf({ name }: HarvestState): string {
  return name === 'all' ? '' : `${name.slice('all '.length)}: `;
}

function nameOfSet(set: string): string {
  return categoryOfSet(set) ?? set.split(':').at(-1) ?? set;
}

function harvestInWords(state: HarvestState, papers: string, now: Date): string {
  const { completeTo, phase, seenDay } = state;
  if (completeTo !== undefined) return `complete from 1991 to ${dayBefore(completeTo, now)}; ${papers}`;
  if (phase !== 'list') return `first harvest: read, now looking for papers that were skipped; ${papers}`;
  const progress = progressOf(state, now);
  if (progress) return `first harvest: ${progress.percent} %, ${hoursInWords(progress.msLeft)} left`;
  const until = seenDay === undefined ? '' : `, those last changed until ${monthInWords(seenDay)}`;
  return `first harvest: ${counted(state.read, 'paper')} so far${until}`;
}

/** @returns `undefined` if nothing says how many papers there are, or none was read */
function progressOf({ name, read, size, busyMs }: HarvestState, now: Date) {
  const { day, papers, aDay } = ALL_PAPERS;
  const expected = name === 'all' ? papers + ((now.getTime() - day) / DAY_MS) * aDay : undefined;
  const all = size ?? expected;
  if (all === undefined || read === 0 || busyMs === 0) return undefined;
  // After an interruption, some papers are read twice.
  const done = Math.min(read / all, 0.99);
  return { percent: Math.floor(done * 100), msLeft: (busyMs / done) * (1 - done) };
}

function hoursInWords(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  return `about ${minutes < 90 ? counted(minutes, 'minute') : counted(Math.round(minutes / 60), 'hour')}`;
}

/** The last whole day: a list that was read on a day has its papers so far. */
function dayBefore(day: Day, now: Date): string {
  const last = dayOf(new Date(Date.parse(day) - DAY_MS));
  return agoInWords(last, now) === 'yesterday' ? 'yesterday' : dayInWords(last);
}

function latest(days: ReadonlyArray<Day | undefined>): Day | undefined {
  return days
    .filter((day) => day !== undefined)
    .toSorted()
    .at(-1);
}

function earliest(days: ReadonlyArray<Day | undefined>): Day | undefined {
  return days.filter((day) => day !== undefined).toSorted()[0];
}
