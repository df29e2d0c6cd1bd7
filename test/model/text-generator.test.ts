import { expect, it } from 'vitest';
import type { GenerationOutcome } from '../../src/model/text-generator.ts';
import { completion, openModelServer, openTestWriter, PATH } from '../fakes/llm/model-server.ts';
import { drop, json } from '../fakes/sources/http-server.ts';
import { openTestDatabase } from '../support/database.ts';

const ASKER = { platform: 'discord', workspace: 'guild', person: 'ada' };
const PROMPT = { instructions: 'You answer with one word.', material: 'Are you there?' };

it('the text generator reports the outcome of each request', async () => {
  const outcomes: GenerationOutcome[] = [];
  const server = await openModelServer(() => '');
  const writer = openTestWriter(await openTestDatabase(), server.baseUrl, {
    allowance: { aDay: 4, aPerson: 4 },
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  const write = (read = (reply: string) => reply) => writer.write(PROMPT, read, ASKER);
  server.on(PATH, completion('Yes.'));
  await write();
  await write(() => {
    throw new Error('not what was asked for');
  });
  server.on(PATH, drop);
  await write();
  server.on(PATH, json({ error: {} }, { status: 401 }));
  await write();
  await write();
  expect(outcomes).toEqual(['generated', 'unfit', 'down', 'down', 'day']);
});
