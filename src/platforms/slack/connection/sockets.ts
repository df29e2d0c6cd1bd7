/**
 * The connection that events come through. Bolt's own receiver waits five seconds before it connects again, in which a command
 * fails, and dies by a rejection that nobody catches when its token is revoked. Here each connection is one such receiver: a
 * lost one is followed at once, and one that Slack wants to replace is closed when its successor is open.
 */
import { type App, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { UserError } from '../../../base/errors.ts';
import type { Logger } from '../../../base/log.ts';
import type { Clock } from '../../../time/clock.ts';
import { clientOptions, toSlackLogger } from './client.ts';
import { describeError, isRevoked, refusalOf } from './errors.ts';

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

/** Milliseconds in which a connection must have opened. */
const OPEN_MS = 20_000;
/** How long the replaced one is kept, for what came through it and is being acknowledged. */
const GRACE_MS = 3_000;
const LONGEST_WAIT_MS = 30_000;

const REVOKED =
  'Slack refuses the app token. Make a new one at api.slack.com/apps → Basic Information → App-Level Tokens, with connections:write, and set SLACK_APP_TOKEN.';
const SWITCHED_OFF =
  'Socket Mode is switched off. Switch it on at api.slack.com/apps → Socket Mode, or set SLACK_SIGNING_SECRET for requests over HTTP.';

export function openSockets({ appToken, apiUrl, clock, log, onDeath }: SocketOptions): EventReceiver {
  const stopping = new AbortController();
  const open = new Set<SocketModeReceiver>();
  let app: App | undefined;
  let current: SocketModeReceiver | undefined;
  let renewing: Promise<void> | undefined;

  async function connect(): Promise<void> {
    const socket = new SocketModeReceiver({
      appToken,
      autoReconnectEnabled: false,
      logger: toSlackLogger(log),
      installerOptions: { clientOptions: clientOptions(apiUrl, log) },
    });
    if (app) socket.init(app);
    open.add(socket);
    interceptGoodbye(socket, (reason) => goodbye(socket, reason));
    socket.client.on('disconnected', () => lost(socket));
    try {
      await within(OPEN_MS, socket.start());
    } catch (error) {
      await close(socket);
      throw error;
    }
    if (stopping.signal.aborted) return void (await close(socket));
    const before = current;
    current = socket;
    if (before) closeLater(before);
  }

  function goodbye(socket: SocketModeReceiver, reason: string): void {
    log.debug({ reason }, 'Slack wants another connection');
    if (reason === 'link_disabled') onDeath(new UserError(SWITCHED_OFF));
    else if (socket === current) renew();
  }

  function lost(socket: SocketModeReceiver): void {
    open.delete(socket);
    if (socket !== current || stopping.signal.aborted) return;
    current = undefined;
    log.info('the connection to Slack was lost');
    renew();
  }

  /** At once, then ever less often. */
  function renew(): void {
    renewing ??= untilConnected().finally(() => {
      renewing = undefined;
    });
  }

  async function untilConnected(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; failures++) {
      try {
        await connect();
        return;
      } catch (error) {
        const refusal = refusalFor(error);
        if (refusal) return onDeath(refusal);
        log.warn(describeError(error), 'no connection to Slack');
      }
      const wait = Math.min(LONGEST_WAIT_MS, 250 * 2 ** failures);
      await clock.sleep(wait, stopping.signal).catch(() => undefined);
    }
  }

  function closeLater(socket: SocketModeReceiver): void {
    clock.sleep(GRACE_MS, stopping.signal).then(
      () => close(socket),
      () => undefined,
    );
  }

  async function close(socket: SocketModeReceiver): Promise<void> {
    open.delete(socket);
    await socket.stop();
  }

  async function within<T>(ms: number, work: Promise<T>): Promise<T> {
    const waiting = new AbortController();
    const late = clock.sleep(ms, waiting.signal).then(
      () => Promise.reject(new Error('Slack did not open the connection')),
      () => new Promise<never>(() => {}),
    );
    try {
      return await Promise.race([work, late]);
    } finally {
      waiting.abort();
    }
  }

  return {
    init(bolt) {
      app = bolt;
    },
    async start() {
      try {
        await connect();
      } catch (error) {
        throw (
          refusalFor(error) ??
          new UserError(`Slack cannot be reached: ${reasonOf(error)}. Is the network up?`)
        );
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all([...open].map(close));
      await renewing;
    },
    isOpen: () => current !== undefined,
  };
}

/** The library closes the connection as soon as Slack announces that it will: we hear of it first. */
function interceptGoodbye({ client }: SocketModeReceiver, report: (reason: string) => void): void {
  const listeners = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (...message: unknown[]) => {
    const reason = goodbyeIn(message[0]);
    if (reason !== undefined) report(reason);
    else for (const listener of listeners) Reflect.apply(listener, client, message);
  });
}

/** https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect */
function goodbyeIn(data: unknown): string | undefined {
  if (typeof data !== 'string' || !data.includes('"disconnect"')) return undefined;
  const { type, reason } = JSON.parse(data) as { readonly type?: string; readonly reason?: string };
  return type === 'disconnect' ? (reason ?? 'unknown') : undefined;
}

/** Why no connection will ever open, as a sentence; `undefined` for what may pass. */
export function refusalFor(error: unknown): UserError | undefined {
  if (error instanceof UserError) return error;
  const word = refusalOf(error);
  if (isRevoked(error) || word === 'not_allowed_token_type' || word === 'missing_scope')
    return new UserError(REVOKED);
  return word === 'link_disabled' || word === 'forbidden' ? new UserError(SWITCHED_OFF) : undefined;
}

function reasonOf(error: unknown): string {
  return error === undefined ? 'the connection was closed' : describeError(error).message;
}
