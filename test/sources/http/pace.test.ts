import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/sources/http/http.ts';
import { openPace, type PaceRules } from '../../../src/sources/http/pace.ts';
import { SourceError } from '../../../src/sources/http/source-error.ts';
import { type HeldClock, holdClock } from '../../support/fake-clock.ts';

const HOUR_MS = 3_600_000;
const PAUSE_MS = 600_000;
const ARXIV: PaceRules = { source: 'arXiv', connections: 1, everyMs: 3_000, pauseMs: PAUSE_MS };
const OK: Answer = { status: 200, text: '' };

function open(rules: PaceRules = ARXIV) {
  const clock = holdClock('2026-05-29T08:00:00Z');
  const pace = openPace(rules, clock);
  const starts: string[] = [];
  const ask = (answer: () => Promise<Answer> = async () => OK) =>
    pace.run(() => {
      starts.push(clock.now().toISOString().slice(14, 19));
      return answer();
    });
  return { clock, pace, starts, ask };
}

async function walk(clock: HeldClock, seconds: number) {
  for (let second = 0; second < seconds; second++) await clock.advance(1_000);
}

describe('the pace of a source', () => {
  it('leaves three seconds from start to start, whoever asks', async () => {
    const { clock, starts, ask } = open();
    const all = Promise.all([ask(), ask(), ask(), ask()]);
    await walk(clock, 10);
    await all;
    expect(starts).toEqual(['00:00', '00:03', '00:06', '00:09']);
  });

  it('never opens a second connection while an answer is slow, and does not wait twice then', async () => {
    const { clock, starts, ask } = open();
    const slow = ask(async () => {
      await clock.sleep(10_000);
      return OK;
    });
    const next = ask();
    await walk(clock, 12);
    await Promise.all([slow, next]);
    expect(starts).toEqual(['00:00', '00:10']);
  });

  it('is ten minutes of silence after a 429: questions are refused at once and nothing is sent', async () => {
    const { clock, starts, ask } = open();
    const refused = () => Promise.reject(new SourceError('rate-limited', 'arXiv asked us to slow down.'));
    await expect(ask(refused)).rejects.toThrow('arXiv asked us to slow down.');
    await expect(ask()).rejects.toMatchObject({
      kind: 'rate-limited',
      message: 'arXiv is not asked again before 08:10 UTC, as it wished.',
      retryAfterMs: 600_000,
    });
    await clock.advance(599_999);
    await expect(ask()).rejects.toMatchObject({ retryAfterMs: 1 });
    await clock.advance(1);
    await ask();
    expect(starts).toEqual(['00:00', '10:00']);
  });

  it('refuses those in the queue too', async () => {
    const { clock, starts, ask } = open();
    const first = ask(() => Promise.reject(new SourceError('rate-limited', 'slow down')));
    const second = ask();
    await expect(first).rejects.toThrow('slow down');
    await expect(second).rejects.toThrow('before 08:10 UTC');
    await walk(clock, 5);
    expect(starts).toEqual(['00:00']);
  });

  it('obeys a source that asks for more', async () => {
    const { ask } = open();
    await expect(
      ask(() => Promise.reject(new SourceError('rate-limited', 'no', { retryAfterMs: 3_600_000 }))),
    ).rejects.toThrow('no');
    await expect(ask()).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
  });

  it('stops before a window is spent, and goes on in the next', async () => {
    const { clock, starts, ask } = open({ ...ARXIV, everyMs: 0 });
    await ask(async () => ({ ...OK, rateLimit: { remaining: 6, resetMs: 200_000 } }));
    await ask(async () => ({ ...OK, rateLimit: { remaining: 5, resetMs: 200_000 } }));
    await expect(ask()).rejects.toMatchObject({ kind: 'rate-limited', retryAfterMs: 200_000 });
    await clock.advance(200_000);
    await ask();
    expect(starts).toHaveLength(3);
  });

  it('waits no longer than its rule when the clock was hours ahead and is set back', async () => {
    const { clock, starts, ask } = open();
    await ask();
    await clock.advance(-3 * HOUR_MS);
    const next = ask();
    await walk(clock, 2);
    expect(starts).toEqual(['00:00']);
    await walk(clock, 1);
    await next;
    expect(starts).toEqual(['00:00', '00:03']);
  });

  it('keeps silent no longer than it was asked to when the clock was hours ahead and is set back', async () => {
    const { clock, starts, ask } = open();
    const refused = () =>
      Promise.reject(new SourceError('rate-limited', 'no', { retryAfterMs: 2 * PAUSE_MS }));
    await expect(ask(refused)).rejects.toThrow('no');
    await clock.advance(-3 * HOUR_MS);
    await expect(ask()).rejects.toMatchObject({
      message: 'arXiv is not asked again before 05:20 UTC, as it wished.',
      retryAfterMs: 2 * PAUSE_MS,
    });
    await clock.advance(2 * PAUSE_MS);
    await ask();
    expect(starts).toEqual(['00:00', '20:00']);
  });

  it('lets go of a caller who gives up while waiting', async () => {
    const { clock, pace, ask } = open();
    await ask();
    const giveUp = new AbortController();
    const waiting = pace.run(async () => OK, giveUp.signal);
    await clock.sleeping();
    giveUp.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});
