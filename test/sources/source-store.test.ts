import { describe, expect, it } from 'vitest';
import { openSourceStore } from '../../src/sources/source-store.ts';
import { openTestDatabase } from '../support/database.ts';

describe('the stored state of a source', () => {
  it('is absent before the first request', async () => {
    const store = openSourceStore(await openTestDatabase());
    expect(await store.get('hugging-face', 'latest')).toBeUndefined();
    expect(await store.list()).toEqual([]);
  });

  it('keeps the last success through failures, counts the failures, and resets them at the next success', async () => {
    const store = openSourceStore(await openTestDatabase());
    const good = { etag: '"a"', at: '2026-05-29T08:00:00.000Z', nextAt: '2026-05-29T09:00:00.000Z' };
    await store.succeeded('hugging-face', 'latest', good);
    const failure = { error: 'Hugging Face could not be reached.', nextAt: '2026-05-29T09:05:00.000Z' };
    await store.failed('hugging-face', 'latest', failure);
    await store.failed('hugging-face', 'latest', failure);
    expect(await store.get('hugging-face', 'latest')).toEqual({
      source: 'hugging-face',
      key: 'latest',
      etag: '"a"',
      fetchedAt: good.at,
      nextAt: failure.nextAt,
      failures: 2,
      error: failure.error,
    });
    await store.succeeded('hugging-face', 'latest', { at: '2026-05-29T09:06:00.000Z' });
    expect(await store.get('hugging-face', 'latest')).toEqual({
      source: 'hugging-face',
      key: 'latest',
      fetchedAt: '2026-05-29T09:06:00.000Z',
      failures: 0,
    });
  });

  it('counts a failure before any success, and is listed by source and key', async () => {
    const store = openSourceStore(await openTestDatabase());
    await store.failed('hugging-face', 'votes', { error: 'no', nextAt: '2026-05-29T09:05:00.000Z' });
    await store.failed('arxiv', 'daily', { error: 'no', nextAt: '2026-05-29T09:05:00.000Z' });
    expect((await store.list()).map(({ source, failures }) => [source, failures])).toEqual([
      ['arxiv', 1],
      ['hugging-face', 1],
    ]);
  });
});
