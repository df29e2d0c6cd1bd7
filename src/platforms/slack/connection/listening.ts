/** A server of ours before one of Bolt's listeners: it opens and closes when we say, and its failures are sentences. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf, UserError } from '../../../base/errors.ts';
import { createGuardedServer, type GuardedServer } from '../../../base/guarded-server.ts';

export interface ListeningOptions {
  /** 0 for any that is free, which `onListening` tells. */
  readonly port: number;
  readonly onListening?: (port: number) => void;
  /** Throws for an address that is none of ours. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface Listening {
  /** @throws UserError when the port is taken */
  start(): Promise<void>;
  stop(): Promise<void>;
  isOpen(): boolean;
}

/** Milliseconds in which a request must have arrived whole: Slack gives up after three seconds. */
const REQUEST_MS = 10_000;
/** Slack brings some events a second, each answered within milliseconds; a proxy before us keeps connections for later. */
const MOST_WAITING = 400;

export function openListening({ port, onListening, answer }: ListeningOptions): Listening {
  let open: GuardedServer | undefined;
  return {
    start() {
      const limits = { mostWaiting: MOST_WAITING, requestMs: REQUEST_MS };
      const guarded = createGuardedServer(limits, (request, response) => {
        try {
          answer(request, response);
        } catch {
          response.writeHead(404).end();
        }
      });
      const { server: listening } = guarded;
      return new Promise<void>((resolve, reject) => {
        listening.once('error', (error) => {
          reject(
            new UserError(`Port ${port} cannot be had: ${messageOf(error)}. Set SLACK_PORT to a free one.`),
          );
        });
        listening.listen(port, () => {
          open = guarded;
          const address = listening.address();
          if (typeof address === 'object' && address !== null) onListening?.(address.port);
          resolve();
        });
      });
    },

    async stop() {
      const closing = open;
      open = undefined;
      if (!closing) return;
      await new Promise<void>((resolve) => {
        closing.server.close(() => resolve());
        // Whoever still sends slowly would keep the process.
        closing.dropWaiting();
      });
    },

    isOpen: () => open !== undefined,
  };
}
