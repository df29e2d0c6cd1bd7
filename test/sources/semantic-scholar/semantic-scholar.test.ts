import { describe, expect, it } from 'vitest';
import type { Paper } from '../../../src/papers/paper.ts';
import { openSemanticScholar } from '../../../src/sources/semantic-scholar/semantic-scholar.ts';
import { json, openHttpServer } from '../../fakes/sources/http-server.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { readJsonFixture } from '../../support/fixtures.ts';

const BATCH = '/graph/v1/paper/batch';

function paper(id: string): Paper {
  return { id, title: `Title of ${id}`, abstract: 'A', authors: [], categories: [], keywords: [] };
}

async function open(apiKey?: string) {
  const server = await openHttpServer();
  const clock = fakeClock('2026-03-13T12:00:00Z');
  const source = openSemanticScholar({
    url: server.url,
    clock,
    retryDelayMs: 0,
    ...(apiKey !== undefined && { apiKey }),
  });
  return { server, clock, source };
}

describe('Semantic Scholar', () => {
  it('adds citations, venue and DOI to papers by their position in the batch, but not arXiv as a venue', async () => {
    const { server, source } = await open('key');
    server.on(
      BATCH,
      json([
        {
          citationCount: 12,
          venue: 'NeurIPS',
          externalIds: { DOI: '10.1109/5.771073' },
          tldr: { text: 'x' },
          title: 'other',
        },
        null,
        ...(readJsonFixture('semantic-scholar/batch.synthetic.json') as object[]).slice(0, 1),
        { citationCount: null, venue: '' },
      ]),
    );
    const ids = ['2603.00001', '2603.00002', 'hep-th/9901001', '2603.00004'];
    expect(await source.enrich([paper('pb-0123456789abcdef'), ...ids.map(paper)])).toEqual([
      {
        id: '2603.00001',
        title: 'Title of 2603.00001',
        abstract: 'A',
        citations: 12,
        venue: 'NeurIPS',
        doi: '10.1109/5.771073',
      },
      { id: 'hep-th/9901001', title: 'Title of hep-th/9901001', abstract: 'A', citations: 0 },
    ]);
    const [request] = server.requests;
    expect(request?.method).toBe('POST');
    expect(request?.headers['x-api-key']).toBe('key');
    expect(JSON.parse(request?.body ?? '')).toEqual({ ids: ids.map((id) => `arXiv:${id}`) });
  });

  it('gets at most 500 papers in a request, and no request for none', async () => {
    const { server, source } = await open();
    server.on(BATCH, json(Array.from({ length: 500 }, () => null)));
    expect(await source.enrich([paper('pb-0123456789abcdef')])).toEqual([]);
    expect(server.requests).toHaveLength(0);
    const many = Array.from({ length: 501 }, (_, index) => paper(`2603.${String(index).padStart(5, '0')}`));
    await source.enrich(many);
    expect(JSON.parse(server.requests[0]?.body ?? '').ids).toHaveLength(500);
  });

  it('is not trusted if it returns fewer results than requested', async () => {
    const { server, source } = await open();
    server.on(BATCH, json([{ citationCount: 1 }]));
    await expect(source.enrich([paper('2603.00001'), paper('2603.00002')])).rejects.toThrow(
      'Semantic Scholar returned a different number of papers than requested.',
    );
  });

  it('gets one request a second, and none for ten minutes after a 429', async () => {
    const { server, clock, source } = await open();
    server.on(BATCH, json([null]), json({}, { status: 429 }));
    await source.enrich([paper('2603.00001')]);
    const second = source.enrich([paper('2603.00001')]);
    await clock.sleeping();
    expect(server.requests).toHaveLength(1);
    await clock.advance(1_100);
    await expect(second).rejects.toThrow('Semantic Scholar is limiting requests.');
    await expect(source.enrich([paper('2603.00001')])).rejects.toMatchObject({ retryAfterMs: 600_000 });
    expect(server.requests).toHaveLength(2);
  });
});
