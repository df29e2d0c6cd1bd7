import { describe, expect, it } from 'vitest';
import { openEndpoint } from '../../../src/search/embedders/endpoint.ts';
import type { Clock } from '../../../src/time/clock.ts';
import {
  EMBEDDINGS,
  embedByWords,
  embeddings,
  openEmbeddingServer,
  placing,
  readAsked,
} from '../../fakes/llm/embedding-server.ts';
import { answer, drop, type Handler, json } from '../../fakes/sources/http-server.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { topicalPapers } from '../indexing/topics.ts';

const START = '2026-05-29T08:00:00Z';
const { signal } = new AbortController();
/** Generous for a busy machine: the awaited event either happens or never does. */

async function openServed(options: { clock?: Clock; apiKey?: string } = {}) {
  const server = await openEmbeddingServer();
  const { clock = fakeClock(START), apiKey } = options;
  const embedder = openEndpoint({
    baseUrl: server.baseUrl,
    apiKey,
    model: 'places',
    clock,
    retryDelayMs: 0,
    random: () => 0.5,
  });
  return { server, embedder };
}

const two = topicalPapers(2);

describe('an embeddings server', () => {
  it('is called with its model and key, and returns one unit vector per text, in order', async () => {
    const { server, embedder } = await openServed({ apiKey: 'sk-canary' });
    const vectors = await embedder.embed(two, 'paper', signal);
    const [request] = server.requests;
    expect(request?.path).toBe(EMBEDDINGS);
    expect(request?.headers['authorization']).toBe('Bearer sk-canary');
    const inputs = two.map(({ title, abstract }) => `${title}\n\n${abstract}`);
    expect(request && readAsked(request)).toEqual({ model: 'places', input: inputs });
    for (const [at, input] of inputs.entries()) {
      const vector = embedByWords(input, 16);
      const length = Math.hypot(...vector);
      expect([...(vectors[at] ?? [])]).toEqual(vector.map((value) => expect.closeTo(value / length, 5)));
    }
  });

  it('gets no key if none is set, no empty text, and no text beyond the limit of models', async () => {
    const { server, embedder } = await openServed();
    await embedder.embed(
      [
        { title: '', abstract: '' },
        { title: 'Long', abstract: 'word '.repeat(20_000) },
      ],
      'paper',
      signal,
    );
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
    const [empty, long] = server.texts();
    expect(empty).not.toBe('');
    expect(long).toHaveLength(20_000);
  });

  it('gives no vector for a text with a zero vector', async () => {
    const { server, embedder } = await openServed();
    server.answersBy(
      embeddings([
        [0, 0],
        [3, 4],
      ]),
    );
    const [none, some] = await embedder.embed(two, 'paper', signal);
    expect(none).toBeUndefined();
    expect([...(some ?? [])]).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.8, 6)]);
  });
});

describe('indexing papers with an embeddings server', () => {
  it('survives a short outage', async () => {
    const { server, embedder } = await openServed();
    server.answersBy(json({}, { status: 502 }), drop, placing(16));
    expect(await embedder.embed(two, 'paper', signal)).toHaveLength(2);
    expect(server.requests).toHaveLength(3);
  });

  it('gives up after three attempts in a longer outage', async () => {
    const { server, embedder } = await openServed();
    server.answersBy(json({}, { status: 500 }));
    await expect(embedder.embed(two, 'paper', signal)).rejects.toThrow('The embedder is down (status 500).');
    expect(server.requests).toHaveLength(3);
  });

  it('waits as long as a 429 asks, then continues', async () => {
    const clock = fakeClock(START);
    const { server, embedder } = await openServed({ clock });
    server.answersBy(json({}, { status: 429, headers: { 'retry-after': '90' } }), placing(16));
    const embedding = embedder.embed(two, 'paper', signal);
    await clock.sleeping();
    await clock.advance(89_999);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1);
    expect(await embedding).toHaveLength(2);
    expect(server.requests).toHaveLength(2);
  });

  it('waits longer after each 429 without a time, and finally leaves the work to the next round', async () => {
    const clock = fakeClock(START);
    const { server, embedder } = await openServed({ clock });
    server.answersBy(json({}, { status: 429 }));
    const embedding = embedder.embed(two, 'paper', signal);
    const ended = expect(embedding).rejects.toThrow('The embedder is limiting requests.');
    const starts = [0];
    for (const pause of [5_000, 10_000, 20_000, 40_000, 80_000]) {
      await clock.sleeping();
      await clock.advance(pause - 1);
      expect(server.requests).toHaveLength(starts.length);
      starts.push(pause);
      await clock.advance(1);
    }
    await ended;
    expect(server.requests).toHaveLength(6);
  });

  it('does not wait for a 429 of an hour, or after it was stopped', async () => {
    const { server, embedder } = await openServed();
    server.answersBy(json({}, { status: 429, headers: { 'retry-after': '3600' } }));
    await expect(embedder.embed(two, 'paper', signal)).rejects.toMatchObject({ kind: 'rate-limited' });
    expect(server.requests).toHaveLength(1);

    const clock = fakeClock(START);
    const second = await openServed({ clock });
    second.server.answersBy(json({}, { status: 429 }));
    const controller = new AbortController();
    const stopped = expect(second.embedder.embed(two, 'paper', controller.signal)).rejects.toThrow('enough');
    await clock.sleeping();
    controller.abort(new Error('enough'));
    await stopped;
  });
});

describe('papers in a batch with one that the server refuses', () => {
  const five = topicalPapers(5).map((paper) => ({ ...paper, abstract: paper.abstract ?? '' }));
  const long = { title: 'Long', abstract: 'word '.repeat(1_000) };
  const refused = json({ error: { message: 'maximum context length is 512 tokens' } }, { status: 400 });

  function refusing(isRefused: (input: readonly string[]) => boolean, refusal = refused): Handler {
    return (request, response) =>
      (isRefused(readAsked(request).input) ? refusal : placing(16))(request, response);
  }
  const having = (isRefused: (text: string) => boolean) => (input: readonly string[]) =>
    input.some(isRefused);

  it('all get vectors, and one that is too long gets the vector of its beginning', async () => {
    const { server, embedder } = await openServed();
    const expected = await embedder.embed(five, 'paper', signal);
    const [beginning] = await embedder.embed(
      [{ title: '', abstract: `Long\n\n${long.abstract}`.slice(0, 1_252) }],
      'paper',
      signal,
    );
    server.answersBy(refusing(having((text) => text.length > 2_000)));
    const vectors = await embedder.embed([...five.slice(0, 3), long, ...five.slice(3)], 'paper', signal);
    expect(vectors).toEqual([...expected.slice(0, 3), beginning, ...expected.slice(3)]);
  });

  it('get vectors, except one that is refused at any length', async () => {
    const { server, embedder } = await openServed();
    server.answersBy(refusing(having((text) => text.startsWith('Long'))));
    const vectors = await embedder.embed([...five, long], 'paper', signal);
    expect(vectors.map((vector) => vector?.length)).toEqual([16, 16, 16, 16, 16, undefined]);
    const lengths = server
      .texts()
      .filter((text) => text.startsWith('Long'))
      .map((text) => text.length);
    expect(Math.min(...lengths)).toBe(500);
  });

  it('are cut between characters, not within one', async () => {
    const { server, embedder } = await openServed();
    server.answersBy(refusing(having((text) => text.length > 600)));
    await embedder.embed([{ title: '', abstract: `a${'𝒳'.repeat(400)}` }], 'paper', signal);
    expect(server.texts().filter((text) => /\p{Surrogate}/u.test(text))).toEqual([]);
  });

  it.each([400, 413, 422])('are sent in halves if there are too many at once, status %i', async (status) => {
    const { server, embedder } = await openServed();
    server.answersBy(refusing((input) => input.length > 2, json({}, { status })));
    for (const purpose of ['paper', 'question'] as const) {
      const vectors = await embedder.embed(five, purpose, signal);
      expect(vectors.map((vector) => vector?.length)).toEqual([16, 16, 16, 16, 16]);
    }
  });

  it.each([401, 402, 403, 404, 405, 408])(
    'wait for another round if the error is not about the texts, status %i',
    async (status) => {
      const { server, embedder } = await openServed();
      server.answersBy(json({}, { status }));
      await expect(embedder.embed(five, 'paper', signal)).rejects.toThrow('The embedder');
      expect(server.requests).toHaveLength(1);
    },
  );

  it('wait for another round if the server refuses everything', async () => {
    const { server, embedder } = await openServed();
    server.answersBy(refused);
    await expect(embedder.embed([...five, long], 'paper', signal)).rejects.toThrow(
      'The embedder rejected the request (status 400).',
    );
    await expect(embedder.embed([long], 'question', signal)).rejects.toThrow('status 400');
  });
});

it('a query is embedded once, without waiting behind papers', async () => {
  const { server, embedder } = await openServed();
  server.answersBy(
    json({}, { status: 429 }),
    json({}, { status: 500 }),
    json({}, { status: 400 }),
    placing(16),
  );
  const ask = () => embedder.embed([{ title: '', abstract: 'glacier' }], 'question', signal);
  await expect(ask()).rejects.toMatchObject({ kind: 'rate-limited' });
  await expect(ask()).rejects.toMatchObject({ kind: 'unreachable' });
  await expect(ask()).rejects.toMatchObject({ kind: 'refused' });
  expect(server.requests).toHaveLength(3);

  // The response for papers never comes, but the one for the query does.
  server.answersBy(() => {}, placing(16));
  const papers = new AbortController();
  const never = embedder.embed(two, 'paper', papers.signal);
  await expect.poll(() => server.requests.length).toBe(4);
  expect(await ask()).toHaveLength(1);
  papers.abort(new Error('enough'));
  await expect(never).rejects.toThrow('enough');
});

describe('an unusable response of an embeddings server', () => {
  const whole = JSON.stringify({
    data: [
      { index: 0, embedding: [1, 2] },
      { index: 1, embedding: [3, 4] },
    ],
  });
  it.each<[string, Handler, string]>([
    ['a vector too few', embeddings([[1, 2]]), 'a different number of vectors than texts'],
    [
      'a vector too many',
      embeddings([
        [1, 2],
        [1, 2],
        [1, 2],
      ]),
      'a different number of vectors than texts',
    ],
    [
      'two vectors for one text',
      json({
        data: [
          { index: 1, embedding: [1] },
          { index: 1, embedding: [1] },
        ],
      }),
      'a different number of vectors than texts',
    ],
    [
      'an index of a billion',
      json({ data: [{ index: 1e9, embedding: [1] }] }),
      'a different number of vectors',
    ],
    [
      'vectors of two lengths',
      embeddings([
        [1, 2],
        [1, 2, 3],
      ]),
      'vectors of different lengths',
    ],
    ['empty vectors', embeddings([[], []]), 'no vectors'],
    [
      'nothing where a number belongs',
      embeddings([
        [1, null],
        [1, 2],
      ]),
      'no vectors',
    ],
    [
      'words where numbers belong',
      embeddings([
        [1, '2'],
        [1, 2],
      ]),
      'no vectors',
    ],
    ['a number beyond all', answer('application/json', whole.replace('[1,2]', '[1,1e999]')), 'no vectors'],
    [
      'NaN, as Python writes it',
      answer('application/json', whole.replace('[1,2]', '[1,NaN]')),
      'incomplete or damaged JSON',
    ],
    ['half an answer', answer('application/json', whole.slice(0, 60)), 'incomplete or damaged JSON'],
    ['a web page', answer('text/html', '<html>Welcome</html>'), 'a web page instead of data'],
    ['a web page that says it is JSON', answer('application/json', '<html>'), 'a web page instead of data'],
    ['nothing', answer('application/json', ''), 'nothing'],
    ['an error with status 200', json({ error: { message: 'no' } }), 'no vectors'],
    ['a list', json([]), 'no vectors'],
  ])('is refused with an error message: %s', async (_, handler, what) => {
    const { server, embedder } = await openServed();
    server.answersBy(handler);
    const refused = embedder.embed(two, 'paper', signal);
    await expect(refused).rejects.toMatchObject({ kind: 'broken-answer' });
    await expect(refused).rejects.toThrow(`The embedder returned ${what}`);
    // A retry would return the same.
    expect(server.requests).toHaveLength(1);
  });
});
