import { describe, expect, it } from 'vitest';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openSummaryGenerator } from '../../src/summary/generated-summary.ts';
import { openGenerationCache } from '../../src/summary/generation-cache.ts';
import { openSummaryService } from '../../src/summary/summary-service.ts';
import { openSummaryStore } from '../../src/summary/summary-store.ts';
import { type Asked, completion, openModelServer, openTestWriter, PATH } from '../fakes/llm/model-server.ts';
import { drop } from '../fakes/sources/http-server.ts';
import { openTestDatabase } from '../support/database.ts';
import { fakeClock } from '../support/fake-clock.ts';

const PAPER = {
  id: '2605.00001',
  title: 'Routing Tokens to Mixtures of Experts',
  abstract:
    'Mixtures of experts are large but slow to train. We propose a router that learns which tokens each of 64 experts reads. It needs no auxiliary loss. Experiments on three corpora show that it trains 2.5 times faster.',
};
const ADA = { platform: 'discord', workspace: 'discord', person: 'ada' };
const ALAN = { ...ADA, person: 'alan' };

const POINT = {
  text: 'A router learns by itself which expert is to read a token.',
  quote: 'We propose a router that learns which tokens each of 64 experts reads.',
};
const SECOND = {
  text: 'With it, training is 2.5 times faster than before.',
  quote: 'Experiments on three corpora show that it trains 2.5 times faster.',
};
const points = (...written: object[]) => JSON.stringify({ points: written });

async function opened(writes: (asked: Asked) => string = () => points(POINT, SECOND), limits = {}) {
  const connection = await openTestDatabase();
  const papers = openPaperStore(connection);
  await papers.importBatch([PAPER], { source: 'arxiv', at: '2026-05-29T08:00:00Z' });
  const server = await openModelServer(writes);
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const generator = openTestWriter(connection, server.baseUrl, { clock, ...limits });
  const service = openSummaryService(
    openSummaryGenerator(openGenerationCache({ generator, store: openSummaryStore(connection), clock })),
  );
  return { connection, papers, server, clock, service };
}

describe('a summary by a language model', () => {
  it('is labelled, and each point stands with the sentence of the abstract that it rests on', async () => {
    const { service } = await opened();
    expect(await service.summariseFor('short', PAPER, ADA)).toEqual({
      tldr: POINT.text,
      basis: POINT.quote,
      points: [{ text: SECOND.text, basis: SECOND.quote }],
      madeBy: 'stub',
    });
  });

  it('keeps a point whose quote differs in case and punctuation alone, shown as it stands in the abstract', async () => {
    const { service } = await opened(() => points({ ...POINT, quote: '“we propose a ROUTER that learns…”' }));
    expect(await service.summariseFor('short', PAPER, ADA)).toMatchObject({ basis: POINT.quote });
  });

  it.each([
    [
      'rests on a sentence that is not there',
      { ...SECOND, quote: 'It is the best router that was ever made.' },
    ],
    ['rests on next to nothing', { ...SECOND, quote: 'It' }],
    ['tells a number that the paper does not', { ...SECOND, text: 'With it, training is 9 times faster.' }],
    ['holds a link', { ...SECOND, text: 'It is faster, as you see at evil.example/now.' }],
    ['mentions people', { ...SECOND, text: 'It is faster, @everyone.' }],
    ['holds what nobody sees', { ...SECOND, text: 'It is fas\u202eter than the others.' }],
    ['is longer than a point', { ...SECOND, text: 'It is faster. '.repeat(60) }],
  ])('drops a point that %s', async (_, point) => {
    const { service } = await opened(() => points(POINT, point));
    expect(await service.summariseFor('short', PAPER, ADA)).toMatchObject({ tldr: POINT.text, points: [] });
  });

  it('labels the points by the roles that the model names, and takes the line wherever it stands', async () => {
    const faster = { ...SECOND, text: 'Training is 2.5 times faster than before.' };
    const { service } = await opened(() => points({ ...faster, role: 'result' }, { ...POINT, role: 'line' }));
    expect(await service.summariseFor('short', PAPER, ADA)).toMatchObject({
      tldr: POINT.text,
      points: [{ kind: 'result', text: faster.text, basis: SECOND.quote }],
    });
  });

  it.each([
    ['fails a check', { ...SECOND, text: 'With it, training is 9 times faster.' }],
    ['cannot be read alone', { ...SECOND, text: 'It trains 2.5 times faster.' }],
  ])('has the sentence of the abstract in the role of a point that %s', async (_, point) => {
    const { service } = await opened(() => points({ ...POINT, role: 'line' }, { ...point, role: 'result' }));
    expect(await service.summariseFor('short', PAPER, ADA)).toMatchObject({
      tldr: POINT.text,
      points: [{ kind: 'result', text: SECOND.quote, basis: SECOND.quote }],
    });
  });

  it('loses the opening that points at another sentence', async () => {
    const { service } = await opened(() => points({ ...POINT, text: `To address this gap, ${POINT.text}` }));
    expect(await service.summariseFor('short', PAPER, ADA)).toMatchObject({ tldr: POINT.text });
  });

  it('is one line for who wants one', async () => {
    const { service } = await opened();
    expect(await service.summariseFor('line', PAPER, ADA)).toMatchObject({ tldr: POINT.text, points: [] });
  });

  it('is found in a fence, and behind words', async () => {
    const { service } = await opened(() => `Sure!\n\`\`\`json\n${points(POINT)}\n\`\`\``);
    expect(await service.summariseFor('short', PAPER, ADA)).toMatchObject({ madeBy: 'stub' });
  });

  it('costs one call however many wait, and none later; another level or version is another call', async () => {
    const { service, server } = await opened();
    await Promise.all(Array.from({ length: 50 }, () => service.summariseFor('short', PAPER, ADA)));
    expect(server.requests).toHaveLength(1);
    expect(await service.summariseFor('short', PAPER, ALAN)).toMatchObject({ madeBy: 'stub' });
    expect(server.requests).toHaveLength(1);
    await service.summariseFor('line', PAPER, ADA);
    expect(server.requests).toHaveLength(2);
    const revised = { ...PAPER, abstract: `${PAPER.abstract} It is also smaller than the others.` };
    await service.summariseFor('short', revised, ADA);
    expect(server.requests).toHaveLength(3);
    await service.summariseFor('short', revised, ADA);
    expect(server.requests).toHaveLength(3);
  });
});

describe('the budget', () => {
  it('of a person is theirs alone, and there again the next day', async () => {
    const { service, clock } = await opened(undefined, { allowance: { aDay: 10, aPerson: 1 } });
    const of = (who: typeof ADA, level: 'line' | 'short' | 'newcomers') =>
      service.summariseFor(level, PAPER, who).then((summary) => summary?.fallbackReason ?? summary?.madeBy);
    expect(await of(ADA, 'line')).toBe('stub');
    expect(await of(ADA, 'short')).toMatch(/^your daily limit .* is reached$/);
    expect(await of(ALAN, 'short')).toBe('stub');
    expect(await of(ADA, 'newcomers')).toMatch(/is reached$/);
    await clock.advance(86_400_000);
    expect(await of(ADA, 'newcomers')).toBe('stub');
  });

  it('of one who has none left is nobody else’s, also when others wait for the same', async () => {
    const { service, server } = await opened(undefined, { allowance: { aDay: 10, aPerson: 1 } });
    await service.summariseFor('line', PAPER, ADA);
    const asked = [ADA, ALAN, { ...ADA, person: 'grace' }].map((who) =>
      service.summariseFor('short', PAPER, who),
    );
    const [ada, alan, grace] = await Promise.all(asked);
    expect(ada?.fallbackReason).toMatch(/^your daily limit .* is reached$/);
    expect(alan?.madeBy).toBe('stub');
    expect(grace?.madeBy).toBe('stub');
    expect(server.requests).toHaveLength(2);
  });

  it('of a day is everybody’s, also when all ask at once', async () => {
    const { service, server } = await opened(undefined, { allowance: { aDay: 2, aPerson: 10 } });
    const asked = (['line', 'short', 'newcomers'] as const).map((level) =>
      service.summariseFor(level, PAPER, ADA),
    );
    const summaries = await Promise.all(asked);
    expect(summaries.filter((summary) => summary?.madeBy === 'stub')).toHaveLength(2);
    expect(summaries.map((summary) => summary?.fallbackReason).filter(Boolean)).toEqual([
      'today’s limit for the language model is reached',
    ]);
    expect(server.requests).toHaveLength(2);
  });
});

describe('a model that is of no use', () => {
  it('is replaced by extraction, which is not kept: the next one who asks has the model’s again', async () => {
    const { service, server } = await opened();
    server.on(PATH, completion('I would rather not.'));
    const summary = await service.summariseFor('short', PAPER, ADA);
    expect(summary).toMatchObject({
      madeBy: 'extracted',
      fallbackReason: expect.stringMatching(/not usable/),
    });
    expect(PAPER.abstract).toContain(summary?.tldr);
    server.on(PATH, completion(points(POINT)));
    expect(await service.summariseFor('short', PAPER, ADA)).toMatchObject({ madeBy: 'stub' });
  });

  it('is left alone for a minute after three failures', async () => {
    const { service, server, clock } = await opened();
    server.on(PATH, drop);
    for (let tries = 0; tries < 5; tries++) await service.summariseFor('short', PAPER, ADA);
    expect(server.requests).toHaveLength(3);
    server.on(PATH, completion(points(POINT)));
    await clock.advance(61_000);
    expect(await service.summariseFor('short', PAPER, ADA)).toMatchObject({ madeBy: 'stub' });
  });
});

describe('without a language model', () => {
  it('summaries are extracted, and who asks for newcomers’ words is told why there are none', async () => {
    const service = openSummaryService();
    expect(await service.summariseFor('line', PAPER, ADA)).toMatchObject({ points: [], madeBy: 'extracted' });
    const short = await service.summariseFor('short', PAPER, ADA);
    expect(short).toEqual(await service.summarise(PAPER));
    expect(await service.summariseFor('newcomers', PAPER, ADA)).toEqual({
      ...short,
      fallbackReason: 'summaries for newcomers need a language model, and none is set up',
    });
  });
});
