/** Posting to Discord meets the contract of all platforms in text and announcement channels and forums. */
import { expect, it } from 'vitest';
import { sentence } from '../../../../src/chat/card.ts';
import {
  describePosting,
  type PostingFault,
  type PostingHarness,
} from '../../../contracts/posting-contract.ts';
import type { Fault } from '../../../fakes/discord/faults.ts';
import type { ChannelKind, ChannelOptions, FakeChannel } from '../../../fakes/discord/model.ts';
import { shownText } from '../../../fakes/discord/people/shown.ts';
import { Intent } from '../../../fakes/discord/protocol.ts';
import { samplePaper } from '../../../support/papers.ts';
import { openFrame } from '../harness.ts';

const FAULTS: Readonly<Record<PostingFault, Fault>> = {
  'lose-answer': { kind: 'loseAnswer' },
  'error-after': { kind: 'serverError', when: 'after' },
  // Whatever is wrong with a request, Discord carries out none that it answers with 400.
  refuse: { kind: 'refuse', status: 400, code: 50035 },
  forbid: { kind: 'refuse', status: 403, code: 50013 },
  'rate-limit-everywhere': { kind: 'rateLimit', retryAfter: 2, scope: 'global' },
};

async function openHarness(kind: ChannelKind): Promise<PostingHarness> {
  const { discord, guild, chat, ada } = await openFrame({
    discord: { privilegedIntents: Intent.MessageContent },
  });
  discord.allow(/429/);
  const target = guild.addChannel('news', { kind });
  // The client learns of the channel by an event; a post asks for it otherwise.
  const channelRef = { platform: 'discord', workspace: guild.id, channel: target.id };
  const messages = (channel: string) => {
    const there: FakeChannel = discord.channel(channel);
    return kind === 'forum' && channel === target.id
      ? there.threads.flatMap((thread) => thread.messages.slice(0, 1))
      : there.messages;
  };
  return {
    port: chat,
    channel: channelRef,
    person: ada.id,
    count: ({ channel }) => messages(channel).length,
    shows: ({ channel }, text) => messages(channel).some((message) => shownText(message).includes(text)),
    say: (text) => void ada.say(target, text),
    fail: (fault) => discord.faults.next({ ...FAULTS[fault], match: ({ method }) => method === 'POST' }),
    settle: (request) => request,
  };
}

for (const kind of ['text', 'announcement'] as const) {
  describePosting(`Discord, ${kind} channel`, () => openHarness(kind));
}

it('posts to a forum as a post of its own, finds it again, and goes on in it', async () => {
  const { port, channel: channelRef, count, shows } = await openHarness('forum');
  expect(await port.idempotencyWindowMs(channelRef)).toBe(0);
  const root = await port.post(channelRef, sentence('the list'), { key: 'root', title: 'Trending papers' });
  expect(count(channelRef)).toBe(1);
  const thread = await port.openThread(root, 'Trending papers');
  await port.post(thread, sentence('a paper'), { key: 'reply', title: 'Trending papers' });
  expect(shows(thread, 'a paper')).toBe(true);
  expect(await port.findPosted(channelRef, 'root', new Date(0))).toEqual(root);
  expect(await port.findPosted(channelRef, 'other', new Date(0))).toBeUndefined();
  await port.update(root, sentence('the list, a day later'));
  expect(shows(thread, 'the list, a day later')).toBe(true);
});

it('finds its post in a forum beside one whose first message a moderator removed', async () => {
  const { discord, guild, chat } = await openFrame();
  const { id: channel } = guild.addChannel('reading', { kind: 'forum' });
  const channelRef = { platform: 'discord', workspace: guild.id, channel };
  const other = await chat.post(channelRef, sentence('gone'), { key: 'other', title: 'Papers' });
  for (const message of discord.channel(other.channel).messages) message.deleted = true;
  const root = await chat.post(channelRef, sentence('the list'), { key: 'root', title: 'Papers' });
  expect(await chat.findPosted(channelRef, 'root', new Date(0))).toEqual(root);
  expect(await chat.findPosted(channelRef, 'other', new Date(0))).toBeUndefined();
});

it.each([
  [404, 10003, { of: 'place', isGone: true }],
  [404, 10004, { of: 'place', isGone: true }],
  [404, 10008, { of: 'message', isGone: true }],
  [403, 50001, { of: 'place' }],
  [403, 50013, { of: 'place' }],
  [400, 50024, { of: 'place' }],
  [400, 50083, { of: 'place', isGone: true }],
  [403, 160005, { of: 'place', isGone: true }],
  [400, 40067, { of: 'place' }],
  [400, 200000, { of: 'message' }],
  [400, 200001, { of: 'message' }],
  [400, 40066, { of: 'place' }],
  [400, 160007, { of: 'place' }],
  [403, 50278, { of: 'place', isGone: true }],
  [404, 10013, { of: 'place', isGone: true }],
  [403, 50009, { of: 'place' }],
] as const)('calls a refusal that cannot pass final: %i with code %i', async (status, code, expected) => {
  const { discord, guild, chat, channel } = await openFrame();
  discord.faults.next({ kind: 'refuse', status, code, match: ({ method }) => method === 'POST' });
  const channelRef = { platform: 'discord', workspace: guild.id, channel: channel.id };
  const error: unknown = await chat
    .post(channelRef, sentence('x'), { key: 'k', title: 'x' })
    .catch((thrown) => thrown);
  const reason = expect.stringMatching(/^[A-Z].*\.$/);
  expect(chat.classifyError(error)).toEqual({ kind: 'permanent', reason, ...expected });
});

it.each([
  [403, 40333],
  [403, 40004],
] as const)('tries again after a refusal that passes: %i with code %i', async (status, code) => {
  const { discord, guild, chat, channel } = await openFrame();
  discord.faults.next({ kind: 'refuse', status, code, match: ({ method }) => method === 'POST' });
  const channelRef = { platform: 'discord', workspace: guild.id, channel: channel.id };
  const error: unknown = await chat
    .post(channelRef, sentence('x'), { key: 'k', title: 'x' })
    .catch((thrown) => thrown);
  expect(chat.classifyError(error)).toMatchObject({ kind: 'not-sent' });
});

it('a direct message to a person who left every server of the bot is not delivered, and no error', async () => {
  const { discord, guild, chat, ada } = await openFrame();
  const isMessage = ({ path }: { readonly path: string }) => path.endsWith('/messages');
  discord.faults.next({ kind: 'refuse', status: 403, code: 50278, match: isMessage });
  expect(await chat.sendDirectMessage(guild.id, ada.id, sentence('x'))).toBe(false);
});

it.each([
  ['the one that fits best', ['News', 'Papers', 'Questions'], ['Papers']],
  ['the first where none speaks of papers', ['Alpha', 'Beta'], ['Alpha']],
  ['none that moderators alone may set', ['!Papers', 'Beta'], ['Beta']],
] as const)('posts to a forum that wants a tag with %s', async (_, tags, expected) => {
  const { discord, guild, chat } = await openFrame();
  const forum = guild.addChannel('reading', { kind: 'forum', tags, requireTag: true });
  const channelRef = { platform: 'discord', workspace: guild.id, channel: forum.id };
  const { channel } = await chat.post(channelRef, sentence('the list'), { key: 'root', title: 'Papers' });
  const { appliedTags } = discord.channel(channel);
  expect(forum.tags.filter(({ id }) => appliedTags.includes(id)).map(({ name }) => name)).toEqual(expected);
});

it('sets no tag where the forum wants none, and says what is missing where it has none for the bot', async () => {
  const { discord, guild, chat } = await openFrame();
  const post = async (name: string, options: ChannelOptions) => {
    const { id: channel } = guild.addChannel(name, { kind: 'forum', ...options });
    const channelRef = { platform: 'discord', workspace: guild.id, channel };
    return chat.post(channelRef, sentence('the list'), { key: name, title: 'Papers' });
  };
  const { channel } = await post('free', { tags: ['Papers'] });
  expect(discord.channel(channel).appliedTags).toEqual([]);
  const error: unknown = await post('closed', { tags: ['!Papers'], requireTag: true }).catch(
    (thrown) => thrown,
  );
  expect(chat.classifyError(error)).toMatchObject({
    kind: 'permanent',
    reason: expect.stringMatching(/a tag/),
  });
});

it('a reaction on a posted paper saves it, from its first moment', async () => {
  const { discord, guild, chat, channel, ada, savedBy } = await openFrame();
  const { id: paper = '', title } = samplePaper();
  const card = {
    tone: 'plain',
    blocks: [{ kind: 'entry', paper, title, meta: [], body: [], actions: [] }],
  } as const;
  const channelRef = { platform: 'discord', workspace: guild.id, channel: channel.id };
  const posting = chat.post(channelRef, card, { key: 'k', title });
  await discord.until(() => channel.messages.length === 1);
  const [message] = channel.messages;
  if (message) ada.react(message, '🔖');
  await posting;
  await expect.poll(() => savedBy(ada.id)).toEqual([paper]);
});
