/**
 * Reads the changes in the configured categories from arXiv's lists of metadata, a few times a day. So papers
 * are found that were announced while the bot was down, or that a daily feed left out.
 */
import type { PaperRecord } from '../../papers/paper.ts';
import { type Clock, type Day, dayOf } from '../../time/clock.ts';
import { openHarvestRound } from '../harvest/harvest-round.ts';
import type { HarvestStore } from '../harvest/harvest-store.ts';
import type { PollJob } from '../polling/job.ts';
import { DAY_MS, HOUR_MS, pollInterval } from '../polling/schedule.ts';
import type { PollContext } from '../source.ts';
import { READY_MS } from './announced-day.ts';
import type { Arxiv } from './arxiv.ts';
import { setOf } from './parsing/arxiv-sets.ts';

/** Lists that reach today are an hour old at most. */
const EVERY_MS = 6 * HOUR_MS;
/** For all categories. The other sources do not wait for it. */
const RUN_MS = 10 * 60_000;
const LONGEST_PAUSE_MS = 10 * 60_000;
/** The lists contain repairs of old papers. New ones may have been submitted a while before. */
const NEW_DAYS = 14;
/** Where a new bot begins. */
const FIRST_DAYS = 2;
/** The row from which harvests of categories take the day when the last feed was read. */
const BEFORE = 'news';

export function catchUpJob(
  { metadata }: Pick<Arxiv, 'metadata'>,
  categories: readonly string[],
  clock: Clock,
  { papers, harvests, announcements, random }: PollContext,
): PollJob {
  const keep = (records: readonly PaperRecord[], from: Day | undefined) => onlyNews(harvests, records, from);

  async function startDay(): Promise<Day> {
    const earlier = await harvests.list();
    const isFirst = !earlier.some(({ name }) => isOurs(name));
    const last = earlier.find(({ name }) => name === BEFORE)?.completeTo;
    return isFirst && last !== undefined
      ? last
      : dayOf(new Date(clock.now().getTime() - FIRST_DAYS * DAY_MS));
  }

  const plans = [...new Set(categories.map(setOf))].map((set) => ({
    ...{ name: `${BEFORE} ${set}`, set, startDay, keep, isChecked: false },
    longestPauseMs: LONGEST_PAUSE_MS,
  }));
  const round = openHarvestRound(plans, isOurs, { server: metadata, store: harvests, papers, clock, random });

  return {
    source: 'arxiv',
    key: 'catch-up',
    async run({ now, signal }) {
      const run = await round.run(clock.elapsed() + RUN_MS, signal);
      if (!run.isUnfinished && !run.isEmpty)
        await announcements.madeGood(lastAnnounced(now), now.toISOString());
      return run;
    },
    nextAfter: (now, { isUnfinished }) =>
      isUnfinished ? now : new Date(now.getTime() + pollInterval(EVERY_MS, random)),
  };
}

function isOurs(name: string): boolean {
  return name.startsWith(`${BEFORE} `);
}

/** The last day whose announcement is in the lists. arXiv adds it in the evening before, US Eastern. */
function lastAnnounced(now: Date): Day {
  return dayOf(new Date(now.getTime() - READY_MS));
}

/** New papers, and changes of stored ones. */
async function onlyNews(
  store: HarvestStore,
  records: readonly PaperRecord[],
  from: Day | undefined,
): Promise<readonly PaperRecord[]> {
  const stored = new Set(await store.storedAmong(records.flatMap(({ id }) => id ?? [])));
  const since = from === undefined ? '' : dayOf(new Date(Date.parse(from) - NEW_DAYS * DAY_MS));
  return records.filter(({ id = '', published = '' }) => stored.has(id) || published >= since);
}
