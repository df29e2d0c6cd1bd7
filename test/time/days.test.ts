import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/time/days.ts';

/** A Friday, late enough that it is already the next day in a zone east of Greenwich. */
const NOW = new Date('2026-05-29T23:30:00Z');

describe('parseDay', () => {
  it.each([
    ['2026-05-29', '2026-05-29', '2026-05-29'],
    ['2026-5-9', '2026-05-09', '2026-05-09'],
    ['2026/05/29', '2026-05-29', '2026-05-29'],
    ['2026–05–29', '2026-05-29', '2026-05-29'],
    ['2026-02', '2026-02-01', '2026-02-28'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2025', '2025-01-01', '2025-12-31'],
    ['2026-W01', '2025-12-29', '2026-01-04'],
    ['2026w9', '2026-02-23', '2026-03-01'],
    ['2026-W09-3', '2026-02-25', '2026-02-25'],
    ['week 9 of 2026', '2026-02-23', '2026-03-01'],
    ['2020-W53', '2020-12-28', '2021-01-03'],
    ['today', '2026-05-29', '2026-05-29'],
    ['Yesterday', '2026-05-28', '2026-05-28'],
    ['30d', '2026-04-29', '2026-04-29'],
    ['2w', '2026-05-15', '2026-05-15'],
    ['3 months ago', '2026-02-28', '2026-02-28'],
    ['3mo', '2026-02-28', '2026-02-28'],
    ['last 7 days', '2026-05-22', '2026-05-22'],
    ['a week ago', '2026-05-22', '2026-05-22'],
    ['two weeks ago', '2026-05-15', '2026-05-15'],
    ['1y', '2025-05-29', '2025-05-29'],
    ['this week', '2026-05-25', '2026-05-31'],
    ['last week', '2026-05-18', '2026-05-24'],
    ['last month', '2026-04-01', '2026-04-30'],
    ['this year', '2026-01-01', '2026-12-31'],
    ['friday', '2026-05-29', '2026-05-29'],
    ['last friday', '2026-05-22', '2026-05-22'],
    ['monday', '2026-05-25', '2026-05-25'],
    ['last mon', '2026-05-25', '2026-05-25'],
    ['sat', '2026-05-23', '2026-05-23'],
    ['29 May', '2026-05-29', '2026-05-29'],
    ['may 30', '2025-05-30', '2025-05-30'],
    ['May 29th, 2025', '2025-05-29', '2025-05-29'],
    ['the 3rd of January', '2026-01-03', '2026-01-03'],
    ['29 feb', '2024-02-29', '2024-02-29'],
    ['sept 2025', '2025-09-01', '2025-09-30'],
    ['December', '2025-12-01', '2025-12-31'],
  ])('reads %s as %s to %s', (text, start, end) => {
    expect(parseDay(text, 'start', NOW)).toBe(start);
    expect(parseDay(text, 'end', NOW)).toBe(end);
  });

  it.each([
    ['2026-02-30', '2026-02-30 is not a day: February 2026 has 28 days.'],
    ['2025-W53', '2025-W53 is not a week: 2025 has 52 of them.'],
    ['2026-W00', '2026-W00 is not a week: 2026 has 53 of them.'],
    ['2026-13', '2026-13 is not a day: months go from 01 to 12.'],
    ['2026-00-10', 'months go from 01 to 12'],
    ['30 feb 2026', '“30 feb 2026” is not a day.'],
    ['05/06/2026', '“05/06/2026” is not a day.'],
    ['soon', '“soon” is not a day.'],
    ['9999', '“9999” is not a day.'],
    ['9999y', '“9999y” is not a day.'],
    ['', '“” is not a day.'],
    ['x'.repeat(5000), 'is not a day.'],
  ])('the day “%s” is refused with a sentence and an example', (text, sentence) => {
    expect(() => parseDay(text, 'start', NOW)).toThrow(sentence);
    expect(() => parseDay(text, 'start', NOW)).toThrow(
      'Use a date such as 2026-05-29, 2026-05, yesterday, last friday or 30d.',
    );
  });
});
