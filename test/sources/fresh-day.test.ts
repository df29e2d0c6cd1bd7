import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openFreshDays } from '../../src/sources/fresh-day.ts';
import { openHuggingFaceSource } from '../../src/sources/hugging-face/hugging-face-source.ts';
import { openSourceStore } from '../../src/sources/source-store.ts';
import { drop, json, openHttpServer } from '../fakes/sources/http-server.ts';
import { openTestDatabase } from '../support/database.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { readJsonFixture } from '../support/fixtures.ts';

const DAY = '2026-05-29';

async function open() {
  const server = await openHttpServer();
  const connection = await openTestDatabase();
  const clock = fakeClock('2026-05-29T09:00:00Z');
  const papers = openPaperStore(connection);
  const state = openSourceStore(connection);
  const source = openHuggingFaceSource({ endpoint: server.url, clock, retryDelayMs: 0 });
  const refresh = openFreshDays({ source, papers, state, clock, log: silentLog });
  return { server, clock, papers, state, refresh };
}

describe('a list that is fetched before posting', () => {
  it('is in the store when the promise resolves', async () => {
    const { server, papers, refresh } = await open();
    server.on('/api/daily_papers', json(readJsonFixture('hugging-face/daily.synthetic.json')));
    expect(await refresh(DAY)).toEqual({ fresh: true, answeredAt: '2026-05-29T09:00:00.000Z' });
    expect((await papers.listedSince(DAY)).length).toBeGreaterThan(0);
  });

  it('is requested once for channels that are due together, and again later', async () => {
    const { server, clock, refresh } = await open();
    server.on('/api/daily_papers', json([]));
    await Promise.all([refresh(DAY), refresh(DAY), refresh(DAY)]);
    expect(server.requests).toHaveLength(1);
    await clock.advance(3 * 60_000);
    await refresh(DAY);
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ['is silent', drop],
    ['is broken', json({ error: 'oops' })],
    ['is out of order', json({}, { status: 500 })],
  ])('from a source that %s is an outage with its start time', async (_, handler) => {
    const { server, state, refresh } = await open();
    server.on('/api/daily_papers', handler);
    expect(await refresh(DAY)).toEqual({ fresh: false });
    await state.succeeded('hugging-face', 'latest', { at: '2026-05-29T07:12:00.000Z' });
    await state.succeeded('hugging-face', 'votes', { at: '2026-05-28T07:12:00.000Z' });
    expect(await refresh('2026-05-28')).toEqual({ fresh: false, answeredAt: '2026-05-29T07:12:00.000Z' });
  });

  it('is given up after twenty seconds', async () => {
    const { server, clock, refresh } = await open();
    server.on('/api/daily_papers', () => {});
    const asked = refresh(DAY);
    await expect.poll(() => server.requests.length).toBe(1);
    await clock.advance(20_000);
    expect(await asked).toEqual({ fresh: false });
  });

  it('for a day in the future is not an error of the program', async () => {
    const { refresh } = await open();
    expect(await refresh('2026-05-30')).toEqual({ fresh: false });
  });
});
