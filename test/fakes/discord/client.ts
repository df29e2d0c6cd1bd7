/** The real discord.js client, connected to the fake. */
import {
  Client,
  type ClientOptions,
  DiscordAPIError,
  GatewayIntentBits,
  Partials,
  REST,
  type RESTOptions,
} from 'discord.js';
import { onTestFinished } from 'vitest';
import type { FakeDiscord } from './start.ts';

/** Its requests are checked like the bot's own. Its mentions are off, as the bot's must be. */
export function openClient(discord: FakeDiscord, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.GuildMessageReactions,
    ],
    partials: [Partials.Message, Partials.Channel, Partials.Reaction],
    allowedMentions: { parse: [] },
    ...options,
    rest: { api: discord.url, ...options.rest },
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** Resolves when it is logged in and every guild has arrived. */
export async function openReadyClient(
  discord: FakeDiscord,
  options?: Partial<ClientOptions>,
): Promise<Client<true>> {
  const client = openClient(discord, options);
  const ready = new Promise<Client<true>>((resolve) => void client.once('clientReady', resolve));
  await client.login(discord.token);
  return ready;
}

/** discord.js's REST client alone, without the gateway. */
export function openRest(discord: FakeDiscord, options: Partial<RESTOptions> = {}): REST {
  return new REST({ version: '10', api: discord.url, ...options }).setToken(discord.token);
}

/** The JSON code of the refusal, or `carried out`. */
export async function codeOf(request: Promise<unknown>): Promise<number | string> {
  try {
    await request;
    return 'carried out';
  } catch (error) {
    if (error instanceof DiscordAPIError) return error.code;
    throw error;
  }
}
