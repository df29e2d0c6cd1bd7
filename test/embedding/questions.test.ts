import { describe, expect, it } from 'vitest';
import { openEndpoint } from '../../src/embedding/endpoint.ts';
import { openQuestions } from '../../src/embedding/questions.ts';
import { openQuestionsByModel } from '../../src/embedding/questions-by-model.ts';
import { EMBEDDINGS, held, openEmbeddingServer, placing, readAsked } from '../support/embedding-server.ts';
import { holdClock } from '../support/held-clock.ts';
import { json } from '../support/http-server.ts';

const START = '2026-05-29T08:00:00Z';

async function openAsked() {
  const server = await openEmbeddingServer();
  const clock = holdClock(START);
  const changes: boolean[] = [];
  const embedder = openEndpoint({ baseUrl: server.baseUrl, model: 'places', clock });
  const questions = openQuestions({ embedder, clock, onChange: (answers) => changes.push(answers) });
  return { server, clock, changes, questions };
}

describe('a question', () => {
  it('is placed, and asked of the server once', async () => {
    const { server, questions } = await openAsked();
    const first = await questions.place('glacier');
    expect(Math.hypot(...(first ?? []))).toBeCloseTo(1, 5);
    expect(await questions.place('glacier')).toEqual(first);
    expect(server.texts()).toEqual(['glacier']);
  });

  it('has no place when the answer takes longer than people wait, and the request is broken off', async () => {
    const { server, clock, questions } = await openAsked();
    let brokenOff = false;
    const slow = held(placing(16));
    server.answersBy((request, response) => {
      response.on('close', () => {
        brokenOff = !response.writableEnded;
      });
      return slow.handler(request, response);
    });
    const placing300 = questions.place('glacier');
    await slow.asked;
    await clock.advance(300);
    expect(await placing300).toBeUndefined();
    await expect.poll(() => brokenOff).toBe(true);
    slow.letGo();
  });

  it('waits for nobody who failed twice in a row, until some time has passed', async () => {
    const { server, clock, changes, questions } = await openAsked();
    server.answersBy(json({}, { status: 500 }));
    expect(await questions.place('one')).toBeUndefined();
    expect(changes).toEqual([]);
    expect(await questions.place('two')).toBeUndefined();
    expect(changes).toEqual([false]);
    server.answersBy(placing(16));
    expect(await questions.place('three')).toBeUndefined();
    await clock.advance(29_999);
    expect(await questions.place('four')).toBeUndefined();
    expect(server.texts()).toEqual(['one', 'two']);
    await clock.advance(1);
    expect(await questions.place('five')).toBeDefined();
    expect(changes).toEqual([false, true]);
  });

  it('that was answered before is answered while the server rests', async () => {
    const { server, questions } = await openAsked();
    const known = await questions.place('glacier');
    server.answersBy(json({}, { status: 500 }));
    await questions.place('one');
    await questions.place('two');
    expect(await questions.place('glacier')).toEqual(known);
  });
});

describe('questions for the model that serves', () => {
  async function openByModel() {
    const server = await openEmbeddingServer();
    const clock = holdClock(START);
    const openNamed = (model: string) => openEndpoint({ baseUrl: server.baseUrl, model, clock });
    const questionsOf = openQuestionsByModel({
      embedder: openNamed('new'),
      openNamed,
      clock,
      onChange: () => {},
    });
    const models = () =>
      server.requests.filter(({ path }) => path === EMBEDDINGS).map((request) => readAsked(request).model);
    return { server, questionsOf, models };
  }

  it('are placed by its own name while another one is being built', async () => {
    const { questionsOf, models } = await openByModel();
    for (const name of ['old', 'new']) {
      expect(await questionsOf({ maker: 'endpoint', name })?.place('glacier')).toBeDefined();
    }
    expect(models()).toEqual(['old', 'new']);
    // What one remembers is not the other's.
    expect(questionsOf({ maker: 'endpoint', name: 'old' })).toBe(
      questionsOf({ maker: 'endpoint', name: 'old' }),
    );
  });

  it('are nobody’s when another kind of embedder made its vectors', async () => {
    const { questionsOf } = await openByModel();
    expect(questionsOf({ maker: 'local', name: 'new' })).toBeUndefined();
  });
});
