/** Slack's refusals: status 200, `ok: false` and an error code. */
import type { JsonObject } from './wire.ts';

/** Thrown by methods; the server answers with it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly body: JsonObject;

  constructor(error: string, more: JsonObject = {}) {
    super(error);
    this.body = { ok: false, error, ...more };
  }
}

/** With the messages that Slack adds to the code. */
export function refusal(error: string, ...messages: readonly string[]): Refusal {
  if (messages.length === 0) return new Refusal(error);
  const sentences = messages.map((message) => `[ERROR] ${message}`);
  return new Refusal(error, { errors: messages, response_metadata: { messages: sentences } });
}
