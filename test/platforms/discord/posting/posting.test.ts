/** Posting to Discord: the contract of all platforms, in a text channel, an announcement channel and a forum. */
import { expect, it } from 'vitest';
import { sentence } from '../../../../src/chat/card.ts';
import {
  describePosting,
  type PostingFault,
  type PostingHarness,
} from '../../../contracts/posting-contract.ts';
import type { Fault } from '../../../fakes/discord/faults.ts';
import type { ChannelKind, FakeChannel } from '../../../fakes/discord/model.ts';
import { shownText } from '../../../fakes/discord/people/shown.ts';
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
  const { discord, guild, chat, ada } = await openFrame();
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
