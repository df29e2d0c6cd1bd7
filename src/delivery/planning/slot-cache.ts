/** Caches slots, so that feeds with the same times share the time zone computation. */

import type { Feed, Slot } from '../../feeds/feed.ts';
import type { SlotRules } from './slots.ts';
import { nextSlot, slotsBetween } from './slots.ts';

interface Page {
  readonly after: number;
  readonly until: number;
  readonly slots: readonly Slot[];
  /** The first one after `until`. */
  readonly next: number;
}

export interface SlotCache {
  /** Same as `slotsBetween`. */
  slots(feed: Feed, after: Date, until: Date): Slot[];
  /** Number of time zone computations, which are slow. */
  looks(): number;
}

const LONG_AGO = new Date(0).toISOString();

export function openSlotCache(): SlotCache {
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
