/** Plans due slots: adds each slot of each feed to the ledger once, to be posted or skipped with a reason. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { compact } from '../../base/compact.ts';
import type { Feed, Slot } from '../../feeds/feed.ts';
import type { PlanLedger, PlannedSlot } from '../ledger/ledger.ts';
import { CATCH_UP_MS, LONGEST_DOWNTIME_MS } from '../timing.ts';
import { nextSlot, type SlotRules, slotsBetween } from './slots.ts';

export interface Planner {
  /** Plans all slots that are due by `now`. Calls must not overlap. */
  plan(feeds: readonly Feed[], now: Date): Promise<void>;
}

/** Reason for a slot during downtime. */
export const MISSED = 'the bot was not running at that time and came back too late to catch up';

/** Zone computations between yields to the event loop, a few milliseconds. */
const LOOKS_BETWEEN_YIELDS = 20;

/** @param served platforms of this process; slots of others are recorded as skipped */
export function openPlanner(ledger: PlanLedger, served: readonly string[]): Planner {
  const slotCache = openSlotCache();

  async function slotsOf(feeds: readonly Feed[], after: Date, now: Date): Promise<PlannedSlot[]> {
    const planned: PlannedSlot[] = [];
    let breathed = slotCache.looks();
    for (const feed of feeds) {
      for (const { day, due } of slotCache.slots(feed, after, now)) {
        planned.push({
          channel: feed.channel,
          feed: feed.id,
          day,
          due: due.getTime(),
          ...compact({ skipped: whyNot(feed, due, now) }),
        });
      }
      if (slotCache.looks() - breathed >= LOOKS_BETWEEN_YIELDS) {
        breathed = slotCache.looks();
        await yieldToEventLoop();
      }
    }
    return planned;
  }

  function whyNot({ channel: { platform } }: Feed, due: Date, now: Date): string | undefined {
    if (due.getTime() < now.getTime() - CATCH_UP_MS) return MISSED;
    return served.includes(platform) ? undefined : `${platform} was not configured at that time`;
  }

  return {
    async plan(feeds, now) {
      const instant = now.getTime();
      // In the first run, a feed from a file may have a slot shortly before.
      const horizon = (await ledger.horizon()) ?? instant - CATCH_UP_MS;
      if (horizon > instant) return ledger.rewind(instant);
      const after = new Date(Math.max(horizon, instant - LONGEST_DOWNTIME_MS));
      await ledger.plan(await slotsOf(feeds, after, now), instant);
    },
  };
}

interface Page {
  readonly after: number;
  readonly until: number;
  readonly slots: readonly Slot[];
  /** The first one after `until`. */
  readonly next: number;
}

/** Caches slots, so that feeds with the same times share the time zone computation. */
interface SlotCache {
  /** Same as `slotsBetween`. */
  slots(feed: Feed, after: Date, until: Date): Slot[];
  /** Number of time zone computations, which are slow. */
  looks(): number;
}

const LONG_AGO = new Date(0).toISOString();

function openSlotCache(): SlotCache {
  const pages = new Map<string, Page>();
  let looks = 0;

  function look(rules: SlotRules, after: Date, until: Date): Page {
    looks++;
    return {
      after: after.getTime(),
      until: until.getTime(),
      slots: slotsBetween(rules, after, until),
      next: nextSlot(rules, until)?.due.getTime() ?? Number.POSITIVE_INFINITY,
    };
  }

  return {
    looks: () => looks,
    slots(feed, after, until) {
      if (feed.disabled !== undefined) return [];
      const { time, zone, days, period } = feed.settings;
      const key = JSON.stringify([time, zone, days, period, feed.pausedUntil]);
      const last = pages.get(key);
      const [from, to] = [after.getTime(), until.getTime()];
      // There is nothing before the next slot.
      if (last && from >= last.until && to < last.next) return [];
      const page =
        last?.after === from && last.until === to
          ? last
          : look({ ...feed, createdAt: LONG_AGO }, after, until);
      pages.set(key, page);
      const created = Date.parse(feed.createdAt);
      return page.slots.filter(({ due }) => due.getTime() > created);
    },
  };
}
