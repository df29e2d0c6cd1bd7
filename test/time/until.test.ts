import { describe, expect, it } from 'vitest';
import { parseUntil } from '../../src/time/days.ts';

/** A Friday. */
const TODAY = '2026-05-29';

describe('the end of a pause', () => {
  it.each([
    ['2026-06-08', '2026-06-08'],
    ['tomorrow', '2026-05-30'],
    ['monday', '2026-06-01'],
    ['next monday', '2026-06-01'],
    ['fri', '2026-06-05'],
    ['8 June', '2026-06-08'],
    ['2 Jan', '2027-01-02'],
    ['2 weeks', '2026-06-12'],
    ['for 10 days', '2026-06-08'],
    ['a month', '2026-06-28'],
  ])('the pause until “%s” ends on %s', (typed, day) => expect(parseUntil(typed, TODAY)).toBe(day));

  it.each(['2026-05-29', 'today', 'yesterday', '2025'])('rejects %s, which is not a future date', (typed) =>
    expect(() => parseUntil(typed, TODAY)).toThrow(/is not a future date\. For example: until:2026-06-05/),
  );

  it('the end of a pause must be a day', () => {
    expect(() => parseUntil('soon', TODAY)).toThrow(/“soon” is not a day/);
  });
});
