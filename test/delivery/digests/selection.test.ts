import { describe, expect, it } from 'vitest';
import { chosenOf, type EarlierPost, evaluate } from '../../../src/delivery/digests/selection.ts';
import { defaultSettings } from '../../../src/feeds/options/feed-options.ts';
import { matcherOf } from '../../../src/feeds/term-matching.ts';
import { newPaper } from '../../../src/papers/merge.ts';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import type { TrendingEntry } from '../../../src/trending/trending.ts';
import { samplePaper } from '../../support/papers.ts';

const paper = (facts: Partial<PaperRecord> = {}) => newPaper(facts.id ?? '1', samplePaper(facts));
const fits = (term: string, facts?: Partial<PaperRecord>) => matcherOf(term)(paper(facts));

describe('a term', () => {
  const facts = {
    title: 'Large Language Models for Poincaré Embeddings',
    abstract: 'Agents plan. We study multi-agent LoRA. Nothing universal.',
    keywords: ['speech recognition'],
    categories: ['cs.RO', 'quant-ph'],
    authors: ['Geoffrey Hinton', 'Jürgen Schmidhuber'],
  };

  it.each([
    'agent',
    'AGENTS',
    'large language model',
    'poincare',
    'Poincaré',
    'multi agent',
    'multi-agents',
    'lora',
    'speech recognition',
    'cs.RO',
    'CS.ro',
    'cs',
    'quant-ph',
    'author:Hinton',
    'author:hinton geoffrey',
    'author:G Hinton',
    'author:Schmidhuber Jurgen',
  ])('%s fits', (term) => expect(fits(term, facts)).toBe(true));

  it.each([
    'age',
    'language large',
    // The end of the title and the beginning of the abstract are no phrase.
    'embeddings agents',
    'cs.R',
    'cs.RO2',
    'math',
    'author:Hint',
    'author:Geoffrey Schmidhuber',
    'hinton',
  ])('%s does not', (term) => expect(fits(term, facts)).toBe(false));
});

describe('the verdicts on a list', () => {
  const rules = { ...defaultSettings('UTC'), count: 2 };
  const list = (...records: Partial<PaperRecord>[]): TrendingEntry[] =>
    records.map((facts, index) => ({
      paper: paper({ id: String(index + 1), ...facts }),
      rank: index + 1,
      score: 10 - index,
      saves: 0,
      day: '2026-05-29',
    }));
  const verdicts = (
    entries: TrendingEntry[],
    changes: Partial<typeof rules> = {},
    before: Record<string, EarlierPost[]> = {},
  ) =>
    evaluate(entries, { ...rules, ...changes }, new Map(Object.entries(before))).map(
      ({ verdict }) => verdict,
    );

  it('are given to every paper, in the order of the list', () => {
    const entries = list(
      { title: 'A survey of robots' },
      { title: 'Robots', votes: 3 },
      { title: 'Robots' },
      { title: 'Speech' },
      { title: 'Robots again', withdrawnAt: '2026-05-01' },
      { title: 'Robots taken back', withdrawn: true },
      { title: 'Robots and more' },
      { title: 'Robots at last' },
    );
    expect(verdicts(entries, { include: ['robot'], exclude: ['survey'], minVotes: 10 })).toEqual([
      { kind: 'excluded', by: 'survey' },
      { kind: 'below-votes', votes: 3, needed: 10 },
      { kind: 'chosen' },
      { kind: 'not-included' },
      { kind: 'withdrawn' },
      { kind: 'withdrawn' },
      { kind: 'chosen' },
      { kind: 'beyond-count', count: 2 },
    ]);
  });

  it('never choose a paper that the channel had from such a list or a longer one', () => {
    const before = {
      '1': [{ day: '2026-05-28', period: 'day' as const }],
      '2': [{ day: '2026-05-25', period: 'week' as const }],
    };
    expect(verdicts(list({}, {}, {}), {}, before)).toEqual([
      { kind: 'posted-before', day: '2026-05-28', period: 'day' },
      { kind: 'posted-before', day: '2026-05-25', period: 'week' },
      { kind: 'chosen' },
    ]);
  });

  it('choose it again when it enters a longer list, and remember when it was there', () => {
    const had = { day: '2026-05-28', period: 'day' as const };
    expect(verdicts(list({}), { period: 'week' }, { '1': [had] })).toEqual([{ kind: 'chosen', again: had }]);
    const twice = [had, { day: '2026-06-01', period: 'week' as const }];
    expect(verdicts(list({}), { period: 'month' }, { '1': twice })).toEqual([
      { kind: 'chosen', again: twice[1] },
    ]);
    expect(verdicts(list({}), { period: 'week' }, { '1': twice })).toMatchObject([{ kind: 'posted-before' }]);
  });

  it('are the same for the same list', () => {
    const entries = list({}, {}, {}, {});
    expect(evaluate(entries, rules, new Map())).toEqual(evaluate(entries, rules, new Map()));
    expect(chosenOf(evaluate(entries, rules, new Map())).map(({ entry }) => entry.rank)).toEqual([1, 2]);
  });
});
