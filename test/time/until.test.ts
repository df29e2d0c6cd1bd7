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
    ['a month', '2026-06-29'],
    ['1 month', '2026-06-29'],
    ['3mo', '2026-08-29'],
    ['a fortnight', '2026-06-12'],
    ["a week's time", '2026-06-05'],
    ['two weeks from now', '2026-06-12'],
    ['1 year', '2027-05-29'],
    ['29 feb', '2028-02-29'],
    ['Feb 29', '2028-02-29'],
    ['29 May', '2027-05-29'],
    ['june', '2026-06-01'],
    ['may', '2027-05-01'],
    ['the 3rd of June', '2026-06-03'],
    ['next week', '2026-06-01'],
    ['until next month', '2026-06-01'],
    ['next year', '2027-01-01'],
    ['the end of the month', '2026-06-01'],
    ['2026-W24', '2026-06-08'],
  ])('the pause until “%s” ends on %s', (typed, day) => expect(parseUntil(typed, TODAY)).toBe(day));

  it.each(['2026-05-29', 'today', 'yesterday', 'last monday', '2026-W01', '2025'])(
    'rejects %s, which is not a future date',
    (typed) =>
      expect(() => parseUntil(typed, TODAY)).toThrow(/is not a future date\. For example: until:2026-06-05/),
  );

  it('the end of a pause must be a day', () => {
    expect(() => parseUntil('soon', TODAY)).toThrow(/“soon” is not a day/);
  });
});
