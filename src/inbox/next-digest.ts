/** Computes when a digest is due. Pure. */
import { nextSlot } from '../delivery/planning/slots.ts';
import type { InboxSettings } from './inbox.ts';

const WEEKDAYS = [1, 2, 3, 4, 5];

/** The first slot after an instant. */
export function nextDigest({ pace, weekday, time, zone }: InboxSettings, after: Date): Date | undefined {
  return nextSlot(
    {
      createdAt: after.toISOString(),
      settings: {
        time,
        zone,
        days: pace === 'weekly' ? [weekday] : WEEKDAYS,
        period: pace === 'monthly' ? 'month' : 'day',
      },
    },
    after,
  )?.due;
}
