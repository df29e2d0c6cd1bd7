/** Posting to Slack: the contract of all platforms, in a public channel and in a private one. */
import { expect, it } from 'vitest';
import { sentence } from '../../../../src/chat/card.ts';
import type { ChannelRef } from '../../../../src/chat/refs.ts';
import {
  describePosting,
  type PostingFault,
  type PostingHarness,
} from '../../../contracts/posting-contract.ts';
import type { Fault } from '../../../fakes/slack/faults.ts';
import type { FakeMessage } from '../../../fakes/slack/model.ts';
import { samplePaper } from '../../../support/papers.ts';
import { openFrame } from '../harness.ts';

const FAULTS: Readonly<Record<PostingFault, Fault>> = {
  'lose-answer': { kind: 'loseAnswer' },
  'error-after': { kind: 'serverError', when: 'after' },
  // Slack carries out no request that it refuses with an error code.
  refuse: { kind: 'refuse', error: 'invalid_blocks' },
  forbid: { kind: 'refuse', error: 'restricted_action' },
  'rate-limit-everywhere': { kind: 'rateLimit', retryAfter: 2 },
};

async function openHarness(isPrivate: boolean): Promise<PostingHarness> {
  const { slack, chat, ada } = await openFrame();
  const channel = slack.addChannel('news', { isPrivate });
  const messages = ({ channel: address }: ChannelRef): readonly FakeMessage[] => {
    const [id = '', thread] = address.split('/');
    return slack.messagesIn(id).filter(({ threadTs, ts }) => threadTs === thread && ts !== thread);
  };
  return {
    port: chat,
    channel: { platform: 'slack', workspace: slack.workspace.id, channel: channel.id },
    person: ada.id,
    limitsHold: 'in the workspace',
    count: (channelRef) => messages(channelRef).length,
    shows: (channelRef, text) => messages(channelRef).some((message) => message.text.includes(text)),
    say: (text) => void ada.say(channel, text),
    fail: (fault) =>
      slack.faults.next({ ...FAULTS[fault], match: ({ route }) => route === 'chat.postMessage' }),
    settle: (request) => request,
  };
}

describePosting('Slack, public channel', () => openHarness(false));
describePosting('Slack, private channel', () => openHarness(true));

it('Slack’s posts cannot be read back without the scope, or outside the channel', async () => {
  const { slack, chat, channel, channelRef } = await openFrame();
  expect(await chat.canFind(channelRef, 'any key')).toBe(true);
  channel.kickBot();
  expect(await chat.canFind(channelRef, 'any key')).toBe(false);
  channel.isMember = true;
  slack.workspace.scopes.delete('channels:history');
  expect(await chat.canFind(channelRef, 'any key')).toBe(false);
});

it('Slack’s posts are found behind more than one page of other messages, however small the pages are', async () => {
  const { chat, channelRef } = await openFrame({ slack: { distributed: true } });
  const posted = await chat.post(channelRef, sentence('the list'), { key: 'list', title: '' });
  for (let other = 0; other < 16; other++) await chat.update(posted, sentence(`change ${other}`));
  const { message } = posted;
  expect(await chat.findPosted(channelRef, 'list', new Date(0))).toMatchObject({ message });
});

it('a reaction on a posted paper in Slack saves it, from the first moment', async () => {
  const { slack, chat, channel, channelRef, ada, savedBy } = await openFrame();
  const { id: paper = '', title } = samplePaper();
  const card = {
    tone: 'plain',
    blocks: [{ kind: 'entry', paper, title, meta: [], body: [], actions: [] }],
  } as const;
  const posting = chat.post(channelRef, card, { key: 'k', title });
  await slack.until(() => channel.messages.length === 1);
  const [message] = channel.messages;
  if (message) ada.react(message, 'bookmark');
  await posting;
  await expect.poll(() => savedBy(ada.id)).toEqual([paper]);
});

it.each([
  ['user_not_visible', { of: 'place', isGone: true }],
  ['cannot_dm_bot', { of: 'place', isGone: true }],
  ['posting_to_general_channel_denied', { of: 'place' }],
  ['method_not_supported_for_channel_type', { of: 'place' }],
  ['ekm_access_denied', { of: 'place' }],
] as const)('Slack’s refusal %s is final', async (error, expected) => {
  const { slack, chat, channelRef } = await openFrame();
  slack.faults.next({ kind: 'refuse', error, match: ({ route }) => route === 'chat.postMessage' });
  const refused: unknown = await chat
    .post(channelRef, sentence('x'), { key: 'k', title: 'x' })
    .catch((thrown) => thrown);
  const reason = expect.stringMatching(/^[A-Z].*\.$/);
  expect(chat.classifyError(refused)).toEqual({ kind: 'permanent', reason, ...expected });
});
