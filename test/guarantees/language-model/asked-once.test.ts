/**
 * The model is called once for the same thing, even if several people wait for it, and never beyond the
 * limits for a day and a person.
 */
import { describe, expect, it } from 'vitest';
import { keepSecret } from '../../../src/model/prompt-leak.ts';
import { openGenerationCache } from '../../../src/summary/generation-cache.ts';
import { openSummaryStore } from '../../../src/summary/summary-store.ts';
import { openTestWriter } from '../../fakes/llm/model-server.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { openFrame, SAID, SHELF } from './harness.ts';

const [ROUTING, PROMPTS] = SHELF.map(({ id }) => id);
const ONE = { paper: ROUTING ?? '' };
const BOTH = { papers: `${ROUTING}, ${PROMPTS}` };
const QUESTION = { ...ONE, question: 'what do they propose?' };

describe('text written by a language model', () => {
  it('costs one call for a paper and level, even if many people wait for it', async () => {
    const { ask, server } = await openFrame();
    const people = Array.from({ length: 50 }, (_, at) => `person-${at}`);
    const summaries = await Promise.all(people.map((person) => ask('summary', ONE, person)));
    expect(server.requests).toHaveLength(1);
    expect(new Set(summaries.map(({ text }) => text)).size).toBe(1);
    await Promise.all(people.map((person) => ask('compare', BOTH, person)));
    expect(server.requests).toHaveLength(3);
    await ask('summary', { ...ONE, level: 'newcomers' });
    expect(server.requests).toHaveLength(4);
  });

  it('costs no further call later, after a restart, or in another comparison', async () => {
    const { ask, start, server } = await openFrame();
    const [summary, compared] = [await ask('summary', ONE), await ask('compare', BOTH)];
    const again = start('stub');
    expect(await again.ask('summary', ONE)).toEqual(summary);
    expect(await again.ask('compare', BOTH, 'alan')).toEqual(compared);
    await again.ask('compare', { papers: `${PROMPTS}, ${ROUTING}` });
    expect(server.requests).toHaveLength(3);
  });

  it('is requested again from another model', async () => {
    const { ask, start, server } = await openFrame();
    await ask('summary', ONE);
    expect((await start('another').ask('summary', ONE)).text).toContain('Written by another');
    expect((await ask('summary', ONE)).text).toContain('Written by stub');
    expect(server.requests).toHaveLength(2);
  });

  it('is requested again for a new version of the paper, and replaces the old text', async () => {
    const { ask, papers, connection, server } = await openFrame();
    const rows = () => connection.prepare('SELECT count(*) FROM summaries').pluck().get();
    await ask('summary', ONE);
    await ask('compare', BOTH);
    expect(rows()).toBe(3);
    const revised = SHELF.map((paper) => ({ ...paper, abstract: `${paper.abstract} It is also small.` }));
    await papers.importBatch(revised, { source: 'arxiv', at: '2026-05-30T08:00:00Z' });
    await ask('summary', ONE);
    await ask('compare', BOTH);
    expect(server.requests).toHaveLength(6);
    expect(rows()).toBe(3);
  });

  it('is requested again after the instructions changed', async () => {
    const { connection, server } = await openFrame();
    const clock = fakeClock('2026-05-29T12:00:00Z');
    const generator = openTestWriter(connection, server.baseUrl, { clock });
    const write = openGenerationCache({ generator, store: openSummaryStore(connection), clock });
    const [paper] = SHELF;
    const read = () => [{ text: 'A', basis: 'B' }];
    const requester = { platform: 'discord', workspace: 'guild', person: 'ada' };
    const wanted = (instructions: string) => ({
      level: 'line' as const,
      instructions: keepSecret(instructions),
      material: 'M',
      read,
    });
    for (const instructions of ['Sum it up.', 'Sum it up.', 'Sum it up well.', 'Sum it up.'])
      await write(paper ?? expect.unreachable(), wanted(instructions), requester);
    expect(server.requests).toHaveLength(2);
  });

  it('is stored only for papers in the store', async () => {
    const { connection, server } = await openFrame();
    const clock = fakeClock('2026-05-29T12:00:00Z');
    const generator = openTestWriter(connection, server.baseUrl, { clock });
    const write = openGenerationCache({ generator, store: openSummaryStore(connection), clock });
    const wanted = {
      level: 'line' as const,
      instructions: keepSecret('Sum it up.'),
      material: 'M',
      read: () => [{ text: 'A', basis: 'B' }],
    };
    const stranger = { id: '2605.09999', title: 'Elsewhere', abstract: 'It is elsewhere.' };
    const requester = { platform: 'discord', workspace: 'guild', person: 'ada' };
    expect(await write(stranger, wanted, requester)).toMatchObject({ kind: 'generated' });
    expect(connection.prepare('SELECT count(*) FROM summaries').pluck().get()).toBe(0);
  });
});

describe('the budget for model calls', () => {
  const YOURS = 'your daily limit for the language model is reached';
  const TODAYS = 'today’s limit for the language model is reached';

  it('of one person does not affect anyone else, whichever commands they use', async () => {
    const { ask } = await openFrame({ allowance: { aDay: 100, aPerson: 2 } });
    expect((await ask('summary', ONE)).text).toContain('Written by stub');
    expect((await ask('ask', QUESTION)).text).toContain('answered by stub');
    expect((await ask('ask', QUESTION)).text).toContain(YOURS);
    // Stored results cost nothing.
    expect((await ask('summary', ONE)).text).toContain('Written by stub');
    expect((await ask('ask', QUESTION, 'alan')).text).toContain('answered by stub');
  });

  it('that is too small for a whole comparison leaves the other papers extracted, and the card says which', async () => {
    const { ask } = await openFrame({ allowance: { aDay: 100, aPerson: 1 } });
    const { text } = await ask('compare', BOTH);
    expect(text).toContain(SAID[1]);
    expect(text).toContain('We introduce soft prompts that leave the weights alone.');
    expect(text).toMatch(
      /1: written by stub, each based on a sentence of the abstract; 2: sentences extracted from the abstracts, some shortened, because your daily limit .* is reached$/,
    );
  });

  it('of a day is shared by everyone, and survives a restart', async () => {
    const { ask, start } = await openFrame({ allowance: { aDay: 2, aPerson: 2 } });
    await ask('ask', QUESTION, 'ada');
    await ask('ask', QUESTION, 'alan');
    expect((await ask('ask', QUESTION, 'grace')).text).toContain(TODAYS);
    expect((await start('stub').ask('summary', ONE, 'hedy')).text).toContain(TODAYS);
  });

  it('is renewed when the UTC day ends, and yesterday’s callers are forgotten', async () => {
    const { ask, clock, connection } = await openFrame({
      allowance: { aDay: 2, aPerson: 1 },
      at: '2026-05-29T23:59:58Z',
    });
    const askers = () => connection.prepare('SELECT day, person FROM model_calls').raw().all();
    await ask('ask', QUESTION, 'ada');
    expect((await ask('ask', QUESTION, 'ada')).text).toContain(YOURS);
    await ask('ask', QUESTION, 'alan');
    expect((await ask('ask', QUESTION, 'grace')).text).toContain(TODAYS);
    expect(askers()).toEqual([
      ['2026-05-29', 'ada'],
      ['2026-05-29', 'alan'],
    ]);
    await clock.advance(2_000);
    expect((await ask('ask', QUESTION, 'ada')).text).toContain('answered by stub');
    expect(askers()).toEqual([['2026-05-30', 'ada']]);
  });
});
