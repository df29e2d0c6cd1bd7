import { describe, expect, it } from 'vitest';
import { digestMessage } from '../../src/inbox/digest-message.ts';
import type { Paper } from '../../src/papers/paper.ts';

const paper: Paper = {
  ...{ id: '2605.00001', title: 'On Routers', abstract: 'We route.', authors: ['Ada Okafor', 'Bo Sample'] },
  ...{ categories: ['cs.LG'], keywords: [], votes: 12 },
};
const content = {
  changed: [{ paper, sentences: ['v2: new title'] }],
  moreChanged: 0,
  period: 'day',
  trending: [{ entry: { paper, rank: 1, score: 1, saves: 0, day: '2026-05-29' } }],
  recommended: [{ paper, reason: { kind: 'asked' } }],
  teamSaves: 0,
} as const;
const now = new Date('2026-05-29T09:00:00Z');

describe('a digest', () => {
  it.each([
    ['by e-mail names the authors of every paper', true, [true, true, true]],
    ['by direct message names none, as each paper has a button', false, [false, false, false]],
  ])('%s', (_, isMailed, named) => {
    const { card } = digestMessage(content, { zone: 'UTC', since: now, isMailed }, now);
    const entries = card.blocks.flatMap((block) => (block.kind === 'entry' ? [block] : []));
    expect(entries.map(({ meta }) => JSON.stringify(meta).includes('Ada Okafor, Bo Sample'))).toEqual(named);
  });
});
