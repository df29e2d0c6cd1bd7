import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { toPlainText } from '../../src/chat/plain.ts';
import { type Answered, openDispatcher } from '../../src/command/dispatch.ts';
import { systemClock } from '../../src/time/clock.ts';
import { sampleCaller as caller, sampleCatalogue, sampleServices } from './sample-commands.ts';

function opened() {
  const lines: string[] = [];
  const answered: Answered[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const handlers = openDispatcher({
    catalogue: sampleCatalogue,
    services: sampleServices,
    completions: {
      paper: async ({ papers }, typed, _caller, limit) =>
        papers
          .filter(({ title }) => title.startsWith(typed))
          .slice(0, limit + 5)
          .map(({ id, title }) => ({ label: title, value: id })),
      papers: async () => [],
      tag: async () => [],
      'saved-paper': async () => [],
      category: async () => {
        throw new Error('the index is away');
      },
      zone: async () => [],
      feed: async () => [],
      watch: async () => [],
      author: async () => [],
    },
    clock: systemClock,
    log: pino({ level: 'debug' }, stream),
    onAnswered: (each) => answered.push(each),
  });
  return { handlers, lines, answered };
}

describe('the dispatcher', () => {
  it('a typed line and a structured call give the same answer', async () => {
    const { handlers } = opened();
    const typed = await handlers.answer({ caller, line: '/papers search agents limit:2' });
    const called = await handlers.answer({
      caller,
      root: 'papers',
      name: 'search',
      values: { query: 'agents', limit: 2 },
    });
    expect(typed).toEqual(called);
    expect(typed).toMatchObject({
      ok: true,
      visibility: 'public',
      card: { title: 'Papers for “agents”, page 1' },
    });
    expect(typed.card.blocks).toHaveLength(2);
  });

  it('a user’s error is answered privately and not logged', async () => {
    const { handlers, lines } = opened();
    const answer = await handlers.answer({ caller, line: '/papers search x limit:50' });
    expect(answer).toMatchObject({ ok: false, visibility: 'private', card: { tone: 'problem' } });
    expect(toPlainText(answer.card)).toBe('limit must be between 1 and 10 (got 50).');
    const unknown = await handlers.answer({ caller, root: 'papers', name: 'gone', values: {} });
    expect(toPlainText(unknown.card)).toContain('/papers gone no longer exists. Available: search, show');
    expect(lines).toEqual([]);
  });

  it('an internal error is answered with an ID from the log, and reveals nothing else', async () => {
    const { handlers, lines } = opened();
    const { card, ok } = await handlers.answer({ caller, line: '/papers broken' });
    const text = toPlainText(card);
    expect(ok).toBe(false);
    expect(text).toMatch(
      /^Something went wrong\. Try again in a moment, or give an administrator this error ID: #[0-9a-f]{4}$/,
    );
    const id = /#[0-9a-f]{4}/.exec(text)?.[0] ?? '';
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(id);
    expect(lines[0]).toContain('secret detail of the inside');
    expect(text).not.toContain('secret');
  });

  it('an aborted command says that it stopped', async () => {
    const { handlers, lines } = opened();
    const waiting = new AbortController();
    const answer = handlers.answer({ caller, line: '/papers slow', signal: waiting.signal });
    waiting.abort();
    expect(toPlainText((await answer).card)).toBe('Stopped.');
    expect(lines).toEqual([]);
  });

  it('the dispatcher reports the outcome and duration of each command', async () => {
    const { handlers, answered } = opened();
    const waiting = new AbortController();
    const slow = handlers.answer({ caller, line: '/papers slow', signal: waiting.signal });
    for (const line of [
      '/papers search agents',
      '/papers search x limit:50',
      '/paperfeed gone',
      '/papers broken',
    ]) {
      await handlers.answer({ caller, line });
    }
    waiting.abort();
    await slow;
    expect(answered.map(({ command, outcome }) => [command, outcome])).toEqual([
      ['papers search', 'ok'],
      ['unknown', 'problem'],
      ['unknown', 'problem'],
      ['papers broken', 'failed'],
      ['papers slow', 'problem'],
    ]);
    const seconds = answered.map((each) => each.seconds);
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...seconds)).toBe(seconds.at(-1));
  });

  it('completion returns papers and choices up to the limit', async () => {
    const { handlers } = opened();
    const request = { caller, root: 'papers', name: 'show', option: 'paper', typed: 'Paper number 1' };
    expect(await handlers.complete(request, 2)).toEqual([
      { label: 'Paper number 1', value: '2406.00001' },
      { label: 'Paper number 10', value: '2406.00010' },
    ]);
    const sort = { caller, root: 'papers', name: 'search', option: 'sort', typed: 'N' };
    expect(await handlers.complete(sort, 5)).toEqual([{ label: 'newest', value: 'newest' }]);
  });

  it('completion is empty for unknown options and after errors', async () => {
    const { handlers, lines } = opened();
    const of = (name: string, option: string) =>
      handlers.complete({ caller, root: 'papers', name, option, typed: '' }, 5);
    expect(await of('gone', 'paper')).toEqual([]);
    expect(await of('search', 'gone')).toEqual([]);
    expect(await of('search', 'toString')).toEqual([]);
    expect(await of('search', 'limit')).toEqual([]);
    expect(await of('search', 'category')).toEqual([]);
    expect(lines.join()).toContain('the index is away');
  });
});
