/**
 * Keeps two Socket Mode connections open. Slack closes each every few hours; while one reconnects, commands
 * arrive through the other. Bolt's own receiver has only one and waits five seconds before it reconnects, in
 * which commands fail. It also crashes on an unhandled rejection when its token is revoked.
 */
import type { App, Receiver } from '@slack/bolt';
import { UserError } from '../../../base/errors.ts';
import type { Logger } from '../../../base/log.ts';
import { backoffDelay } from '../../../resilience/backoff.ts';
import type { Clock } from '../../../time/clock.ts';
import { describeError, isRevoked, refusalOf } from './errors.ts';
import { makeSocket, type Socket } from './socket.ts';

export interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Called when Slack ends the connection for good. */
  readonly onDeath: (error: Error) => void;
}

export interface EventReceiver extends Receiver {
  /** True while events can arrive. */
  isOpen(): boolean;
}

/** Slack allows ten: https://docs.slack.dev/apis/events-api/using-socket-mode#connections */
const LINES = 2;
/** Slack closes a connection about ten seconds after its announcement. After this time we close it. */
const FORGOTTEN_MS = 60_000;
const RECONNECT = { firstMs: 250, longestMs: 30_000 };

const REVOKED =
  'Slack rejected the app token. Create a new one at api.slack.com/apps → Basic Information → App-Level Tokens, with connections:write, and set SLACK_APP_TOKEN.';
const SWITCHED_OFF =
  'Socket Mode is disabled. Enable it at api.slack.com/apps → Socket Mode, or set SLACK_SIGNING_SECRET for requests over HTTP.';

/** A connection and its successors. */
interface Line {
  /** @throws when it cannot be opened */
  connect(): Promise<void>;
  /** Reconnects at once, then with back-off, until it is open. */
  renew(): void;
  isOpen(): boolean;
  /** Resolves when no connection is opening, after a stop. */
  drained(): Promise<void>;
}

export function openSockets({ onDeath, ...making }: SocketOptions): EventReceiver {
  const { clock, log } = making;
  const stopping = new AbortController();
  const open = new Set<Socket>();
  let app: App | undefined;

  function openLine(): Line {
    let current: Socket | undefined;
    let renewing: Promise<void> | undefined;

    async function connect(): Promise<void> {
      const socket = makeSocket({ ...making, app, onGoodbye, onClosed });
      open.add(socket);
      try {
        await socket.open();
      } catch (error) {
        await close(socket);
        throw error;
      }
      if (stopping.signal.aborted) return void (await close(socket));
      const before = current;
      current = socket;
      if (before) closeForgotten(before);
      if (socket.isLeaving()) renew();
    }

    function onGoodbye(reason: string): void {
      log.debug({ reason }, 'slack: socket close announced');
      if (reason === 'link_disabled') onDeath(new UserError(SWITCHED_OFF));
      else if (current?.isLeaving()) renew();
    }

    function onClosed(socket: Socket): void {
      open.delete(socket);
      if (socket !== current || stopping.signal.aborted) return;
      current = undefined;
      if (!isConnected()) log.info('slack: disconnected');
      renew();
    }

    function renew(): void {
      renewing ??= untilConnected().finally(() => {
        renewing = undefined;
      });
    }

    async function untilConnected(): Promise<void> {
      for (let failures = 1; !stopping.signal.aborted; failures++) {
        try {
          await connect();
          if (current && !current.isLeaving()) return;
        } catch (error) {
          const refusal = refusalFor(error);
          if (refusal) return onDeath(refusal);
          log.warn(describeError(error), 'slack: connect failed');
        }
        await clock.sleep(backoffDelay(RECONNECT, failures), stopping.signal).catch(() => undefined);
      }
    }

    return {
      connect,
      renew,
      isOpen: () => current !== undefined,
      drained: async () => renewing,
    };
  }

  function closeForgotten(socket: Socket): void {
    clock.sleep(FORGOTTEN_MS, stopping.signal).then(
      () => close(socket),
      () => undefined,
    );
  }

  async function close(socket: Socket): Promise<void> {
    if (!open.delete(socket)) return;
    await socket.close();
  }

  const first = openLine();
  const others = Array.from({ length: LINES - 1 }, openLine);
  const lines = [first, ...others];
  const isConnected = () => lines.some((line) => line.isOpen());
  return {
    init(bolt) {
      app = bolt;
    },
    async start() {
      try {
        await first.connect();
      } catch (error) {
        if (error instanceof UserError) throw error;
        throw (
          refusalFor(error) ?? new UserError(`Cannot reach Slack: ${reasonOf(error)}. Check the network.`)
        );
      }
      for (const line of others) line.renew();
    },
    async stop() {
      stopping.abort();
      await Promise.all([...open].map(close));
      await Promise.all(lines.map((line) => line.drained()));
    },
    isOpen: isConnected,
  };
}

/** Returns an error when no connection can ever open; `undefined` for a temporary failure. */
export function refusalFor(error: unknown): UserError | undefined {
  const word = refusalOf(error);
  if (isRevoked(error) || word === 'not_allowed_token_type' || word === 'missing_scope')
    return new UserError(REVOKED);
  return word === 'link_disabled' || word === 'forbidden' ? new UserError(SWITCHED_OFF) : undefined;
}

function reasonOf(error: unknown): string {
  return error === undefined ? 'the connection was closed' : describeError(error).message;
}
