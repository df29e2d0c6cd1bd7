/** The gateway with the real client: connecting, losing the connection, resuming. */
import { Events, GatewayIntentBits } from 'discord.js';
import { expect, it } from 'vitest';
import { openClient, openReadyClient } from '../client.ts';
import { openFakeDiscord } from '../fake-discord.ts';
import { Intent } from '../protocol.ts';

/** Resolves with the arguments of the listener. */
function next<T>(register: (listener: (value: T) => void) => void): Promise<T> {
  return new Promise(register);
}

it('greets the client with its guilds, and with those that come later', async () => {
  const discord = await openFakeDiscord();
  const guild = discord.addGuild({ name: 'Lab', channels: ['papers', { name: 'talks', kind: 'forum' }] });
  guild.channel('papers').deny('EmbedLinks');
  const client = await openReadyClient(discord);
  expect(client.user.id).toBe(discord.botUserId);
  const seen = client.guilds.cache.get(guild.id);
  expect(seen?.channels.cache.map(({ name }) => name)).toEqual(['papers', 'talks']);
  const papers = seen?.channels.cache.get(guild.channel('papers').id);
  const me = seen?.members.me;
  expect(me && papers?.permissionsFor(me).toArray()).toEqual(expect.arrayContaining(['SendMessages']));
  expect(me && papers?.permissionsFor(me).has('EmbedLinks')).toBe(false);
  const joined = next<{ name: string }>((listener) => void client.once(Events.GuildCreate, listener));
  discord.addGuild({ name: 'Another' });
  expect((await joined).name).toBe('Another');
  const left = next<{ name: string }>((listener) => void client.once(Events.GuildDelete, listener));
  guild.kickBot();
  expect((await left).name).toBe('Lab');
});

it('brings reactions on messages that the client never saw', async () => {
  const discord = await openFakeDiscord();
  const channel = discord.addGuild().channel('papers');
  const ada = discord.addPerson('ada');
  const old = ada.say(channel, 'before the bot came');
  const client = await openReadyClient(discord);
  const added = next<string>((tell) => {
    client.once(Events.MessageReactionAdd, (reaction, user) =>
      tell(`${reaction.emoji.name} ${user.id} ${reaction.message.id}`),
    );
  });
  ada.react(old, '🔖');
  expect(await added).toBe(`🔖 ${ada.id} ${old.id}`);
  const removed = next<unknown>((listener) => void client.once(Events.MessageReactionRemove, listener));
  ada.unreact(old, '🔖');
  await removed;
});

it('keeps the words of others from a bot without the intent, but for mentions and direct messages', async () => {
  const discord = await openFakeDiscord();
  const channel = discord.addGuild().channel('papers');
  const client = await openReadyClient(discord, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  });
  const heard: string[] = [];
  client.on(Events.MessageCreate, ({ content }) => heard.push(content));
  const ada = discord.addPerson('ada');
  ada.say(channel, 'a secret');
  ada.say(channel, `<@${discord.botUserId}> hello`);
  ada.say(ada.dm(), 'psst');
  await expect.poll(() => heard).toEqual(['', `<@${discord.botUserId}> hello`, 'psst']);
});

it('sends only what the intents ask for', async () => {
  const discord = await openFakeDiscord();
  const channel = discord.addGuild().channel('papers');
  const client = await openReadyClient(discord, { intents: [GatewayIntentBits.Guilds] });
  const raw: string[] = [];
  client.on('raw' as 'debug', (packet: unknown) => raw.push((packet as { t: string }).t));
  discord.addPerson('ada').say(channel, 'hello');
  discord.addGuild();
  await expect.poll(() => raw).toContain('GUILD_CREATE');
  expect(raw).not.toContain('MESSAGE_CREATE');
});

it('resumes after a broken line, with what was missed', async () => {
  const discord = await openFakeDiscord();
  const channel = discord.addGuild().channel('papers');
  const client = await openReadyClient(discord);
  const seen = next<string>(
    (tell) => void client.once(Events.MessageReactionAdd, (reaction) => tell(reaction.message.id)),
  );
  discord.refuseGateway(true);
  discord.cutConnections();
  await discord.until(() => discord.connections === 0);
  const ada = discord.addPerson('ada');
  const message = ada.say(channel, 'while you were away');
  ada.react(message, '🔖');
  discord.refuseGateway(false);
  expect(await seen).toBe(message.id);
  expect([discord.identifies, discord.resumes]).toEqual([1, 1]);
});

it('resumes when told to reconnect', async () => {
  const discord = await openFakeDiscord();
  discord.addGuild();
  await openReadyClient(discord);
  discord.askToReconnect();
  await discord.until(() => discord.resumes === 1);
  expect(discord.identifies).toBe(1);
});

it('takes a session away: the client identifies again', async () => {
  const discord = await openFakeDiscord();
  discord.addGuild();
  const client = await openReadyClient(discord);
  const ready = next<unknown>((listener) => void client.once(Events.ShardReady, listener));
  discord.invalidateSession(false);
  // The client itself waits 5 seconds between two IDENTIFYs.
  await ready;
  expect([discord.identifies, discord.resumes]).toEqual([2, 0]);
});

it('falls silent: the client notices by its heartbeat and comes back', async () => {
  const discord = await openFakeDiscord({ heartbeatMs: 100 });
  discord.addGuild();
  await openReadyClient(discord);
  discord.silenceGateway();
  await discord.until(() => discord.resumes === 1);
});

it('turns away a wrong token, and intents that nobody switched on', async () => {
  const discord = await openFakeDiscord();
  await expect(openClient(discord).login('wrong')).rejects.toThrow('An invalid token was provided');
  const greedy = openClient(discord, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent],
  });
  await expect(greedy.login(discord.token)).rejects.toThrow('disallowed intents');
  expect(discord.invalidRequests).toBe(1);
});

it('lets privileged intents through when they are switched on', async () => {
  const discord = await openFakeDiscord({ privilegedIntents: Intent.MessageContent });
  const channel = discord.addGuild().channel('papers');
  const client = await openReadyClient(discord, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  });
  const said = next<string>((tell) => void client.once(Events.MessageCreate, ({ content }) => tell(content)));
  discord.addPerson('ada').say(channel, 'no secret');
  expect(await said).toBe('no secret');
});
