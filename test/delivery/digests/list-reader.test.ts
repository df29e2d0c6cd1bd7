import { describe, expect, it } from 'vitest';
import { listDaysOf } from '../../../src/delivery/digests/list-reader.ts';
import { slotOf } from '../../../src/delivery/planning/slots.ts';
import { defaultSettings } from '../../../src/feeds/options/feed-options.ts';

const weekdays = defaultSettings('Europe/Berlin');
const days = (day: string, changes: Partial<typeof weekdays> = {}) => {
  const settings = { ...weekdays, ...changes };
  return listDaysOf(settings, slotOf({ settings }, day, false));
};

describe('the list of a slot', () => {
  it('of a daily feed is that of its own day', () => {
    expect(days('2026-05-29')).toEqual({ period: 'day', day: '2026-05-29', fallbackDays: [] });
    expect(days('2026-05-29', { zone: 'America/Los_Angeles', time: '20:00' }).day).toBe('2026-05-29');
  });

  it('is that of the day before where the day has not begun in UTC', () => {
    expect(days('2026-05-29', { zone: 'Pacific/Auckland' }).day).toBe('2026-05-28');
  });

  it('may be of any day since the slot before', () => {
    expect(days('2026-05-25').fallbackDays).toEqual(['2026-05-24', '2026-05-23']);
    expect(days('2026-05-27', { days: [1, 3, 5] }).fallbackDays).toEqual(['2026-05-26']);
    expect(days('2026-05-29', { days: [5] }).fallbackDays).toHaveLength(6);
    // A Monday morning in Auckland is Sunday in UTC: Friday's list is the news.
    expect(days('2026-05-25', { zone: 'Pacific/Auckland' })).toMatchObject({
      day: '2026-05-24',
      fallbackDays: ['2026-05-23', '2026-05-22'],
    });
  });

  it('of a weekly or monthly feed is the one that has just ended', () => {
    expect(days('2026-06-01', { period: 'week' }).day).toBe('2026-05-31');
    expect(days('2026-06-03', { period: 'week' }).day).toBe('2026-05-31');
    expect(days('2026-06-01', { period: 'month' }).day).toBe('2026-05-31');
    expect(days('2026-01-01', { period: 'month' }).day).toBe('2025-12-31');
  });
});
