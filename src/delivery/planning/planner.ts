/** Plans due slots: adds each slot of each feed to the ledger once, to be posted or skipped with a reason. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { compact } from '../../base/compact.ts';
import type { Feed } from '../../feeds/feed.ts';
import type { PlanLedger, PlannedSlot } from '../ledger/ledger.ts';
import { CATCH_UP_MS, LONGEST_DOWNTIME_MS } from '../timing.ts';
import { openSlotCache } from './slot-cache.ts';

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
