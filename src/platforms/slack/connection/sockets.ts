/**
 * The connections that events come through. Bolt's own receiver has one, waits five seconds before it
 * connects again, in which a command fails, and dies by a rejection that nobody catches when its token is
 * revoked. Here two are open at a time, as Slack ends each every few hours: while one is followed by the
 * next, commands come through the other.
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
  /** Slack ended the connection for good. */
  readonly onDeath: (error: Error) => void;
}

export interface EventReceiver extends Receiver {
  /** Whether events can come in. */
  isOpen(): boolean;
}

/** Slack allows ten: https://docs.slack.dev/apis/events-api/using-socket-mode#connections */
const LINES = 2;
/** Slack closes a connection about ten seconds after its warning; one that it forgot is closed by us. */
const FORGOTTEN_MS = 60_000;
const RECONNECT = { firstMs: 250, longestMs: 30_000 };

const REVOKED =
  'Slack refuses the app token. Make a new one at api.slack.com/apps → Basic Information → App-Level Tokens, with connections:write, and set SLACK_APP_TOKEN.';
const SWITCHED_OFF =
  'Socket Mode is switched off. Switch it on at api.slack.com/apps → Socket Mode, or set SLACK_SIGNING_SECRET for requests over HTTP.';

/** A connection, and those that take its place. */
interface Line {
  /** @throws when it cannot be opened */
  connect(): Promise<void>;
  /** Connects at once, then ever less often, until it is open. */
  renew(): void;
  isOpen(): boolean;
  /** Resolves when nothing is being opened any more, after the stop. */
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
      log.debug({ reason }, 'Slack wants another connection');
      if (reason === 'link_disabled') onDeath(new UserError(SWITCHED_OFF));
      else if (current?.isLeaving()) renew();
    }

    function onClosed(socket: Socket): void {
      open.delete(socket);
      if (socket !== current || stopping.signal.aborted) return;
      current = undefined;
      if (!isConnected()) log.info('no connection to Slack is open');
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
          log.warn(describeError(error), 'a connection to Slack could not be opened');
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
          refusalFor(error) ??
          new UserError(`Slack cannot be reached: ${reasonOf(error)}. Is the network up?`)
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

/** Why no connection will ever open, as a sentence; `undefined` for what may pass. */
export function refusalFor(error: unknown): UserError | undefined {
  const word = refusalOf(error);
  if (isRevoked(error) || word === 'not_allowed_token_type' || word === 'missing_scope')
    return new UserError(REVOKED);
  return word === 'link_disabled' || word === 'forbidden' ? new UserError(SWITCHED_OFF) : undefined;
}

function reasonOf(error: unknown): string {
  return error === undefined ? 'the connection was closed' : describeError(error).message;
}
