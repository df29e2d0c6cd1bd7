import { describe, expect, it } from 'vitest';
import { parseMoment } from '../../src/time/moments.ts';

/** A Thursday, 14:30 in Berlin. */
const NOW = new Date('2026-05-28T12:30:00Z');
const at = (text: string) => parseMoment(text, NOW, 'Europe/Berlin').toISOString().slice(0, 16);

describe('a moment', () => {
  it.each([
    ['tomorrow', '2026-05-29T07:00'],
    ['tomorrow at 9', '2026-05-29T07:00'],
    ['tomorrow 14:30', '2026-05-29T12:30'],
    ['tomorrow morning', '2026-05-29T07:00'],
    ['tomorrow in the afternoon', '2026-05-29T12:00'],
    ['at 5pm tomorrow', '2026-05-29T15:00'],
    ['tonight', '2026-05-28T18:00'],
    ['this evening', '2026-05-28T16:00'],
    ['at 16', '2026-05-28T14:00'],
    ['at 9', '2026-05-29T07:00'],
    ['9am', '2026-05-29T07:00'],
    ['noon', '2026-05-29T10:00'],
    ['in 2 hours', '2026-05-28T14:30'],
    ['2h', '2026-05-28T14:30'],
    ['in half an hour', '2026-05-28T13:00'],
    ['in an hour', '2026-05-28T13:30'],
    ['30 min', '2026-05-28T13:00'],
    ['in 90 minutes', '2026-05-28T14:00'],
    ['later today', '2026-05-28T15:30'],
    ['friday', '2026-05-29T07:00'],
    ['on friday at 3pm', '2026-05-29T13:00'],
    ['next monday', '2026-06-01T07:00'],
    ['monday 10 o’clock', '2026-06-01T08:00'],
    ['next week', '2026-06-01T07:00'],
    ['in 2 weeks', '2026-06-11T07:00'],
    ['in a month', '2026-06-28T07:00'],
    ['8 June at 9:15', '2026-06-08T07:15'],
    ['2026-06-08', '2026-06-08T07:00'],
    ['2026-12-24 18h', '2026-12-24T17:00'],
  ])('“%s” is understood in the zone', (text, moment) => {
    expect(at(text)).toBe(moment);
  });

  it.each([
    'yesterday',
    'soon',
    'at 25:00',
    'today',
    '',
    'after the deadline',
    '9'.repeat(200),
    'in 0 parsecs',
  ])('“%s” is refused with examples', (text) => {
    expect(() => at(text)).toThrow(/is not a time\. For example: tomorrow/);
  });

  it.each([
    ['today at 9', /Thursday 28 May 2026 at 09:00 is over/],
    ['2026-05-01', /Friday 1 May 2026 at 09:00 is over/],
    ['2031-01-01', /more than two years away/],
  ])('“%s” is refused, because it is over or too far away', (text, reason) => {
    expect(() => at(text)).toThrow(reason);
  });

  it('in the gap of a summer-time change is the first moment after it', () => {
    const before = new Date('2026-03-28T12:00:00Z');
    expect(parseMoment('tomorrow at 2:30', before, 'Europe/Berlin').toISOString()).toBe(
      '2026-03-29T01:30:00.000Z',
    );
  });
});
