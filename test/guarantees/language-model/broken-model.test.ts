/** If a language model fails in any way, people get an extracted answer soon, with the reason. */
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
  it('shows the text of a healthy model, and labels it', async () => {
    const { ask, server } = await openFrame();
    const { text } = await ask(name, values);
    expect(SAID.some((words) => text.includes(words))).toBe(true);
    expect(text).toMatch(/(?:written|answered) by stub/i);
    expect(server.requests).toHaveLength(calls);
  });

  it.each(modelFaults(GOOD))('is answered by extraction if the model %s', async (_, fault, why) => {
    const { ask, server } = await openFrame();
    server.on(PATH, fault);
    expectExtracted((await ask(name, values)).text, why);
    expect(server.requests).toHaveLength(calls);
  });

  it.each(HANGS)('is answered within ten seconds if the model %s and then hangs', async (_, hang) => {
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

  it('is answered if no server is there', async () => {
    const { ask, server } = await openFrame();
    await server.close();
    expectExtracted((await ask(name, values)).text, 'the language model could not be reached');
  });
});

describe('a model that never responds', () => {
  it('counts as one failure, no matter how many calls were in progress', async () => {
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
    // Four calls failed, in two bursts: the model is called a third time.
    server.on(PATH, drop);
    await ask('ask', { question: 'which router?', paper: '2605.00001' });
    expect(server.requests).toHaveLength(2 * calls + 1);
    // After three bursts it gets no more calls.
    await ask('ask', { question: 'which router?', paper: '2605.00001' });
    expect(server.requests).toHaveLength(2 * calls + 1);
  });
});

describe('a model that writes its reasoning first', () => {
  it('has its reply read from after the reasoning', async () => {
    const { ask } = await openFrame({
      writes: () => `<think>Maybe {"points": []}? No, {better}.</think>\n${GOOD}`,
    });
    const { text } = await ask('summary', { paper: '2605.00001' });
    expect(text).toContain(SAID[0]);
  });
});
