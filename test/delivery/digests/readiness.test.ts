import { describe, expect, it } from 'vitest';
import { readinessOf } from '../../../src/delivery/digests/readiness.ts';

const morning = { total: 3, chosen: 3, growing: true, outage: false, lastChance: false };
const rules = { count: 5, thin: 'fewer', outage: 'post' } as const;
const kind = (facts: Partial<typeof morning>, settings: Partial<Parameters<typeof readinessOf>[1]> = {}) =>
  readinessOf({ ...morning, ...facts }, { ...rules, ...settings }).kind;

describe('a list', () => {
  it('is ready as soon as it has what the feed wants', () => {
    expect(kind({ total: 30, chosen: 5 })).toBe('ready');
    expect(kind({ total: 30, chosen: 5 }, { thin: 'skip', outage: 'wait' })).toBe('ready');
  });

  it('that is still short is waited for, whatever the feed does on thin days', () => {
    for (const thin of ['fewer', 'wait', 'skip'] as const) expect(kind({}, { thin })).toBe('wait');
    expect(kind({ total: 0, chosen: 0 })).toBe('wait');
  });

  it('that is long, but of which little fits, is as thin as the feed says', () => {
    const thinDay = { total: 30, chosen: 2 };
    expect(kind(thinDay)).toBe('ready');
    expect(kind(thinDay, { thin: 'wait' })).toBe('wait');
    expect(kind(thinDay, { thin: 'skip' })).toBe('wait');
    expect(kind({ total: 30, chosen: 0 })).toBe('wait');
  });

  it('at the last chance is posted or left out, never waited for', () => {
    const last = { lastChance: true };
    expect(kind(last)).toBe('ready');
    expect(kind(last, { thin: 'wait' })).toBe('ready');
    expect(kind(last, { thin: 'skip' })).toBe('skip');
    expect(kind({ ...last, chosen: 0 })).toBe('skip');
    expect(kind({ ...last, outage: true, growing: false }, { outage: 'wait' })).toBe('skip');
    expect(kind({ ...last, outage: true, growing: false, chosen: 0 })).toBe('skip');
  });

  it('that will not grow is not waited for', () => {
    expect(kind({ total: 0, chosen: 0, growing: false })).toBe('skip');
    expect(kind({ growing: false }, { thin: 'wait' })).toBe('ready');
    expect(kind({ growing: false }, { thin: 'skip' })).toBe('skip');
  });

  it('in an outage is posted from what is here, or waited for: the choice of the feed', () => {
    const outage = { outage: true, growing: false };
    expect(kind({ ...outage, chosen: 5 })).toBe('ready');
    expect(kind({ ...outage, chosen: 5 }, { outage: 'wait' })).toBe('wait');
    expect(kind({ ...outage, chosen: 0 })).toBe('wait');
  });

  it('that is left out says why', () => {
    expect(readinessOf({ ...morning, total: 0, chosen: 0, growing: false }, rules)).toEqual({
      kind: 'skip',
      reason: 'there is no list for that day',
    });
    expect(
      readinessOf({ ...morning, total: 30, chosen: 1, lastChance: true }, { ...rules, thin: 'skip' }),
    ).toEqual({
      kind: 'skip',
      reason: 'only 1 of the 30 papers on the list matches, and this feed posts 5',
    });
  });
});
