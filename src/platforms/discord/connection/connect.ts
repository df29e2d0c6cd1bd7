/** Logs in to Discord, and explains refusals. */
import { type Client, Events, GatewayCloseCodes } from 'discord.js';
import { messageOf, UserError } from '../../../base/errors.ts';
import { withDeadline } from '../../../resilience/deadline.ts';
import type { Clock } from '../../../time/clock.ts';
import { describeError } from './errors.ts';

/** Milliseconds within which the connection must be ready. */
const START_MS = 60_000;

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const REFUSALS = new Map<number, string>([
  [
    GatewayCloseCodes.AuthenticationFailed,
    'Discord refuses the token. Make a new one at discord.com/developers (Bot → Reset Token) and set DISCORD_TOKEN.',
  ],
  [
    GatewayCloseCodes.DisallowedIntents,
    'Discord refuses the intents of the bot. Switch them on at discord.com/developers (Bot → Privileged Gateway Intents).',
  ],
  [
    GatewayCloseCodes.InvalidIntents,
    'Discord no longer supports the intents of this version. Update Paperboy.',
  ],
  [
    GatewayCloseCodes.ShardingRequired,
    'The bot is on too many servers for its number of connections. Increase DISCORD_SHARDS, or remove it to use Discord’s recommendation.',
  ],
  [
    GatewayCloseCodes.InvalidShard,
    'Discord refuses DISCORD_SHARDS. Remove it to use Discord’s recommendation.',
  ],
]);

/**
 * Resolves once all servers have been received.
 * @param onRefused called when Discord later ends the connection for good
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

/** The client checks the number of connections left before it connects, so a failed try costs none. */
const USED_UP = /^Not enough sessions remaining .* resets at (\S+)$/;

/** Explains a request that failed while the bot was starting. */
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
    `The bot has used up its connections to Discord until ${until}. Check the log for the cause of its restarts.`,
  );
}
