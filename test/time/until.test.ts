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
  ])('%s is read as %s', (typed, day) => expect(parseUntil(typed, TODAY)).toBe(day));

  it.each(['2026-05-29', 'today', 'yesterday', '2025'])('%s is refused as not in the future', (typed) =>
    expect(() => parseUntil(typed, TODAY)).toThrow(/is not to come\. Write it like until:2026-06-05/),
  );

  it('is refused if it is not a day', () => {
    expect(() => parseUntil('soon', TODAY)).toThrow(/“soon” is not a day/);
  });
});
