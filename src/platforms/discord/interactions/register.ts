/** Registers commands globally or in one server, and removes duplicates from other scopes. */
import { type Client, type RESTGetAPIApplicationCommandsResult, Routes } from 'discord.js';
import type { Logger } from '../../../base/log.ts';
import type { RateLimiter } from '../../../resilience/rate-limiter.ts';
import { describeError } from '../connection/errors.ts';
import { isRegistered, type Registrable, toRegistrations } from './registration.ts';

export interface RegisterOptions extends Registrable {
  /** Registers in this server only; in all servers when absent. */
  readonly guildId: string | undefined;
  readonly log: Logger;
}

/** Registers the commands unless they are up to date, so that a restart changes nothing. */
export async function register(client: Client<true>, options: RegisterOptions): Promise<void> {
  const { guildId, log } = options;
  const wanted = toRegistrations(options);
  const route = routeOf(client, guildId);
  if (isRegistered(wanted, await registeredAt(client, route))) return;
  await client.rest.put(route, { body: wanted });
  log.info({ commands: wanted.length, server: guildId }, 'discord: commands registered');
}

/** Removes commands that an earlier start registered in another scope, with one request per server. */
export async function removeElsewhere(
  client: Client<true>,
  { guildId, log }: Pick<RegisterOptions, 'guildId' | 'log'>,
  pace: Pick<RateLimiter, 'acquire'>,
  signal: AbortSignal,
): Promise<void> {
  for (const server of [undefined, ...client.guilds.cache.keys()]) {
    if (signal.aborted) return;
    if (server === guildId) continue;
    const route = routeOf(client, server);
    try {
      await pace.acquire(signal);
      const left = await registeredAt(client, route);
      if (left.length === 0) continue;
      await client.rest.put(route, { body: [] });
      log.info({ commands: left.length, server }, 'discord: duplicate commands removed');
    } catch (error) {
      // A server may have added the bot without commands.
      log.debug({ ...describeError(error), server }, 'discord: commands not read');
    }
  }
}

function routeOf(client: Client<true>, guildId: string | undefined): `/${string}` {
  const { id } = client.application;
  return guildId === undefined
    ? Routes.applicationCommands(id)
    : Routes.applicationGuildCommands(id, guildId);
}

async function registeredAt(
  client: Client<true>,
  route: `/${string}`,
): Promise<RESTGetAPIApplicationCommandsResult> {
  const query = new URLSearchParams({ with_localizations: 'true' });
  return (await client.rest.get(route, { query })) as RESTGetAPIApplicationCommandsResult;
}
