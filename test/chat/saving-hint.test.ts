import { describe, expect, it } from 'vitest';
import { type Card, sentence } from '../../src/chat/card.ts';
import { explainedOnce, keycapsFor } from '../../src/chat/saving-hint.ts';

const CHANNEL = { platform: 'discord', workspace: 'guild', channel: 'c' };

function list(footer?: string): Card {
  const entry = { kind: 'entry', paper: 'p', title: 'T', meta: [], body: [], actions: [] } as const;
  const blocks = [1, 2].map((number) => ({ ...entry, number }));
  return { tone: 'plain', blocks, ...(footer !== undefined && { footer: [footer] }) };
}

describe('the keycaps of a list', () => {
  it.each([
    [1, 5, '1️⃣–5️⃣'],
    [1, 1, '1️⃣'],
    [6, 5, '6️⃣–🔟'],
    [11, 5, '1️⃣–5️⃣'],
    [1, 25, '1️⃣–🔟'],
    [1, 0, ''],
  ])('from %i with %i papers are %s', (first, count, keycaps) => {
    const shown = Array.from({ length: count }, (_, at) => ({ paper: 'p', number: first + at }));
    expect(keycapsFor(shown)).toBe(keycaps);
  });
});

describe('the line about saving', () => {
  const first = { hasList: async () => false };

  it('stands under the first list of a channel alone', async () => {
    expect((await explainedOnce(list(), CHANNEL, first)).footer).toEqual([
      'React 1️⃣–2️⃣ to save a paper to your list',
    ]);
    expect((await explainedOnce(list('Page 1/3'), CHANNEL, first)).footer).toEqual([
      'Page 1/3',
      ' · react 1️⃣–2️⃣ to save a paper to your list',
    ]);
    expect(await explainedOnce(list(), CHANNEL, { hasList: async () => true })).toEqual(list());
  });

  it('is not added to a card without a list', async () => {
    const said = sentence('Nothing found.');
    expect(await explainedOnce(said, CHANNEL, first)).toEqual(said);
  });
});
