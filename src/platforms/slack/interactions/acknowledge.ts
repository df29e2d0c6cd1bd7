/** Acknowledging what people did. */
import type { Logger } from '../../../base/log.ts';
import { describeError } from '../connection/errors.ts';

/**
 * Where the connection that brought the request has ended in the meantime, Slack shows an error: whoever asked gets their answer
 * all the same.
 */
export async function acknowledge(ack: () => Promise<void>, log: Logger): Promise<void> {
  try {
    await ack();
  } catch (error) {
    log.debug(describeError(error), 'a request could not be acknowledged');
  }
}
