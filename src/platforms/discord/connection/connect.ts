/** Connects to Discord, and explains rejected connections. */
import { type Client, Events, GatewayCloseCodes } from 'discord.js';
import { messageOf, UserError } from '../../../base/errors.ts';
import { type Deadline, withDeadline } from '../../../resilience/deadline.ts';
import { describeError } from './errors.ts';

/** Milliseconds within which Discord must answer. */
const START_MS = 60_000;

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const REFUSALS = new Map<number, string>([
  [
    GatewayCloseCodes.AuthenticationFailed,
    'Discord rejected the token. Create a new one at discord.com/developers (Bot → Reset Token) and set DISCORD_TOKEN.',
  ],
  [
    GatewayCloseCodes.DisallowedIntents,
    'Discord rejected the intents. Enable them at discord.com/developers (Bot → Privileged Gateway Intents).',
  ],
  [
    GatewayCloseCodes.InvalidIntents,
    'Discord does not support the intents of this version. Update Paperboy.',
  ],
  [
    GatewayCloseCodes.ShardingRequired,
    'The bot is on too many servers for one connection. Set DISCORD_SHARDS, or remove it to use the number that Discord recommends.',
  ],
  [
    GatewayCloseCodes.InvalidShard,
    'Discord rejected DISCORD_SHARDS. Remove it to use the number that Discord recommends.',
  ],
]);

/**
 * Resolves when all servers are loaded.
 * @param signal ends the wait when it is time to stop
 * @param onRefused called when Discord later ends the connection for good
 * @throws UserError when Discord rejects the connection or does not answer
 */
export async function connect(
  client: Client,
  token: string,
  { clock, signal }: Pick<Deadline, 'clock' | 'signal'>,
  onRefused: (error: Error) => void,
): Promise<Client<true>> {
  let refuse = onRefused;
  client.on(Events.ShardDisconnect, ({ code }) => refuse(refusalOf(code)));
  client.on(Events.Invalidated, () => refuse(refusalOf(GatewayCloseCodes.AuthenticationFailed)));
  try {
    return await withDeadline(
      { ms: START_MS, clock, signal },
      () =>
        new Promise<Client<true>>((resolve, reject) => {
          refuse = reject;
          client.once(Events.ClientReady, resolve);
          client.login(token).catch((error: unknown) => reject(startFault(error)));
        }),
      () => {
        throw new UserError('Discord did not respond within a minute. Check the network.');
      },
    );
  } finally {
    refuse = onRefused;
  }
}

/** Discord will refuse the next connection as well. */
export class RefusedByDiscord extends UserError {}

function refusalOf(code: number): UserError {
  return new RefusedByDiscord(REFUSALS.get(code) ?? `Discord closed the connection permanently (${code}).`);
}

/** Error of the client before it connects, when the daily limit of connections is used up. */
const USED_UP = /^Not enough sessions remaining .* resets at (\S+)$/;

/** Explains a failed request or connection attempt. */
export function startFault(error: unknown): UserError {
  const { code, status } = describeError(error);
  if (code === 'TokenInvalid' || status === 401) return refusalOf(GatewayCloseCodes.AuthenticationFailed);
  const [, until] = USED_UP.exec(messageOf(error)) ?? [];
  if (until !== undefined) return connectedTooOften(until);
  return new UserError(`Cannot reach Discord: ${messageOf(error)}. Check the network.`);
}

/** @param until an ISO date and time */
export function connectedTooOften(until: string): UserError {
  return new UserError(
    `The bot has connected to Discord too often in a day. It can connect again from ${until}. Check the log for the cause of the restarts.`,
  );
}
