/** Whatever a language model does, whoever asked is answered, soon, and told what it is that they read. */
import { describe, expect, it } from 'vitest';
import { HANGS, modelFaults } from '../../fakes/llm/model-faults.ts';
import { PATH } from '../../fakes/llm/model-server.ts';
import { drop } from '../../fakes/sources/http-server.ts';
import { GOOD, OWN, openFrame, QUESTIONS, SAID } from './harness.ts';

const SLOW = 'the language model did not respond in time';

/** Sentences of the abstract, none of the model's, and the reason. */
function expectExtracted(text: string, why: string): void {
  expect(OWN.some((sentence) => text.includes(sentence))).toBe(true);
  for (const words of SAID) expect(text).not.toContain(words);
  expect(text).toMatch(/extracted/i);
  expect(text).toContain(why);
  expect(text).not.toContain('stub');
}

describe.each(QUESTIONS)('/papers %s %j', (name, values, calls) => {
  it('shows what a model that is well wrote, and says so: the control', async () => {
    const { ask, server } = await openFrame();
    const { text } = await ask(name, values);
    expect(SAID.some((words) => text.includes(words))).toBe(true);
    expect(text).toMatch(/(?:written|answered) by stub/i);
    expect(server.requests).toHaveLength(calls);
  });

  it.each(modelFaults(GOOD))('is answered by extraction when the model %s', async (_, fault, why) => {
    const { ask, server } = await openFrame();
    server.on(PATH, fault);
    expectExtracted((await ask(name, values)).text, why);
    expect(server.requests).toHaveLength(calls);
  });

  it.each(HANGS)('is answered within ten seconds when the model %s and no more', async (_, hang) => {
    const { ask, server, clock } = await openFrame();
    const asked = new Promise<void>((resolve) => {
      server.on(PATH, (request, response) => {
        hang(request, response);
        if (server.requests.length === calls) resolve();
      });
    });
    const answer = ask(name, values);
    await asked;
    await clock.advance(10_000);
    expectExtracted((await answer).text, SLOW);
  });

  it('is answered when no server is there', async () => {
    const { ask, server } = await openFrame();
    await server.close();
    expectExtracted((await ask(name, values)).text, 'the language model is not reachable');
  });
});

describe('a model that hangs', () => {
  it('has failed once, however many calls were under way', async () => {
    const { ask, server, clock } = await openFrame();
    const [compare] = QUESTIONS.filter(([name]) => name === 'compare');
    const [name, values, calls] = compare ?? expect.unreachable();
    for (const round of [1, 2]) {
      const asked = new Promise<void>((resolve) => {
        server.on(PATH, () => {
          if (server.requests.length === round * calls) resolve();
        });
      });
      const answer = ask(name, values);
      await asked;
      await clock.advance(9_000);
      await answer;
    }
    // Four calls failed, in two moments: it is asked a third time.
    server.on(PATH, drop);
    await ask('ask', { question: 'which router?', paper: '2605.00001' });
    expect(server.requests).toHaveLength(2 * calls + 1);
    // Three moments: it is left alone.
    await ask('ask', { question: 'which router?', paper: '2605.00001' });
    expect(server.requests).toHaveLength(2 * calls + 1);
  });
});

describe('a model that thinks aloud', () => {
  it('is heard from where it answers', async () => {
    const { ask } = await openFrame({
      writes: () => `<think>Maybe {"points": []}? No, {better}.</think>\n${GOOD}`,
    });
    const { text } = await ask('summary', { paper: '2605.00001' });
    expect(text).toContain(SAID[0]);
  });
});
