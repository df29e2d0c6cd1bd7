/** A server of ours before one of Bolt's listeners: it opens and closes when we say, and its failures are sentences. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { messageOf, UserError } from '../../../base/errors.ts';

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

export function openListening({ port, onListening, answer }: ListeningOptions): Listening {
  let server: Server | undefined;
  return {
    start() {
      const listening = createServer({ requestTimeout: REQUEST_MS }, (request, response) => {
        try {
          answer(request, response);
        } catch {
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
