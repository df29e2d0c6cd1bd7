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

it('the fake gateway sends a client its guilds, and guilds that it joins later', async () => {
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

it('the fake gateway sends reactions on messages that the client never received', async () => {
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

it('the fake gateway hides other people’s text from a bot without the intent, except in mentions and direct messages', async () => {
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

it('the fake gateway sends only events that the intents include', async () => {
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

it('the fake gateway resumes a broken connection with the missed events', async () => {
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

it('the fake gateway can tell a client to reconnect, and resumes its session', async () => {
  const discord = await openFakeDiscord();
  discord.addGuild();
  await openReadyClient(discord);
  discord.askToReconnect();
  await discord.until(() => discord.resumes === 1);
  expect(discord.identifies).toBe(1);
});

it('the fake gateway can end a session, and the client identifies again', async () => {
  const discord = await openFakeDiscord();
  discord.addGuild();
  const client = await openReadyClient(discord);
  const ready = next<unknown>((listener) => void client.once(Events.ShardReady, listener));
  discord.invalidateSession(false);
  // The client itself waits 5 seconds between two IDENTIFYs.
  await ready;
  expect([discord.identifies, discord.resumes]).toEqual([2, 0]);
});

it('the fake gateway can fall silent; the client notices through its heartbeat and reconnects', async () => {
  const discord = await openFakeDiscord({ heartbeatMs: 100 });
  discord.addGuild();
  await openReadyClient(discord);
  discord.silenceGateway();
  await discord.until(() => discord.resumes === 1);
});

it('the fake gateway refuses a wrong token, and intents that are not enabled', async () => {
  const discord = await openFakeDiscord();
  await expect(openClient(discord).login('wrong')).rejects.toThrow('An invalid token was provided');
  const greedy = openClient(discord, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent],
  });
  await expect(greedy.login(discord.token)).rejects.toThrow('disallowed intents');
  expect(discord.invalidRequests).toBe(1);
});

it('the fake gateway accepts privileged intents that are enabled', async () => {
  const discord = await openFakeDiscord({ privilegedIntents: Intent.MessageContent });
  const channel = discord.addGuild().channel('papers');
  const client = await openReadyClient(discord, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  });
  const said = next<string>((tell) => void client.once(Events.MessageCreate, ({ content }) => tell(content)));
  discord.addPerson('ada').say(channel, 'no secret');
  expect(await said).toBe('no secret');
});
