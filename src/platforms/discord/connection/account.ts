/** The bot's account, read without a connection. */
import { type APIUser, type REST, type RESTGetAPIGatewayBotResult, Routes } from 'discord.js';
import { type DiscordSettings, openPatientRest } from './client.ts';
import { startFault } from './connect.ts';

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
