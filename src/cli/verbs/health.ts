/** Subcommand `health`: checks the running bot, for health checks without an HTTP client. */
import { messageOf, UserError } from '../../base/errors.ts';
import { timeoutSignal } from '../../resilience/deadline.ts';
import { readConfig } from '../session.ts';

export interface HealthOptions {
  /** Check readiness instead of health. */
  readonly ready: boolean;
}

/** The bot answers within three seconds, even if its database is stuck. */
const TIMEOUT_MS = 5_000;

/** Exit status 1 if the bot is unhealthy or does not respond. */
export async function runHealth({ ready }: HealthOptions): Promise<void> {
  const { health } = readConfig();
  if (!health) throw new UserError('The health check needs HTTP_PORT. Set it to a free port, such as 9464.');
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
    throw new UserError(
      `${url} does not respond: ${messageOf(cause ?? error)}. Check that the bot is running.`,
    );
  }
}
