import { describe, expect, it } from 'vitest';
import { readinessOf } from '../../../src/delivery/digests/composer.ts';

const shortList = { total: 3, chosen: 3, growing: true, outage: false, lastChance: false };
const rules = { count: 5, thin: 'fewer', outage: 'post' } as const;
const kind = (facts: Partial<typeof shortList>, settings: Partial<Parameters<typeof readinessOf>[1]> = {}) =>
  readinessOf({ ...shortList, ...facts }, { ...rules, ...settings }).kind;

describe('a list', () => {
  it('a list is ready as soon as it has enough papers for the feed', () => {
    expect(kind({ total: 30, chosen: 5 })).toBe('ready');
    expect(kind({ total: 30, chosen: 5 }, { thin: 'skip', outage: 'wait' })).toBe('ready');
  });

  it('a list that is still short is waited for, regardless of if_few', () => {
    for (const thin of ['fewer', 'wait', 'skip'] as const) expect(kind({}, { thin })).toBe('wait');
    expect(kind({ total: 0, chosen: 0 })).toBe('wait');
  });

  it('a long list with few matches is handled as if_few says', () => {
    const thinDay = { total: 30, chosen: 2 };
    expect(kind(thinDay)).toBe('ready');
    expect(kind(thinDay, { thin: 'wait' })).toBe('wait');
    expect(kind(thinDay, { thin: 'skip' })).toBe('wait');
    expect(kind({ total: 30, chosen: 0 })).toBe('wait');
  });

  it('at the last chance a list is posted or skipped, never waited for', () => {
    const last = { lastChance: true };
    expect(kind(last)).toBe('ready');
    expect(kind(last, { thin: 'wait' })).toBe('ready');
    expect(kind(last, { thin: 'skip' })).toBe('skip');
    expect(kind({ ...last, chosen: 0 })).toBe('skip');
    expect(kind({ ...last, outage: true, growing: false }, { outage: 'wait' })).toBe('skip');
    expect(kind({ ...last, outage: true, growing: false, chosen: 0 })).toBe('skip');
  });

  it('a list that will not grow is not waited for', () => {
    expect(kind({ total: 0, chosen: 0, growing: false })).toBe('skip');
    expect(kind({ growing: false }, { thin: 'wait' })).toBe('ready');
    expect(kind({ growing: false }, { thin: 'skip' })).toBe('skip');
  });

  it('in an outage a list is posted from stored papers or waited for, as if_source_down says', () => {
    const outage = { outage: true, growing: false };
    expect(kind({ ...outage, chosen: 5 })).toBe('ready');
    expect(kind({ ...outage, chosen: 5 }, { outage: 'wait' })).toBe('wait');
    expect(kind({ ...outage, chosen: 0 })).toBe('wait');
  });

  it('a skipped list has a reason', () => {
    expect(readinessOf({ ...shortList, total: 0, chosen: 0, growing: false }, rules)).toEqual({
      kind: 'skip',
      reason: 'there is no list for that day',
    });
    expect(
      readinessOf({ ...shortList, total: 30, chosen: 1, lastChance: true }, { ...rules, thin: 'skip' }),
    ).toEqual({
      kind: 'skip',
      reason: 'only 1 of the 30 papers on the list matches, and this feed posts 5',
    });
  });
});
