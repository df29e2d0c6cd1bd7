/** Views over the clients that are connected, of which a process has one, several, or none. */
import {
  type APIUser,
  type Channel,
  type Client,
  type Guild,
  type REST,
  type RESTGetAPIGatewayBotResult,
  Routes,
} from 'discord.js';
import { type DiscordSettings, openPatientRest } from './client.ts';
import { startFault } from './connect.ts';

export interface Gateway {
  /** The bot's own id. */
  readonly me: string;
  /** Retries, and works without a connection. */
  readonly rest: REST;
  /** A channel of a connected client's servers. */
  channel(id: string): Channel | undefined;
  /** The same, or an archived thread, which has to be fetched. */
  fetchChannel(id: string): Promise<Channel | null>;
  guild(id: string): Guild | undefined;
  /** True if no other process has a part of the servers. */
  readonly isWhole: boolean;
  /** Calls back for each client, those of later as well. */
  onClient(take: (client: Client) => void): void;
}

export interface OpenGateway extends Gateway {
  add(client: Client): void;
  remove(client: Client): void;
}

export function openGateway({ me, rest, isWhole }: Pick<Gateway, 'me' | 'rest' | 'isWhole'>): OpenGateway {
  const clients = new Set<Client>();
  const takers: Array<(client: Client) => void> = [];

  function first<Found>(find: (client: Client) => Found | undefined): Found | undefined {
    for (const client of clients) {
      const found = find(client);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  const channel = (id: string) => first((client) => client.channels.cache.get(id));

  return {
    me,
    rest,
    isWhole,
    channel,
    async fetchChannel(id) {
      const [client] = clients;
      return channel(id) ?? (await client?.channels.fetch(id).catch(() => null)) ?? null;
    },
    guild: (id) => first((client) => client.guilds.cache.get(id)),
    onClient(take) {
      takers.push(take);
      for (const client of clients) take(client);
    },
    add(client) {
      clients.add(client);
      for (const take of takers) take(client);
    },
    remove: (client) => void clients.delete(client),
  };
}

/** The bot's account, read without a connection. */
export interface Account {
  /** Retries. */
  readonly rest: REST;
  /** The bot's own id. */
  readonly me: string;
  /** Number of connections over all processes. */
  readonly shardCount: number;
}

/** @throws UserError when Discord rejects the token or does not answer */
export async function openAccount(settings: DiscordSettings): Promise<Account> {
  const rest = openPatientRest(settings);
  try {
    const { id } = (await rest.get(Routes.user())) as APIUser;
    const { shards } = (await rest.get(Routes.gatewayBot())) as RESTGetAPIGatewayBotResult;
    return { rest, me: id, shardCount: settings.shards ?? shards };
  } catch (error) {
    throw startFault(error);
  }
}
