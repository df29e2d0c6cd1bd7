/** Tells the people who run the bot that something is wrong: in the log, and in a channel where one is set. */

import type { Logger } from '../base/log.ts';
import { sentence } from '../chat/card.ts';
import type { PostingPort } from '../chat/port.ts';
import type { ChannelRef } from '../chat/refs.ts';
import type { Clock } from '../time/clock.ts';

export interface Alerts {
  /** Never throws: an alert that cannot be posted is in the log. */
  raise(what: string): Promise<void>;
}

export interface AlertOptions {
  readonly log: Logger;
  readonly clock: Clock;
  /** The channel that `ALERT_CHANNEL` names. */
  readonly channel?: { readonly port: PostingPort; readonly channel: ChannelRef };
}

export function openAlerts({ log, clock, channel }: AlertOptions): Alerts {
  let raised = 0;
  return {
    async raise(what) {
      log.error({ alert: true }, what);
      if (!channel) return;
      try {
        // Unique to this alert; 25 characters are the shortest limit of a platform.
        const key = `alert-${clock.now().getTime()}-${raised++}`.slice(0, 25);
        await channel.port.post(channel.channel, sentence(what, 'problem'), {
          key,
          title: 'Paperboy needs help',
        });
      } catch (error) {
        log.error({ err: error }, 'the alert could not be posted');
      }
    },
  };
}
