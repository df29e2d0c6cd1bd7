import { describe, expect, it } from 'vitest';
import type { HttpResponse } from '../../../src/sources/http/http.ts';
import { openSourcePace, type PaceRules } from '../../../src/sources/http/pace.ts';
import { SourceError } from '../../../src/sources/http/source-error.ts';
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts';

const HOUR_MS = 3_600_000;
const PAUSE_MS = 600_000;
const ARXIV: PaceRules = { source: 'arXiv', connections: 1, everyMs: 3_000, pauseMs: PAUSE_MS };
const OK: HttpResponse = { status: 200, text: '' };

function open(rules: PaceRules = ARXIV) {
  const clock = fakeClock('2026-05-29T08:00:00Z');
  const pace = openSourcePace(rules, clock);
  const starts: string[] = [];
  const request = (answer: () => Promise<HttpResponse> = async () => OK) =>
    pace.run(() => {
      starts.push(clock.now().toISOString().slice(14, 19));
      return answer();
    });
  return { clock, pace, starts, request };
}

async function walk(clock: FakeClock, seconds: number) {
  for (let second = 0; second < seconds; second++) await clock.advance(1_000);
}

describe('the pace of a source', () => {
  it('is one request in three seconds, for all callers together', async () => {
    const { clock, starts, request } = open();
    const all = Promise.all([request(), request(), request(), request()]);
    await walk(clock, 10);
    await all;
    expect(starts).toEqual(['00:00', '00:03', '00:06', '00:09']);
  });

  it('allows one connection while a response is slow, and does not wait twice then', async () => {
    const { clock, starts, request } = open();
    const slow = request(async () => {
      await clock.sleep(10_000);
      return OK;
    });
    const next = request();
    await walk(clock, 12);
    await Promise.all([slow, next]);
    expect(starts).toEqual(['00:00', '00:10']);
  });

  it('stops requests for ten minutes after a 429, and refuses them at once', async () => {
    const { clock, starts, request } = open();
    const refused = () => Promise.reject(new SourceError('rate-limited', 'arXiv is limiting requests.'));
    await expect(request(refused)).rejects.toThrow('arXiv is limiting requests.');
    await expect(request()).rejects.toMatchObject({
      kind: 'rate-limited',
      message: 'arXiv asked for a pause until 08:10 UTC.',
      retryAfterMs: 600_000,
    });
    await clock.advance(599_999);
    await expect(request()).rejects.toMatchObject({ retryAfterMs: 1 });
    await clock.advance(1);
    await request();
    expect(starts).toEqual(['00:00', '10:00']);
  });

  it('refuses waiting requests too after a 429', async () => {
    const { clock, starts, request } = open();
    const first = request(() => Promise.reject(new SourceError('rate-limited', 'slow down')));
    const second = request();
    await expect(first).rejects.toThrow('slow down');
    await expect(second).rejects.toThrow('until 08:10 UTC');
    await walk(clock, 5);
    expect(starts).toEqual(['00:00']);
  });

  it('is slower if the source asks for it', async () => {
    const { request } = open();
    await expect(
      request(() => Promise.reject(new SourceError('rate-limited', 'no', { retryAfterMs: 3_600_000 }))),
    ).rejects.toThrow('no');
    await expect(request()).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
  });

  it('stops before a rate limit window is used up, and continues in the next one', async () => {
    const { clock, starts, request } = open({ ...ARXIV, everyMs: 0 });
    await request(async () => ({ ...OK, rateLimit: { remaining: 6, resetMs: 200_000 } }));
    await request(async () => ({ ...OK, rateLimit: { remaining: 5, resetMs: 200_000 } }));
    await expect(request()).rejects.toMatchObject({ kind: 'rate-limited', retryAfterMs: 200_000 });
    await clock.advance(200_000);
    await request();
    expect(starts).toHaveLength(3);
  });

  it('stops for as long as asked if the clock is set back, and names the time by the new clock', async () => {
    const { clock, starts, request } = open();
    const refused = () =>
      Promise.reject(new SourceError('rate-limited', 'no', { retryAfterMs: 2 * PAUSE_MS }));
    await expect(request(refused)).rejects.toThrow('no');
    clock.jump(-3 * HOUR_MS);
    await expect(request()).rejects.toMatchObject({
      message: 'arXiv asked for a pause until 05:20 UTC.',
      retryAfterMs: 2 * PAUSE_MS,
    });
    await clock.advance(2 * PAUSE_MS);
    await request();
    expect(starts).toEqual(['00:00', '20:00']);
  });

  it('releases a caller who cancels while waiting', async () => {
    const { clock, pace, request } = open();
    await request();
    const giveUp = new AbortController();
    const waiting = pace.run(async () => OK, giveUp.signal);
    await clock.sleeping();
    giveUp.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});
