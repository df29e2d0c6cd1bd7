/** Logging in, and what it means when Discord refuses. */
import { type Client, Events, GatewayCloseCodes } from 'discord.js';
import { messageOf, UserError } from '../../../base/errors.ts';
import { withDeadline } from '../../../resilience/deadline.ts';
import type { Clock } from '../../../time/clock.ts';
import { describeError } from './errors.ts';

/** Milliseconds in which Discord must answer. */
const START_MS = 60_000;

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const REFUSALS = new Map<number, string>([
  [
    GatewayCloseCodes.AuthenticationFailed,
    'Discord refuses the token. Make a new one at discord.com/developers (Bot → Reset Token) and set DISCORD_TOKEN.',
  ],
  [
    GatewayCloseCodes.DisallowedIntents,
    'Discord refuses what the bot wants to be told. Switch the intents on at discord.com/developers (Bot → Privileged Gateway Intents).',
  ],
  [
    GatewayCloseCodes.InvalidIntents,
    'Discord does not know the intents that this Paperboy asks for. Update it.',
  ],
  [
    GatewayCloseCodes.ShardingRequired,
    'The bot is on more servers than one connection serves. Set DISCORD_SHARDS, or leave it out for what Discord recommends.',
  ],
  [
    GatewayCloseCodes.InvalidShard,
    'Discord refuses DISCORD_SHARDS. Leave it out for what Discord recommends.',
  ],
]);

/**
 * Resolves when every server has arrived.
 * @param onRefused told when Discord ends the connection for good later on
 * @throws UserError when Discord refuses, or does not answer
 */
export async function connect(
  client: Client,
  token: string,
  clock: Clock,
  onRefused: (error: Error) => void,
): Promise<Client<true>> {
  let refuse = onRefused;
  client.on(Events.ShardDisconnect, ({ code }) => refuse(refusalOf(code)));
  client.on(Events.Invalidated, () => refuse(refusalOf(GatewayCloseCodes.AuthenticationFailed)));
  try {
    return await withDeadline(
      { ms: START_MS, clock },
      () =>
        new Promise<Client<true>>((resolve, reject) => {
          refuse = reject;
          client.once(Events.ClientReady, resolve);
          client.login(token).catch((error: unknown) => reject(startFault(error)));
        }),
      () => {
        throw new UserError('Discord did not answer within a minute. Is the network up?');
      },
    );
  } finally {
    refuse = onRefused;
  }
}

function refusalOf(code: number): UserError {
  return new UserError(REFUSALS.get(code) ?? `Discord ended the connection for good (${code}).`);
}

/** The client asks how many connections are left before it makes one: of a thousand, none is lost by trying. */
const USED_UP = /^Not enough sessions remaining .* resets at (\S+)$/;

/** What it means that Discord did not answer a request as it should, as a sentence. */
export function startFault(error: unknown): UserError {
  const { code, status } = describeError(error);
  if (code === 'TokenInvalid' || status === 401) return refusalOf(GatewayCloseCodes.AuthenticationFailed);
  const [, until] = USED_UP.exec(messageOf(error)) ?? [];
  if (until !== undefined) return connectedTooOften(until);
  return new UserError(`Discord cannot be reached: ${messageOf(error)}. Is the network up?`);
}

/** @param until an ISO date and time */
export function connectedTooOften(until: string): UserError {
  return new UserError(
    `The bot has connected to Discord too often in a day; it may again from ${until} on. The log says why it was started so often.`,
  );
}
