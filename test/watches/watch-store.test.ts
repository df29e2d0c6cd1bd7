import { describe, expect, it } from 'vitest';
import {
  MOST_WATCHES,
  type WatchRequest,
  type WatchTarget,
  type WatchTerms,
} from '../../src/watches/watch.ts';
import { openWatchStore } from '../../src/watches/watch-store.ts';
import { openTestDatabase } from '../support/database.ts';

const NOW = new Date('2026-05-29T12:00:00Z');
const ADA: WatchTarget = { kind: 'person', person: { platform: 'slack', workspace: 'T1', person: 'U1' } };
const ALAN: WatchTarget = { kind: 'person', person: { platform: 'slack', workspace: 'T1', person: 'U2' } };
const LAB: WatchTarget = { kind: 'channel', channel: { platform: 'slack', workspace: 'T1', channel: 'C1' } };

async function openWatches() {
  const watches = openWatchStore(await openTestDatabase());
  const watch = (terms: WatchTerms, rest: Partial<WatchRequest> = {}) =>
    watches.watch({ target: ADA, terms, defaultZone: 'Europe/Berlin', by: 'U1', ...rest }, NOW);
  return { watches, watch };
}

describe('a watch', () => {
  it('with the same terms is changed, whatever their order, case and endings', async () => {
    const { watches, watch } = await openWatches();
    const { watch: first } = await watch({ text: 'diffusion models "Protein Design" -survey' });
    const again = await watch({ text: '"protein designs" model diffusion -surveys' }, { pace: 'daily' });
    expect(again).toEqual({ outcome: 'changed', watch: { ...first, pace: 'daily' } });
    expect(await watch({ text: 'model diffusion "protein design" -survey' })).toMatchObject({
      outcome: 'same',
    });
    expect((await watch({ text: 'protein design diffusion models' })).outcome).toBe('added');
    expect(await watches.of(ADA, NOW)).toHaveLength(2);
  });

  it('that is paused looks again when it is watched again', async () => {
    const { watches, watch } = await openWatches();
    const { watch: made } = await watch({ author: 'Yann LeCun' });
    expect(await watches.pause(ADA, made.id)).toBe(true);
    expect(await watches.pause(ADA, made.id)).toBe(false);
    expect(await watch({ author: 'lecun yann' })).toEqual({ outcome: 'changed', watch: made });
    expect(await watches.resume(ADA, made.id)).toBe(false);
  });

  it('is changed and ended only for the target that has it', async () => {
    const { watches, watch } = await openWatches();
    const { watch: made } = await watch({ category: 'cs.LG' }, { target: LAB });
    for (const target of [ADA, ALAN]) {
      expect(await watches.pause(target, made.id)).toBe(false);
      expect(await watches.unwatch(target, made.id)).toBe(false);
      expect(await watches.of(target, NOW)).toEqual([]);
    }
    expect(await watches.of(LAB, NOW)).toEqual([{ ...made, recentHits: 0 }]);
    expect(await watches.unwatch(LAB, made.id)).toBe(true);
  });

  it('never gets the number of an ended one', async () => {
    const { watches, watch } = await openWatches();
    const { watch: first } = await watch({ text: 'robots' });
    await watches.unwatch(ADA, first.id);
    expect((await watch({ text: 'robots' })).watch.id).toBeGreaterThan(first.id);
  });
});

it('ten thousand watches of one person end with a sentence at the hundred and first', async () => {
  const { watch } = await openWatches();
  for (let at = 0; at < MOST_WATCHES; at++) await watch({ text: `topic${at}` });
  for (let at = MOST_WATCHES; at < 10_000; at += 500) {
    await expect(watch({ text: `topic${at}` })).rejects.toThrow(
      'You already have 100 watches, the maximum. End one of them first: /papers watches',
    );
  }
  expect((await watch({ text: 'topic1' }, { pace: 'daily' })).outcome).toBe('changed');
  await watch({ text: 'topic100' }, { target: ALAN });
  await watch({ text: 'topic100' }, { target: LAB });
});

it.each<[WatchTerms, RegExp]>([
  [{}, /^Say what to watch/],
  [{ text: 'the of and' }, /has only words that every paper has/],
  [{ text: '-survey' }, /only leaves papers out/],
  [{ text: '"protein design' }, /A quote is not closed/],
  [{ text: 'one two three four five six seven eight nine' }, /at most 8 \(got 9\)/],
  [{ text: '"a b" "c d" "e f" "g h" "i j"' }, /at most 4 phrases/],
  [{ text: '!?' }, /has only words|Say what/],
  [{ author: 'J.' }, /“J.” is not a name/],
  [{ category: 'robots' }, /“robots” is not an arXiv category/],
])('terms that are no watch are refused with a sentence: %j', async (terms, sentence) => {
  const { watch } = await openWatches();
  await expect(watch(terms)).rejects.toThrow(sentence);
});
