import { describe, expect, it } from 'vitest';
import { announcementInWords, completenessInWords } from '../../src/cards/completeness.ts';
import type { HarvestState } from '../../src/sources/harvest/harvest-store.ts';

const now = new Date('2026-09-04T12:00:00Z');
const HOUR = 3_600_000;

function say(...states: ReadonlyArray<Partial<HarvestState>>): string[] {
  const harvests = states.map((state) => ({
    ...({ name: 'all', phase: 'rest', stalls: 0, rounds: 0, read: 0, busyMs: 0 } as const),
    ...state,
  }));
  return completenessInWords({ harvests, papers: 2_412_000, now });
}

describe('how complete arXiv is', () => {
  it('is said from the first paper to the last whole day', () => {
    expect(say({ completeTo: '2026-09-04' })).toEqual(['complete from 1991 to yesterday; 2,412,000 papers']);
    expect(say({ completeTo: '2026-08-02', phase: 'list' })).toEqual([
      'complete from 1991 to 1 August 2026; 2,412,000 papers',
    ]);
  });

  it('is a share and the time left during the first harvest', () => {
    expect(say({ phase: 'list', read: 930_000, busyMs: 4 * HOUR })).toEqual([
      'first harvest: 30 %, about 9 hours left',
    ]);
    expect(say({ phase: 'list', read: 50, size: 100, busyMs: HOUR / 2 })).toEqual([
      'first harvest: 50 %, about 30 minutes left',
    ]);
  });

  it('never reaches 100 % before the end, although some papers were read twice', () => {
    expect(say({ phase: 'list', read: 9_000_000, busyMs: HOUR })[0]).toContain('first harvest: 99 %');
    expect(say({ phase: 'check', read: 3_000_000, busyMs: HOUR })).toEqual([
      'first harvest: read, now looking for papers that were skipped; 2,412,000 papers',
    ]);
  });

  it('has no share for a part of arXiv, because nobody says how large it is', () => {
    expect(say({ name: 'all cs', phase: 'list', read: 5_200, busyMs: HOUR, seenDay: '2017-05-03' })).toEqual([
      'cs: first harvest: 5,200 papers so far, those last changed until May 2017',
    ]);
  });

  it('is said of the categories that are caught up if not all papers are harvested', () => {
    const states = [
      { name: 'news', completeTo: '2026-07-01' },
      { name: 'news cs:cs:LG', since: '2026-07-01', completeTo: '2026-09-04' },
      { name: 'news physics:hep-th', since: '2026-07-03', completeTo: '2026-09-03' },
      { name: 'news cs:cs:CL', since: '2026-08-01' },
    ];
    expect(say(...states)).toEqual(['cs.LG, hep-th: complete from 3 July 2026 to 2 September 2026']);
    expect(say({ completeTo: '2026-09-04' }, ...states)).toHaveLength(1);
    expect(say({ name: 'news', completeTo: '2026-07-01' })).toEqual([]);
  });
});

it('a problem of a feed is said with what becomes of its papers', () => {
  const day = { feed: 'cs.LG', day: '2026-09-03', seenAt: '', entries: 9, fingerprint: 'x' };
  expect(announcementInWords({ ...day, problem: 'repeated' })).toBe(
    'Thursday 3 September: the feed repeated an earlier day. Missing papers will be read from arXiv’s lists of metadata.',
  );
  expect(announcementInWords({ ...day, problem: 'cut', madeGoodAt: '2026-09-03T12:00:00.000Z' })).toContain(
    'the feed was cut at 2,000 entries. Missing papers were read',
  );
});
