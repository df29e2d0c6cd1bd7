import { describe, expect, it } from 'vitest';
import { readRateLimit, readRetryAfter } from '../../../src/sources/http/rate-limit.ts';

const NOW = new Date('2026-05-29T08:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    ['Fri, 29 May 2026 08:01:00 GMT', 60_000],
    ['Fri, 29 May 2026 07:00:00 GMT', 0],
    ['99999999999', 86_400_000],
    ['soon', undefined],
    [undefined, undefined],
  ])('%s', (value, ms) => {
    expect(readRetryAfter(new Headers(value === undefined ? {} : { 'retry-after': value }), NOW)).toBe(ms);
  });
});

describe('RateLimit', () => {
  it.each([
    [{ ratelimit: '"api";r=499;t=280' }, { remaining: 499, resetMs: 280_000 }],
    [{ ratelimit: 'limit=500, remaining=3, reset=20' }, { remaining: 3, resetMs: 20_000 }],
    [
      { ratelimit: '"api";r=0', 'ratelimit-policy': '"fixed window";"api";q=500;w=300' },
      { remaining: 0, resetMs: 300_000 },
    ],
    [{ ratelimit: '"api";r=many;t=280' }, undefined],
    [{}, undefined],
  ])('%o', (headers, limit) => {
    expect(readRateLimit(new Headers(headers as Record<string, string>))).toEqual(limit);
  });
});
