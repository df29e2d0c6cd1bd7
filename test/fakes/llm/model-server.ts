/** A language model on loopback with OpenAI's chat completions API. It writes what the test specifies. */
import { z } from 'zod';
import { silentLog } from '../../../src/base/log.ts';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import type { Allowance } from '../../../src/model/budget.ts';
import { openBudgetStore } from '../../../src/model/budget-store.ts';
import { openLanguageModel } from '../../../src/model/openai.ts';
import { type GenerationOutcome, openTextGenerator } from '../../../src/model/text-generator.ts';
import type { Clock } from '../../../src/time/clock.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { type Handler, json, openHttpServer } from '../sources/http-server.ts';

const request = z.object({
  model: z.string(),
  messages: z.tuple([
    z.object({ role: z.literal('system'), content: z.string() }),
    z.object({ role: z.literal('user'), content: z.string() }),
  ]),
});

/** The prompt that the model received. */
export interface Asked {
  readonly instructions: string;
  readonly material: string;
}

export const PATH = '/v1/chat/completions';

/** A response of the protocol with the model's text. */
export function completion(content: string): Handler {
  return json({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_780_000_000,
    model: 'stub',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
}

/** @param writes returns the model's text for a prompt */
export async function openModelServer(writes: (asked: Asked) => string) {
  const server = await openHttpServer();
  server.on(PATH, (incoming, response) => {
    const { messages } = request.parse(JSON.parse(incoming.body));
    const [{ content: instructions }, { content: material }] = messages;
    return completion(writes({ instructions, material }))(incoming, response);
  });
  return { ...server, baseUrl: `${server.url}/v1` };
}

const GENEROUS: Allowance = { aDay: 10_000, aPerson: 10_000 };

/** The program's own client for the model, over a real database. */
export function openTestWriter(
  connection: DatabaseConnection,
  baseUrl: string,
  {
    clock = systemClock,
    allowance = GENEROUS,
    model = 'stub',
    onOutcome,
  }: {
    clock?: Clock;
    allowance?: Allowance;
    model?: string;
    onOutcome?: (outcome: GenerationOutcome) => void;
  } = {},
) {
  return openTextGenerator({
    model: openLanguageModel({ baseUrl, apiKey: 'sk-canary', model }),
    budget: openBudgetStore(connection),
    allowance,
    clock,
    log: silentLog,
    onOutcome,
  });
}
