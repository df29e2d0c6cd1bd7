/** Raises alerts for the operator, in the log and in `ALERT_CHANNEL`. */

import type { Logger } from '../base/log.ts';
import { sentence } from '../chat/card.ts';
import type { PostingPort } from '../chat/port.ts';
import type { ChannelRef } from '../chat/refs.ts';
import type { Clock } from '../time/clock.ts';

export interface Alerts {
  /** Logs and posts an alert. Never throws. */
  raise(what: string): Promise<void>;
}

export interface AlertOptions {
  readonly log: Logger;
  readonly clock: Clock;
  /** The channel from `ALERT_CHANNEL`. */
  readonly channel?: { readonly port: PostingPort; readonly channel: ChannelRef };
}

export function openAlerts({ log, clock, channel }: AlertOptions): Alerts {
  let raised = 0;
  return {
    async raise(what) {
      log.error({ reason: what }, 'alert: raised');
      if (!channel) return;
      try {
        // Unique per alert. 25 characters is the shortest limit of a platform.
        const key = `alert-${clock.now().getTime()}-${raised++}`.slice(0, 25);
        await channel.port.post(channel.channel, sentence(what, 'problem'), {
          key,
          title: 'The bot needs attention',
        });
      } catch (error) {
        log.error({ err: error }, 'alert: not posted');
      }
    },
  };
}

/** @returns `undefined` if no channel is set, or if its platform is not running */
export function alertTarget(
  channel: ChannelRef | undefined,
  ports: ReadonlyMap<string, PostingPort>,
): AlertOptions['channel'] {
  const port = channel && ports.get(channel.platform);
  return port && { port, channel };
}
