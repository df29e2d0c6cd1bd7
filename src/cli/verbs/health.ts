/** `health`: asks the bot that runs here how it is, for health checks without an HTTP client of their own. */
import { messageOf, UserError } from '../../base/errors.ts';
import { timeoutSignal } from '../../resilience/deadline.ts';
import { readConfig } from '../session.ts';

export interface HealthOptions {
  /** Whether it does its work, in place of whether it should be left running. */
  readonly ready: boolean;
}

/** The bot itself answers within three seconds, also when its database does not. */
const TIMEOUT_MS = 5_000;

/** Exit status 1 when it is not well, or does not answer. */
export async function runHealth({ ready }: HealthOptions): Promise<void> {
  const { health } = readConfig();
  if (!health)
    throw new UserError('Without HTTP_PORT the bot cannot be asked. Set it to a free port, such as 9464.');
  const url = `http://127.0.0.1:${health.port}/${ready ? 'readyz' : 'healthz'}`;
  const { ok, text } = await ask(url);
  process.stdout.write(text);
  if (!ok) process.exitCode = 1;
}

async function ask(url: string): Promise<{ readonly ok: boolean; readonly text: string }> {
  try {
    const response = await fetch(url, { signal: timeoutSignal(TIMEOUT_MS) });
    return { ok: response.ok, text: await response.text() };
  } catch (error) {
    const { cause } = error instanceof Error ? error : {};
    throw new UserError(`${url} does not answer: ${messageOf(cause ?? error)}. Is the bot running?`);
  }
}
