/** One Socket Mode connection, from open to close. It never reconnects. */
import { type App, SocketModeReceiver } from '@slack/bolt';
import { UserError } from '../../../base/errors.ts';
import type { Logger } from '../../../base/log.ts';
import { withDeadline } from '../../../resilience/deadline.ts';
import type { Clock } from '../../../time/clock.ts';
import { clientOptions, toSlackLogger } from './client.ts';
import { describeError } from './errors.ts';

export interface SocketMaking {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly app: App | undefined;
  /** Called when Slack announces that it will close the connection. Until then, events still arrive. */
  readonly onGoodbye: (reason: string) => void;
  /** Called when either side has closed the connection. */
  readonly onClosed: (socket: Socket) => void;
}

export interface Socket {
  /** @throws when it does not open in time, or Slack rejects it */
  open(): Promise<void>;
  close(): Promise<void>;
  /** True after Slack has announced the close. */
  isLeaving(): boolean;
}

/** Milliseconds within which a connection must open. */
const OPEN_MS = 20_000;

const TOO_MANY =
  'All ten connections that Slack allows an app are open. Stop other processes that use this SLACK_APP_TOKEN.';

export function makeSocket({ appToken, apiUrl, clock, log, app, ...on }: SocketMaking): Socket {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: toSlackLogger(log),
    installerOptions: { clientOptions: clientOptions(apiUrl, log) },
  });
  if (app) receiver.init(app);
  let refuse: (error: Error) => void = () => {};
  const refused = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  // Prevents an unhandled rejection after the connection is open.
  refused.catch(() => undefined);

  let leaving = false;
  let opened = false;
  let closed = false;

  /**
   * The library's `stop` waits forever while a connection is opening, so a connection that opens too late is
   * closed here.
   */
  async function start(): Promise<void> {
    await receiver.start();
    opened = true;
    if (closed) await receiver.stop();
  }

  const socket: Socket = {
    async open() {
      await withDeadline(
        { ms: OPEN_MS, clock },
        () => Promise.race([start(), refused]),
        () => {
          throw new Error('Slack did not open the connection in time');
        },
      );
    },
    async close() {
      closed = true;
      refuse(new Error('the connection was closed while it was opening'));
      const stopped = receiver.stop();
      if (opened) await stopped;
      else stopped.catch((error: unknown) => log.debug(describeError(error), 'slack: socket not closed'));
    },
    isLeaving: () => leaving,
  };
  interceptMessages(receiver, log, (reason) => {
    leaving = true;
    if (reason === 'too_many_websockets') refuse(new UserError(TOO_MANY));
    else on.onGoodbye(reason);
  });
  receiver.client.on('disconnected', () => on.onClosed(socket));
  return socket;
}

/**
 * Handles the announcement of a close before the library, which would close the connection at once and lose
 * events; here Slack closes it. Also catches errors of the library, which would end the process.
 */
function interceptMessages(
  { client }: SocketModeReceiver,
  log: Logger,
  onGoodbye: (reason: string) => void,
): void {
  const listeners = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', async (...message: unknown[]) => {
    try {
      const reason = goodbyeIn(message[0]);
      if (reason !== undefined) return onGoodbye(reason);
      for (const listener of listeners) await Reflect.apply(listener, client, message);
    } catch (error) {
      log.warn(describeError(error), 'slack: socket message unreadable');
    }
  });
}

/** https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect */
function goodbyeIn(data: unknown): string | undefined {
  if (typeof data !== 'string' || !data.includes('"disconnect"')) return undefined;
  const { type, reason } = JSON.parse(data) as { readonly type?: string; readonly reason?: string };
  return type === 'disconnect' ? (reason ?? 'unknown') : undefined;
}
