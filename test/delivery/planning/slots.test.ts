import { describe, expect, it } from 'vitest';
import { nextSlot, slotsBetween } from '../../../src/delivery/planning/slots.ts';
import { aFeed } from '../../support/delivery.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FROM = Date.parse('2026-01-01T00:00:00Z');
const UNTIL = Date.parse('2028-01-01T00:00:00Z');

/** The local time at an instant, as if it were UTC. Uses `Intl` in a way that the tested code does not. */
function wallOf(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (instant) => {
    const parts = Object.fromEntries(
      format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute);
  };
}

/** Half days in which a zone's offset changes. No zone changes it back within a week. */
function daysOfChange(wall: (instant: number) => number): number[] {
  const changesIn = (step: number) => (at: number) => wall(at + step) - wall(at) !== step;
  const every = (step: number, from: number, until: number) =>
    Array.from({ length: Math.ceil((until - from) / step) }, (_, index) => from + index * step);
  return every(7 * DAY, FROM, UNTIL)
    .filter(changesIn(7 * DAY))
    .flatMap((week) => every(12 * HOUR, week, week + 7 * DAY).filter(changesIn(12 * HOUR)));
}

const iso = (instant: number) => new Date(instant).toISOString();

describe('slots of a feed', () => {
  it('slots are at the first minute that shows their time or a later one, in every zone around every change of two years', () => {
    let changes = 0;
    const seen = new Set<string>();
    const wrong: unknown[] = [];
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      const wall = wallOf(zone);
      const days = daysOfChange(wall);
      // Many names have the rules of another one.
      const rules = [wall(FROM), ...days.flatMap((day) => [day, wall(day + 12 * HOUR)])].join();
      if (seen.has(rules)) continue;
      seen.add(rules);
      for (const change of days) {
        changes++;
        const minutes: (readonly [number, number])[] = [];
        for (let at = change - 30 * HOUR; at < change + 48 * HOUR; at += 15 * MINUTE)
          minutes.push([at, wall(at)]);
        for (const time of [
          '00:00',
          '00:30',
          '01:30',
          '02:00',
          '02:30',
          '03:00',
          '09:00',
          '22:30',
          '23:30',
        ]) {
          const day = Math.floor(wall(change + 6 * HOUR) / DAY) * DAY;
          const [hour = 0, minute = 0] = time.split(':').map(Number);
          for (const wanted of [day - DAY, day, day + DAY]) {
            const expected = minutes.find(
              ([, shown]) => shown >= wanted + hour * HOUR + minute * MINUTE,
            )?.[0];
            if (expected === undefined || expected === minutes[0]?.[0]) continue;
            const feed = aFeed('c', { zone, time });
            const slots = slotsBetween(feed, new Date(expected - 1), new Date(expected));
            const found = slots.find(({ day: name }) => name === iso(wanted).slice(0, 10));
            if (found?.due.getTime() !== expected) wrong.push([zone, time, found?.due, iso(expected)]);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(changes).toBeGreaterThan(100);
  });

  it('there is one slot for each local day, in every zone for two years', () => {
    for (const zone of [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'America/Nuuk',
    ]) {
      for (const time of ['00:00', '01:30', '02:30', '23:30']) {
        const slots = slotsBetween(aFeed('c', { zone, time }), new Date(FROM), new Date(UNTIL));
        const days = slots.map(({ day }) => day);
        expect(new Set(days).size).toBe(days.length);
        expect(days.length).toBeGreaterThanOrEqual(729);
      }
    }
  });

  it('there is no slot on the day that Samoa skipped', () => {
    const feed = aFeed('c', { zone: 'Pacific/Apia' }, { createdAt: '2011-01-01T00:00:00.000Z' });
    const slots = slotsBetween(feed, new Date('2011-12-28T00:00:00Z'), new Date('2012-01-01T00:00:00Z'));
    expect(slots.map(({ day }) => day)).toEqual(['2011-12-28', '2011-12-29', '2011-12-31', '2012-01-01']);
  });

  it('slots are on weekdays, on Mondays or on the first of the month', () => {
    const between = (period: 'day' | 'week' | 'month') =>
      slotsBetween(
        aFeed('c', { period, days: [1, 2, 3, 4, 5], zone: 'Asia/Tokyo' }),
        new Date('2026-05-28T12:00:00Z'),
        new Date('2026-06-02T12:00:00Z'),
      ).map(({ day }) => day);
    expect(between('day')).toEqual(['2026-05-29', '2026-06-01', '2026-06-02']);
    expect(between('week')).toEqual(['2026-06-01']);
    expect(between('month')).toEqual(['2026-06-01']);
  });

  it('there are no slots before a feed was added, during its pause, or while it is disabled', () => {
    const [after, until] = [new Date('2026-05-01T00:00:00Z'), new Date('2026-05-04T00:00:00Z')];
    const days = (more: object) => slotsBetween(aFeed('c', {}, more), after, until).map(({ day }) => day);
    expect(days({})).toEqual(['2026-05-01', '2026-05-02', '2026-05-03']);
    expect(days({ createdAt: '2026-05-01T09:00:00Z' })).toEqual(['2026-05-02', '2026-05-03']);
    expect(days({ pausedUntil: '2026-05-03' })).toEqual(['2026-05-03']);
    expect(days({ disabled: 'The bot may not post here.' })).toEqual([]);
  });
});

describe('the next slot', () => {
  const now = new Date('2026-05-28T09:00:00Z');
  const next = (settings: object, more = {}) => nextSlot(aFeed('c', settings, more), now)?.due.toISOString();

  it('the next slot is after now, also for rare feeds and after a pause', () => {
    expect(next({})).toBe('2026-05-29T09:00:00.000Z');
    expect(next({ time: '09:01' })).toBe('2026-05-28T09:01:00.000Z');
    expect(next({ period: 'month' })).toBe('2026-06-01T09:00:00.000Z');
    expect(next({}, { pausedUntil: '2026-12-24' })).toBe('2026-12-24T09:00:00.000Z');
  });

  it('there is no next slot for a feed that has no days or is disabled', () => {
    expect(next({ days: [] })).toBeUndefined();
    expect(next({}, { disabled: 'gone' })).toBeUndefined();
  });
});
