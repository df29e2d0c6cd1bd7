import { describe, expect, it } from 'vitest';
import {
  fromDailyRows,
  fromPaperDetail,
  fromPeriodRows,
} from '../../../src/sources/hugging-face/hugging-face-rows.ts';
import { readJsonFixture } from '../../support/fixtures.ts';

const AT = '2026-03-13T12:00:00.000Z';
const synthetic = readJsonFixture('hugging-face/daily.synthetic.json') as object[];
const recorded = readJsonFixture('hugging-face/rows.json') as object[];
const minimal = {
  paper: {
    id: '2603.90002',
    authors: [],
    publishedAt: '2026-03-12T00:00:00.000Z',
    title: 'T',
    summary: 'S',
    upvotes: 1,
  },
  publishedAt: '2026-03-11T20:00:00.000Z',
  title: 'T',
  numComments: 1,
};

describe('rows of a daily list', () => {
  it('become papers with votes and rank, without people’s accounts', () => {
    const { records, skipped } = fromDailyRows(synthetic, '2026-03-13', AT);
    expect(skipped).toEqual([]);
    expect(records[0]).toEqual({
      id: '2603.90001',
      title: 'Task Routing as Retrieval: A Synthetic Fixture for Multi-Task In-Context Learning',
      abstract: expect.stringContaining('contains $\\alpha < \\beta$ and an ampersand & a <tag>'),
      authors: ['Ada Example', 'Bo Sample', 'C. D. Test-Author'],
      keywords: ['multi-task learning', 'in-context learning', 'retrieval'],
      published: '2026-03-11T00:00:00.000Z',
      organization: 'Example Org',
      projectUrl: 'https://example.org/task-routing',
      codeUrl: 'https://github.com/example-org/task-routing',
      codeStars: 412,
      thumbnailUrl: 'https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2603.90001.png',
      onHuggingFace: true,
      votes: 128,
      comments: 3,
      appearances: [{ day: '2026-03-13', rank: 1, votes: 128, comments: 3 }],
      snapshots: [{ at: AT, votes: 128, comments: 3, stars: 412 }],
    });
    expect(JSON.stringify(records)).not.toMatch(/avatar|AI summary|ada-example/);
  });

  it('are valid without the optional keys', () => {
    expect(fromDailyRows([minimal], '2026-03-13', AT, 101).records).toEqual([
      {
        id: '2603.90002',
        title: 'T',
        abstract: 'S',
        authors: [],
        published: '2026-03-12T00:00:00.000Z',
        onHuggingFace: true,
        votes: 1,
        comments: 1,
        appearances: [{ day: '2026-03-13', rank: 101, votes: 1, comments: 1 }],
        snapshots: [{ at: AT, votes: 1, comments: 1 }],
      },
    ]);
  });

  it('from real lists come out clean: one line, no hidden author, repaired links, old names', () => {
    const { records, skipped } = fromDailyRows(recorded, '2025-03-17', AT);
    expect(skipped).toEqual([]);
    const [old, hidden, latex, space, full] = records;
    expect(old?.title).toBe(
      'Meteor: Mamba-based Traversal of Rationale for Large Language and Vision Models',
    );
    expect(old?.thumbnailUrl).toBe(
      'https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2405.15574.png',
    );
    expect(hidden?.authors).toEqual(['François Yvon', 'Hinrich Schütze']);
    expect(latex?.abstract).toMatch(/a 2\.4× speedup and 30% reduction/);
    expect(space?.projectUrl).toBe('https://sites.google.com/view/adc-robot');
    expect(full?.organization).toBe('Stanford University');
  });

  it('that are invalid are skipped with their position and reason, and the others keep their rank', () => {
    const { records, skipped } = fromDailyRows(
      [
        null,
        { ...minimal, paper: { ...minimal.paper, upvotes: 'many' } },
        { ...minimal, paper: { ...minimal.paper, id: '../../etc' } },
        { ...minimal, paper: { ...minimal.paper, title: ' \u200B ' } },
        { ...minimal, numComments: -1 },
        minimal,
      ],
      '2026-03-13',
      AT,
    );
    expect(records.map((record) => record.appearances?.[0]?.rank)).toEqual([6]);
    expect(skipped).toEqual([
      { row: 1, reason: 'it is not a record' },
      { row: 2, reason: 'paper.upvotes is missing or has the wrong type' },
      { row: 3, reason: '“../../etc” is not an arXiv ID' },
      { row: 4, reason: 'the title is empty' },
      { row: 5, reason: 'numComments is missing or has the wrong type' },
    ]);
  });

  it('keep their good values if an optional one is invalid', () => {
    const odd = {
      projectPage: 'javascript:alert(1)',
      githubRepo: 7,
      githubStars: null,
      ai_keywords: 'x',
      withdrawnAt: 'soon',
    };
    const [record] = fromDailyRows(
      [{ ...minimal, paper: { ...minimal.paper, ...odd } }],
      '2026-03-13',
      AT,
    ).records;
    expect(Object.keys(record ?? {}).toSorted()).toEqual([
      'abstract',
      'appearances',
      'authors',
      'comments',
      'id',
      'onHuggingFace',
      'published',
      'snapshots',
      'title',
      'votes',
    ]);
  });
});

describe('rows of a week or month', () => {
  const on = (id: string, submittedOnDailyAt?: string) => ({
    ...minimal,
    paper: { ...minimal.paper, id, submittedOnDailyAt },
  });

  it('are ranked within their own day’s list, across pages', () => {
    const ranks = new Map<string, number>();
    const first = fromPeriodRows(
      [
        on('2603.00001', '2026-03-12T08:15:00.000Z'),
        on('2603.00002', '2026-03-13T00:00:00.000Z'),
        on('2603.00003', '2026-03-12T09:00:00.000Z'),
      ],
      AT,
      ranks,
    );
    const second = fromPeriodRows(
      [on('2603.00004', '2026-03-13T00:00:00.000Z'), on('2603.00005')],
      AT,
      ranks,
      101,
    );
    const targets = [...first.records, ...second.records].map(({ appearances }) =>
      appearances?.map(({ day, rank }) => `${day} ${rank}`),
    );
    expect(targets).toEqual([
      ['2026-03-12 1'],
      ['2026-03-13 1'],
      ['2026-03-12 2'],
      ['2026-03-13 2'],
      undefined,
    ]);
  });
});

describe('a single paper', () => {
  it('has votes and links, but creates no snapshot', () => {
    expect(fromPaperDetail(readJsonFixture('hugging-face/paper.synthetic.json'))).toMatchObject({
      id: '2603.90001',
      abstract: 'Older records keep hard line breaks from arXiv inside the abstract.',
      votes: 131,
      codeStars: 415,
    });
  });

  it('in an unknown format is an invalid response', () => {
    expect(() => fromPaperDetail({ id: '2603.90001' })).toThrow(
      'Hugging Face returned a paper that cannot be used: authors is missing or has the wrong type.',
    );
  });
});
