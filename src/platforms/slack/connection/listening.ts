/** HTTP server for Bolt's listeners, with our own limits, start, stop and error messages. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf, UserError } from '../../../base/errors.ts';
import { createGuardedServer, type GuardedServer } from '../../../base/guarded-server.ts';

export interface ListeningOptions {
  /** 0 for any free port, which is passed to `onListening`. */
  readonly port: number;
  readonly onListening?: (port: number) => void;
  /** Throws for an unknown path. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface Listening {
  /** @throws UserError when the port cannot be used */
  start(): Promise<void>;
  stop(): Promise<void>;
  isOpen(): boolean;
}

/** Milliseconds within which a request must be complete. Slack gives up after three seconds. */
const REQUEST_MS = 10_000;
/**
 * Slack sends few events per second, each answered within milliseconds. A proxy may keep idle connections.
 */
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
            new UserError(
              `Cannot listen on port ${port}: ${messageOf(error)}. Set SLACK_PORT to a free port.`,
            ),
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
        // Slow requests would keep the process alive.
        closing.dropWaiting();
      });
    },

    isOpen: () => open !== undefined,
  };
}
