/**
 * Events as signed requests over HTTP. Bolt checks the signature and that it is not old; that it is not from the future, and not a
 * repetition, is checked here and in `dedupe.ts`.
 */
import { HTTPReceiver, type HTTPReceiverOptions } from '@slack/bolt';
import type { Logger } from '../../../base/log.ts';
import type { Clock } from '../../../time/clock.ts';
import { toSlackLogger } from './client.ts';
import type { Signed } from './dedupe.ts';
import { type ListeningOptions, openListening } from './listening.ts';
import type { EventReceiver } from './sockets.ts';

export interface RequestOptions extends Omit<ListeningOptions, 'answer'> {
  readonly signingSecret: string;
  /** The pages that install the app, where workspaces do so themselves. */
  readonly pages?: Partial<HTTPReceiverOptions>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Slack's own bound for old ones. https://docs.slack.dev/authentication/verifying-requests-from-slack */
const SKEW_SECONDS = 5 * 60;

export function openRequests({ signingSecret, pages, clock, log, ...where }: RequestOptions): EventReceiver {
  const receiver = new HTTPReceiver({
    ...pages,
    signingSecret,
    logger: toSlackLogger(log),
    customPropertiesExtractor: ({ headers }): Signed => ({ signature: String(headers['x-slack-signature']) }),
  });
  const listening = openListening({
    ...where,
    answer(request, response) {
      if (request.method === 'POST' && !isOfNow(request.headers['x-slack-request-timestamp'])) {
        response.writeHead(401).end();
      } else {
        receiver.requestListener(request, response);
      }
    },
  });

  function isOfNow(timestamp: unknown): boolean {
    const seconds = Number(timestamp);
    return Number.isFinite(seconds) && Math.abs(clock.now().getTime() / 1_000 - seconds) <= SKEW_SECONDS;
  }

  return { ...listening, init: (app) => receiver.init(app) };
}
