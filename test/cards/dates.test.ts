import { describe, expect, it } from 'vitest';
import {
  agoInWords,
  periodInWords,
  periodLabel,
  publishedInWords,
  spanInWords,
  yearOf,
} from '../../src/cards/dates.ts';

describe('a date of publication', () => {
  it.each([
    ['2026-05-29T23:59:59Z', '29 May 2026', '2026'],
    ['2026-05-29T23:30:00-04:00', '30 May 2026', '2026'],
    ['2026-05-29', '29 May 2026', '2026'],
    ['2022-11', 'Nov 2022', '2022'],
    ['2022', '2022', '2022'],
    ['soon', undefined, undefined],
  ])('a date of publication is shown as exactly as it is known: %s', (published, words, year) => {
    expect(publishedInWords(published)).toBe(words);
    expect(yearOf(published)).toBe(year);
  });
});

describe('a period', () => {
  it.each([
    ['day', '2026-05-29', 'Friday 29 May 2026', 'Fri 29 May'],
    ['week', '2026-05-25', 'week of 25 May 2026', 'week of 25 May'],
    ['month', '2026-05-01', 'May 2026', 'May 2026'],
  ] as const)('a period has a name and a shorter label: %s', (period, from, words, label) => {
    expect(periodInWords(period, from)).toBe(words);
    expect(periodLabel(period, from)).toBe(label);
  });

  it('a week is labelled by its Monday for any of its days', () => {
    expect(periodLabel('week', '2026-05-31')).toBe('week of 25 May');
  });
});

describe('a range of days', () => {
  it.each([
    [undefined, undefined, ''],
    ['2026-01-01', undefined, 'since 2026'],
    ['2026-03-01', undefined, 'since March 2026'],
    ['2026-03-02', undefined, 'since 2 March 2026'],
    [undefined, '2025-12-31', 'until 2025'],
    [undefined, '2024-02-29', 'until February 2024'],
    [undefined, '2025-02-27', 'until 27 February 2025'],
    ['2025-01-01', '2025-12-31', 'in 2025'],
    ['2026-05-01', '2026-05-31', 'in May 2026'],
    ['2026-05-29', '2026-05-29', 'on 29 May 2026'],
    ['2024-01-01', '2025-06-30', 'from 2024 to June 2025'],
  ])('the span from %s to %s is shown as “%s”', (since, until, words) => {
    expect(spanInWords(since, until)).toBe(words);
  });
});

describe('the age of a day', () => {
  it.each([
    ['2026-05-29', 'today'],
    ['2026-05-30', 'today'],
    ['2026-05-28', 'yesterday'],
    ['2026-04-29', '30 days ago'],
  ])('the age of a day counts calendar days: %s', (day, words) => {
    expect(agoInWords(day, new Date('2026-05-29T00:00:01Z'))).toBe(words);
    expect(agoInWords(day, new Date('2026-05-29T23:59:59Z'))).toBe(words);
  });
});
