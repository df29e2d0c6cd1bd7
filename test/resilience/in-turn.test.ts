import { expect, it } from 'vitest';
import { openInTurn } from '../../src/resilience/in-turn.ts';
import { fakeClock } from '../support/fake-clock.ts';

interface Started {
  readonly name: string;
  end(): void;
  fail(error: Error): void;
}

function open() {
  const clock = fakeClock('2026-05-28T09:00:00Z');
  const started: Started[] = [];
  let used = 1;
  const inTurn = openInTurn({ atOnce: 2, clock, usedShare: () => used });
  const begin = (name: string) =>
    inTurn(
      () =>
        new Promise<string>((resolve, fail) => void started.push({ name, end: () => resolve(name), fail })),
    );
  return {
    clock,
    begin,
    started,
    names: () => started.map(({ name }) => name),
    setUsed(share: number) {
      used = share;
    },
  };
}

it('starts work in order, and the next when one has ended', async () => {
  const { begin, started, names } = open();
  const results = ['a', 'b', 'c', 'd'].map(begin);
  await expect.poll(names).toEqual(['a', 'b']);
  started[1]?.end();
  await expect.poll(names).toEqual(['a', 'b', 'c']);
  expect(await results[1]).toBe('b');
});

it('goes on after work that fails, and passes its error on', async () => {
  const { begin, started, names } = open();
  const failed = begin('a');
  for (const name of ['b', 'c']) void begin(name);
  await expect.poll(names).toEqual(['a', 'b']);
  started[0]?.fail(new Error('no'));
  await expect(failed).rejects.toThrow('no');
  await expect.poll(names).toEqual(['a', 'b', 'c']);
});

it('starts more while the running work only waits', async () => {
  const { clock, begin, started, names, setUsed } = open();
  const slow = begin('a');
  for (const name of ['b', 'c', 'd', 'e']) void begin(name);
  await clock.advance(1_000);
  expect(names()).toEqual(['a', 'b']);
  setUsed(0.2);
  await clock.advance(50);
  expect(names()).toEqual(['a', 'b', 'c']);
  await clock.advance(50);
  expect(names()).toEqual(['a', 'b', 'c', 'd']);
  setUsed(1);
  await clock.advance(1_000);
  expect(names()).toEqual(['a', 'b', 'c', 'd']);
  started[0]?.end();
  expect(await slow).toBe('a');
  started[1]?.end();
  await clock.advance(1_000);
  expect(names()).toEqual(['a', 'b', 'c', 'd']);
  started[2]?.end();
  await expect.poll(names).toEqual(['a', 'b', 'c', 'd', 'e']);
});
