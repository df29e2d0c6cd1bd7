/** Acknowledges interactions. */
import type { Logger } from '../../../base/log.ts';
import { describeError } from '../connection/errors.ts';

/**
 * Ignores a failed acknowledgement, for example after the connection was closed. Slack then shows an error,
 * but the answer still follows.
 */
export async function acknowledge(ack: () => Promise<void>, log: Logger): Promise<void> {
  try {
    await ack();
  } catch (error) {
    log.debug(describeError(error), 'slack: not acknowledged');
  }
}
