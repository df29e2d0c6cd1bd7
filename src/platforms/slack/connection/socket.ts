/** One connection that events come through, from its opening to its end. It never renews itself. */
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
  /** Slack says that it will close the connection, and why. Until it does, events come through it. */
  readonly onGoodbye: (reason: string) => void;
  /** It is closed, by whomever. */
  readonly onClosed: (socket: Socket) => void;
}

export interface Socket {
  /** @throws when it does not open in time, or Slack refuses it */
  open(): Promise<void>;
  close(): Promise<void>;
  /** Slack has said goodbye. */
  isLeaving(): boolean;
}

/** Milliseconds in which a connection must have opened. */
const OPEN_MS = 20_000;

const TOO_MANY =
  'Slack allows an app ten connections, and ten are open: stop other processes that use this SLACK_APP_TOKEN.';

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
  // Nobody looks at it once the connection is open.
  refused.catch(() => undefined);

  let leaving = false;
  let opened = false;
  let closed = false;

  /**
   * The library's stop waits for ever while a connection is being opened: one that opens too late is closed
   * then.
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
          throw new Error('Slack did not open the connection');
        },
      );
    },
    async close() {
      closed = true;
      refuse(new Error('the connection is not wanted any more'));
      const stopped = receiver.stop();
      if (opened) await stopped;
      else
        stopped.catch((error: unknown) => log.debug(describeError(error), 'a connection that was not open'));
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
 * The library closes a connection as soon as Slack announces that it will, and drops what comes through it
 * meanwhile: we hear of it first, and leave the closing to Slack. What it cannot read would end the process.
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
      log.warn(describeError(error), 'what came through a connection to Slack could not be read');
    }
  });
}

/** https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect */
function goodbyeIn(data: unknown): string | undefined {
  if (typeof data !== 'string' || !data.includes('"disconnect"')) return undefined;
  const { type, reason } = JSON.parse(data) as { readonly type?: string; readonly reason?: string };
  return type === 'disconnect' ? (reason ?? 'unknown') : undefined;
}
