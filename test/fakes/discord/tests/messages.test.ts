/** Messages, reactions and threads over REST, with the rules that depend on time, place and permission. */
import { expect, it } from 'vitest';
import { fakeClock } from '../../../support/fake-clock.ts';
import { codeOf, openRest } from '../client.ts';
import { openFakeDiscord } from '../fake-discord.ts';

const QUIET = { allowed_mentions: { parse: [] } };

async function openChannel(options: Parameters<typeof openFakeDiscord>[0] = {}) {
  const discord = await openFakeDiscord(options);
  const guild = discord.addGuild({
    channels: ['papers', { name: 'talks', kind: 'forum' }, { name: 'news', kind: 'announcement' }],
  });
  const channel = guild.channel('papers');
  const rest = openRest(discord);
  const post = async (content: string, more: object = {}, to = channel) =>
    (await rest.post(`/channels/${to.id}/messages`, { body: { content, ...QUIET, ...more } })) as {
      readonly id: string;
    };
  return { discord, guild, channel, rest, post };
}

it('the fake Discord returns the first message again for the same nonce within three minutes', async () => {
  const clock = fakeClock('2026-05-28T09:00:00Z');
  const { channel, post } = await openChannel({ clock });
  const first = await post('one', { nonce: 'day', enforce_nonce: true });
  expect(await post('two', { nonce: 'day', enforce_nonce: true })).toMatchObject({
    id: first.id,
    content: 'one',
  });
  await post('no nonce is enforced', { nonce: 'day' });
  await clock.advance(4 * 60_000);
  await post('later', { nonce: 'day', enforce_nonce: true });
  expect(channel.messages.map(({ content }) => content)).toEqual(['one', 'no nonce is enforced', 'later']);
});

it('the fake Discord lists messages newest first, before and after an ID', async () => {
  const { channel, rest, post } = await openChannel();
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c', 'd']) ids.push((await post(name)).id);
  const list = async (query: string) => {
    const page = (await rest.get(`/channels/${channel.id}/messages?${query}`)) as { content: string }[];
    return page.map(({ content }) => content).join('');
  };
  expect(await list('limit=2')).toBe('dc');
  expect(await list(`limit=2&before=${ids[2]}`)).toBe('ba');
  expect(await list(`limit=2&after=${ids[0]}`)).toBe('cb');
});

it('the fake Discord starts one thread per message, with the ID of the message', async () => {
  const clock = fakeClock('2026-05-28T09:00:00Z');
  const { discord, channel, rest, post } = await openChannel({ clock });
  const { id } = await post('root');
  const start = () =>
    rest.post(`/channels/${channel.id}/messages/${id}/threads`, { body: { name: 'Trending' } });
  expect(await start()).toMatchObject({ id, type: 11, parent_id: channel.id });
  expect(await codeOf(start())).toBe(160004);
  const thread = discord.channel(id);
  const inside = await post('first paper', {}, thread);
  expect(channel.threads).toEqual([thread]);
  const edit = () =>
    rest.patch(`/channels/${id}/messages/${inside.id}`, { body: { content: 'changed', ...QUIET } });
  await edit();
  await clock.advance(4_320 * 60_000);
  expect(await codeOf(edit())).toBe(50083);
  await post('wakes it', {}, thread);
  expect(await codeOf(edit())).toBe('carried out');
  await rest.patch(`/channels/${id}`, { body: { archived: true } });
  expect(thread.archived).toBe(true);
});

it('the fake Discord creates a forum post together with its first message', async () => {
  const { discord, guild, rest, post } = await openChannel();
  const forum = guild.channel('talks');
  expect(await codeOf(post('hello', {}, forum))).toBe(50008);
  const made = (await rest.post(`/channels/${forum.id}/threads`, {
    body: { name: 'Today', message: { content: 'root', ...QUIET } },
  })) as { id: string };
  expect(discord.messagesIn(made.id).map(({ id, content }) => [id, content])).toEqual([[made.id, 'root']]);
});

it('the fake Discord publishes messages only in announcement channels', async () => {
  const { guild, channel, rest, post } = await openChannel();
  const news = guild.channel('news');
  const { id } = await post('news', {}, news);
  await rest.post(`/channels/${news.id}/messages/${id}/crosspost`);
  const other = await post('not news');
  expect(await codeOf(rest.post(`/channels/${channel.id}/messages/${other.id}/crosspost`))).toBe(50024);
});

it('the fake Discord refuses a message with the code for the reason', async () => {
  const { discord, guild, channel, rest, post } = await openChannel();
  const ada = discord.addPerson('ada');
  const said = ada.say(channel, 'mine');
  expect(
    await codeOf(
      rest.patch(`/channels/${channel.id}/messages/${said.id}`, { body: { content: 'x', ...QUIET } }),
    ),
  ).toBe(50005);
  expect(await codeOf(rest.get(`/channels/${channel.id}/messages/1`))).toBe(10008);
  channel.deny('EmbedLinks');
  expect(await codeOf(post('', { embeds: [{ title: 'x' }] }))).toBe(50013);
  channel.deny('SendMessages');
  expect(await codeOf(post('x'))).toBe(50013);
  channel.deny('ViewChannel');
  expect(await codeOf(post('x'))).toBe(50001);
  channel.delete();
  expect(await codeOf(post('x'))).toBe(10003);
  const { id } = (await rest.post('/users/@me/channels', { body: { recipient_id: ada.id } })) as {
    id: string;
  };
  expect(id).toBe(ada.dm().id);
  await post('hello', {}, ada.dm());
  ada.closeDms();
  expect(await codeOf(post('hello', {}, ada.dm()))).toBe(50007);
  guild.kickBot();
  expect(await codeOf(rest.get(`/guilds/${guild.id}`))).toBe(10004);
  expect(discord.invalidRequests).toBe(5);
});

it('the fake Discord stores reactions, lists people in pages, and stops at twenty emoji', async () => {
  const { discord, channel, rest, post } = await openChannel();
  const { id } = await post('react here');
  const message = channel.everything.get(id);
  if (!message) throw new Error('The message is gone');
  const people = ['ada', 'bob', 'cyd'].map((name) => discord.addPerson(name));
  for (const person of people) person.react(message, '🔖');
  people[1]?.unreact(message, '🔖');
  const base = `/channels/${channel.id}/messages/${id}/reactions` as const;
  const mark = encodeURIComponent('🔖');
  const names = async (query: string) =>
    ((await rest.get(`${base}/${mark}?${query}`)) as { username: string }[]).map(({ username }) => username);
  expect(await names('limit=100')).toEqual(['ada', 'cyd']);
  expect(await names(`limit=1&after=${people[0]?.id}`)).toEqual(['cyd']);
  for (let kind = 0; kind < 19; kind++)
    await rest.put(`${base}/${encodeURIComponent(String.fromCodePoint(0x1f600 + kind))}/@me`);
  expect(await codeOf(rest.put(`${base}/${encodeURIComponent('👍')}/@me`))).toBe(30010);
  expect(await codeOf(rest.put(`${base}/word/@me`))).toBe(10014);
  await rest.put(`${base}/${mark}/@me`);
  await rest.delete(`${base}/${mark}/@me`);
});

it('the fake Discord refuses a forum post without a required tag or with a moderated tag', async () => {
  const { discord, guild, rest } = await openChannel();
  const forum = guild.addChannel('reading', { kind: 'forum', tags: ['Papers', '!News'], requireTag: true });
  const [papers, news] = forum.tags.map(({ id }) => id);
  const post = (...tags: (string | undefined)[]) =>
    codeOf(
      rest.post(`/channels/${forum.id}/threads`, {
        body: { name: 'Today', message: { content: 'the list', ...QUIET }, applied_tags: tags },
      }),
    );
  expect(await post()).toBe(40067);
  expect(await post(news)).toBe(50013);
  expect(await post('1')).toBe(10087);
  expect(await post(papers)).toBe('carried out');
  const [thread] = forum.threads;
  expect(await rest.get(`/channels/${thread?.id}`)).toMatchObject({ applied_tags: [papers] });
  expect(discord.violations).toEqual([]);
});

it('the fake Discord lists super reactions only on request, and counts them separately', async () => {
  const { discord, channel, rest, post } = await openChannel();
  const { id } = await post('react here');
  const message = channel.everything.get(id);
  if (!message) throw new Error('The message is gone');
  const [ada, bob] = ['ada', 'bob'].map((name) => discord.addPerson(name));
  ada?.react(message, '🔖', { burst: true });
  bob?.react(message, '🔖');
  bob?.react(message, '🔖', { burst: true });
  const url = `/channels/${channel.id}/messages/${id}` as const;
  const names = async (query: string) => {
    const people = await rest.get(`${url}/reactions/${encodeURIComponent('🔖')}${query}`);
    return (people as { username: string }[]).map(({ username }) => username);
  };
  expect(await names('')).toEqual(['bob']);
  expect(await names('?type=0')).toEqual(['bob']);
  expect(await names('?type=1')).toEqual(['ada', 'bob']);
  expect(await rest.get(url)).toMatchObject({
    reactions: [{ emoji: { name: '🔖' }, count: 3, count_details: { burst: 2, normal: 1 } }],
  });
});

it('the fake Discord stores files that came with a message', async () => {
  const { channel, rest } = await openChannel();
  // The client's own encoder fails if another version of undici was loaded into the process, as other tests
  // do.
  const form = new FormData();
  form.append('files[0]', new Blob(['@misc{a}']), 'papers.bib');
  form.append('payload_json', JSON.stringify(QUIET));
  const encoded = new Response(form);
  await rest.post(`/channels/${channel.id}/messages`, {
    passThroughBody: true,
    body: Buffer.from(await encoded.arrayBuffer()),
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
  });
  const [file] = channel.messages.flatMap(({ files }) => files);
  expect([file?.name, await file?.text()]).toEqual(['papers.bib', '@misc{a}']);
});
