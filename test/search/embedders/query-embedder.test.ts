import { describe, expect, it } from 'vitest';
import { openEndpoint } from '../../../src/search/embedders/endpoint.ts';
import { openQueryEmbedder } from '../../../src/search/embedders/query-embedder.ts';
import { openQueryEmbedders } from '../../../src/search/embedders/query-embedders.ts';
import {
  EMBEDDINGS,
  held,
  openEmbeddingServer,
  placing,
  readAsked,
} from '../../fakes/llm/embedding-server.ts';
import { json } from '../../fakes/sources/http-server.ts';
import { fakeClock } from '../../support/fake-clock.ts';

const START = '2026-05-29T08:00:00Z';

async function openAsked() {
  const server = await openEmbeddingServer();
  const clock = fakeClock(START);
  const changes: boolean[] = [];
  const embedder = openEndpoint({ baseUrl: server.baseUrl, model: 'places', clock });
  const questions = openQueryEmbedder({ embedder, clock, onChange: (answers) => changes.push(answers) });
  return { server, clock, changes, questions };
}

describe('a query’s embedding', () => {
  it('is requested from the server once', async () => {
    const { server, questions } = await openAsked();
    const first = await questions.embed('glacier');
    expect(Math.hypot(...(first ?? []))).toBeCloseTo(1, 5);
    expect(await questions.embed('glacier')).toEqual(first);
    expect(server.texts()).toEqual(['glacier']);
  });

  it('is left out if the response takes too long, and the request is cancelled', async () => {
    const { server, clock, questions } = await openAsked();
    let brokenOff = false;
    const slow = held(placing(16));
    server.answersBy((request, response) => {
      response.on('close', () => {
        brokenOff = !response.writableEnded;
      });
      return slow.handler(request, response);
    });
    const placing300 = questions.embed('glacier');
    await slow.asked;
    await clock.advance(300);
    expect(await placing300).toBeUndefined();
    await expect.poll(() => brokenOff).toBe(true);
    slow.letGo();
  });

  it('is not requested for some time after two failures in a row', async () => {
    const { server, clock, changes, questions } = await openAsked();
    server.answersBy(json({}, { status: 500 }));
    expect(await questions.embed('one')).toBeUndefined();
    expect(changes).toEqual([]);
    expect(await questions.embed('two')).toBeUndefined();
    expect(changes).toEqual([false]);
    server.answersBy(placing(16));
    expect(await questions.embed('three')).toBeUndefined();
    await clock.advance(29_999);
    expect(await questions.embed('four')).toBeUndefined();
    expect(server.texts()).toEqual(['one', 'two']);
    await clock.advance(1);
    expect(await questions.embed('five')).toBeDefined();
    expect(changes).toEqual([false, true]);
  });

  it('comes from the cache while the server is not used', async () => {
    const { server, questions } = await openAsked();
    const known = await questions.embed('glacier');
    server.answersBy(json({}, { status: 500 }));
    await questions.embed('one');
    await questions.embed('two');
    expect(await questions.embed('glacier')).toEqual(known);
  });
});

describe('a query’s embedding for the active model', () => {
  async function openByModel() {
    const server = await openEmbeddingServer();
    const clock = fakeClock(START);
    const openNamed = (model: string) => openEndpoint({ baseUrl: server.baseUrl, model, clock });
    const queryEmbedderOf = openQueryEmbedders({
      embedder: openNamed('new'),
      openNamed,
      clock,
      onChange: () => {},
    });
    const models = () =>
      server.requests.filter(({ path }) => path === EMBEDDINGS).map((request) => readAsked(request).model);
    return { server, queryEmbedderOf, models };
  }

  it('uses that model’s name while another one is being built', async () => {
    const { queryEmbedderOf, models } = await openByModel();
    for (const name of ['old', 'new']) {
      expect(await queryEmbedderOf({ maker: 'endpoint', name })?.embed('glacier')).toBeDefined();
    }
    expect(models()).toEqual(['old', 'new']);
    // Each model has its own cache.
    expect(queryEmbedderOf({ maker: 'endpoint', name: 'old' })).toBe(
      queryEmbedderOf({ maker: 'endpoint', name: 'old' }),
    );
  });

  it('is left out if another kind of embedder made the model’s vectors', async () => {
    const { queryEmbedderOf } = await openByModel();
    expect(queryEmbedderOf({ maker: 'local', name: 'new' })).toBeUndefined();
  });
});
