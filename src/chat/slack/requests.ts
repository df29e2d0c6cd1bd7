/**
 * Events as signed requests over HTTP. Bolt checks the signature and that it is not old; that it is not from the future, and not a
 * repetition, is checked here and in `once.ts`.
 */
import { createServer, type Server } from 'node:http';
import { HTTPReceiver } from '@slack/bolt';
import type { Clock } from '../../clock.ts';
import { messageOf, UserError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { toSlackLogger } from './client.ts';
import type { Signed } from './once.ts';
import type { EventReceiver } from './sockets.ts';

export interface RequestOptions {
  readonly signingSecret: string;
  /** 0 for any that is free, which `onListening` tells. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onListening?: (port: number) => void;
}

/** Slack's own bound for old ones. https://docs.slack.dev/authentication/verifying-requests-from-slack */
const SKEW_SECONDS = 5 * 60;
/** Milliseconds in which a request must have arrived whole: Slack gives up after three seconds. */
const REQUEST_MS = 10_000;

export function openRequests({
  signingSecret,
  port,
  clock,
  log,
  onListening,
}: RequestOptions): EventReceiver {
  const receiver = new HTTPReceiver({
    signingSecret,
    logger: toSlackLogger(log),
    customPropertiesExtractor: ({ headers }): Signed => ({ signature: String(headers['x-slack-signature']) }),
  });
  let server: Server | undefined;

  function isOfNow(timestamp: unknown): boolean {
    const seconds = Number(timestamp);
    return Number.isFinite(seconds) && Math.abs(clock.now().getTime() / 1_000 - seconds) <= SKEW_SECONDS;
  }

  return {
    init: (app) => receiver.init(app),

    start() {
      const listening = createServer({ requestTimeout: REQUEST_MS }, (request, response) => {
        if (request.method === 'POST' && !isOfNow(request.headers['x-slack-request-timestamp'])) {
          response.writeHead(401).end();
          return;
        }
        try {
          receiver.requestListener(request, response);
        } catch {
          // An address that is none of ours.
          response.writeHead(404).end();
        }
      });
      return new Promise<void>((resolve, reject) => {
        listening.once('error', (error) => {
          reject(
            new UserError(`Port ${port} cannot be had: ${messageOf(error)}. Set SLACK_PORT to a free one.`),
          );
        });
        listening.listen(port, () => {
          server = listening;
          const address = listening.address();
          if (typeof address === 'object' && address !== null) onListening?.(address.port);
          resolve();
        });
      });
    },

    async stop() {
      const closing = server;
      server = undefined;
      if (!closing) return;
      await new Promise<void>((resolve) => {
        closing.close(() => resolve());
        closing.closeIdleConnections();
      });
    },

    isOpen: () => server !== undefined,
  };
}
