/** The gateway's close codes for protocol errors, with a bare socket instead of a client. */
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openFakeDiscord } from '../fake-discord.ts';
import { Intent } from '../protocol.ts';
import type { FakeDiscord } from '../start.ts';

const PROPERTIES = { os: 'linux', browser: 'bare', device: 'bare' };

function dial(discord: FakeDiscord, query = '?v=10&encoding=json'): WebSocket {
  return new WebSocket(`${discord.url.replace('http', 'ws').replace('/api', '/gateway')}${query}`);
}

/** Sends all of this after HELLO, and returns the code that closes the socket. */
async function codeAfter(discord: FakeDiscord, ...payloads: readonly unknown[]): Promise<unknown> {
  const socket = dial(discord);
  await once(socket, 'message');
  for (const payload of payloads)
    socket.send(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const [code] = await once(socket, 'close');
  return code;
}

it('the fake gateway closes a wrong connection with Discord’s code for the reason', async () => {
  const discord = await openFakeDiscord();
  const identify = (more: object = {}) => ({
    op: 2,
    d: { token: discord.token, intents: Intent.Guilds, properties: PROPERTIES, ...more },
  });
  expect(await codeAfter(discord, 'not JSON')).toBe(4002);
  expect(await codeAfter(discord, { op: 3, d: {} })).toBe(4003);
  expect(await codeAfter(discord, identify({ token: 'wrong' }))).toBe(4004);
  expect(await codeAfter(discord, identify(), identify())).toBe(4005);
  expect(await codeAfter(discord, identify({ shard: [2, 2] }))).toBe(4010);
  expect(await codeAfter(discord, identify({ intents: 1 << 30 }))).toBe(4013);
  expect(await codeAfter(discord, identify({ intents: Intent.GuildMembers }))).toBe(4014);
  const socket = dial(discord, '?v=9&encoding=json');
  expect((await once(socket, 'close'))[0]).toBe(4012);
});

it('the fake gateway requires more than one shard from 2,500 guilds on', async () => {
  const discord = await openFakeDiscord({ validate: false });
  for (let n = 0; n < 2_500; n++) discord.addGuild({ channels: [] });
  const d = { token: discord.token, intents: 0, properties: PROPERTIES };
  expect(await codeAfter(discord, { op: 2, d })).toBe(4011);
});

it('the fake gateway accepts 120 messages a minute', async () => {
  const discord = await openFakeDiscord();
  discord.allow(/More than 120 sends/);
  expect(await codeAfter(discord, ...Array(121).fill({ op: 1, d: null }))).toBe(4008);
});

it('the fake gateway resumes only sessions that it started', async () => {
  const discord = await openFakeDiscord();
  discord.allow(/resume_gateway_url/);
  const socket = dial(discord);
  await once(socket, 'message');
  socket.send(JSON.stringify({ op: 6, d: { token: discord.token, session_id: 'unknown', seq: 3 } }));
  const [answer] = await once(socket, 'message');
  expect(JSON.parse(String(answer))).toMatchObject({ op: 9, d: false });
  socket.close();
});
