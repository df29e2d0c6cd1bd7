/** Messages that Slack accepts, and in which channels. Each limit is tested at n and at n + 1. */
import { expect, it } from 'vitest';
import { errorOf, openWebClient, QUIET } from '../client.ts';
import { openFakeSlack } from '../fake-slack.ts';
import type { FakeSlackOptions } from '../start.ts';

async function openPosting(options?: FakeSlackOptions) {
  const slack = await openFakeSlack(options);
  const channel = slack.addChannel('papers');
  const client = openWebClient(slack);
  const post = (body: object = {}, to = channel) =>
    client.chat.postMessage({ channel: to.id, text: 'x', ...QUIET, ...body });
  const postBlocks = (...blocks: unknown[]) => errorOf(post({ blocks }));
  return { slack, channel, client, post, postBlocks };
}

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const section = (length: number) => ({ type: 'section', text: plain(length) });
const button = (more: object = {}) => ({ type: 'button', text: plain(1), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

const LIMITS: Readonly<Record<string, (length: number) => unknown>> = {
  'section text 3000': section,
  'field 2000': (length) => ({ type: 'section', fields: [plain(length)] }),
  'fields 10': (count) => ({ type: 'section', fields: times(count, () => plain(1)) }),
  'header 150': (length) => ({ type: 'header', text: plain(length) }),
  'context elements 10': (count) => ({ type: 'context', elements: times(count, () => plain(1)) }),
  'actions elements 25': (count) => actions(...times(count, () => button())),
  'button text 75': (length) => actions({ type: 'button', text: plain(length) }),
  'button value 2000': (length) => actions(button({ value: 'x'.repeat(length) })),
  'action_id 255': (length) => actions(button({ action_id: 'x'.repeat(length) })),
  'block_id 255': (length) => ({ ...section(1), block_id: 'x'.repeat(length) }),
  'alt text 2000': (length) => ({
    type: 'image',
    image_url: 'https://arxiv.org/x.png',
    alt_text: 'x'.repeat(length),
  }),
  'select options 100': (count) =>
    actions({ type: 'static_select', options: times(count, (n) => ({ text: plain(1), value: String(n) })) }),
  'option text 75': (length) =>
    actions({ type: 'static_select', options: [{ text: plain(length), value: 'x' }] }),
  'placeholder 150': (length) => actions({ type: 'external_select', placeholder: plain(length) }),
};

for (const [name, make] of Object.entries(LIMITS)) {
  const limit = Number(name.split(' ').at(-1));
  it(`the fake Slack enforces ${name}`, async () => {
    const { postBlocks } = await openPosting();
    expect([await postBlocks(make(limit)), await postBlocks(make(limit + 1))]).toEqual([
      'carried out',
      'invalid_blocks',
    ]);
  });
}

it('the fake Slack enforces 50 blocks, 13,200 characters in all of them, and unique IDs', async () => {
  const { postBlocks } = await openPosting();
  const divider = { type: 'divider' };
  expect(await postBlocks(...times(50, () => divider))).toBe('carried out');
  expect(await postBlocks(...times(51, () => divider))).toBe('invalid_blocks');
  const four = times(4, () => section(3_000));
  expect(await postBlocks(...four, section(1_200))).toBe('carried out');
  expect(await postBlocks(...four, section(1_201))).toBe('msg_blocks_too_long');
  const twice = [button({ action_id: 'a' }), button({ action_id: 'a' })];
  expect(await postBlocks(actions(...twice))).toBe('invalid_blocks');
  expect(await postBlocks({ ...section(1), block_id: 'b' }, { ...section(1), block_id: 'b' })).toBe(
    'invalid_blocks',
  );
});

it('the fake Slack records blocks that do not match their types', async () => {
  const { slack, postBlocks } = await openPosting();
  expect(await postBlocks({ type: 'section', text: plain(1), colour: 'red' })).toBe('invalid_blocks');
  expect(await postBlocks({ type: 'carousel' })).toBe('invalid_blocks');
  expect(slack.violations.splice(0)).toEqual([
    expect.stringContaining(
      'against Slack\'s types: it must NOT have additional properties {"additionalProperty":"colour"}',
    ),
    expect.stringContaining('no block of the type carousel'),
  ]);
});

it('the fake Slack records mistakes that Slack accepts: mentions, foreign links, unescaped text, unknown arguments', async () => {
  const { slack, post } = await openPosting();
  const dangers: readonly (readonly [body: object, sentence: string])[] = [
    [{ text: 'a <!channel>' }, '<!channel> pings'],
    [{ text: 'a <@U1>' }, '<@U1> mentions somebody'],
    [{ text: '<https://evil.example|arxiv.org>' }, 'leads to a foreign place'],
    [{ text: 'p < 0.05' }, '"<" is not escaped'],
    [
      { text: 'x', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '<!here>' } }] },
      '<!here> pings',
    ],
    [{ text: 'x', link_names: true }, 'link_names'],
    [{ text: 'x', unfurl_links: true }, 'unfurl_links'],
    [{ text: '', blocks: [section(1)] }, 'no top-level text'],
    [{ text: 'x'.repeat(4_001) }, '4001 characters'],
    [{ text: 'x', colour: 'red' }, 'colour is not an argument'],
  ];
  for (const [body, sentence] of dangers) {
    await post(body);
    expect(slack.violations.splice(0)).toEqual([expect.stringContaining(sentence)]);
  }
  await post({ text: 'p &lt; 0.05 &amp; <https://arxiv.org/abs/1|a paper>' });
});

it('the fake Slack refuses a message with the error code for the reason', async () => {
  const { slack, channel, client, post } = await openPosting();
  expect(await errorOf(post({ text: '' }))).toBe('no_text');
  expect(await errorOf(client.chat.postMessage({ channel: 'C0', text: 'x', ...QUIET }))).toBe(
    'channel_not_found',
  );
  expect(await errorOf(post({ thread_ts: '1.000000' }))).toBe('thread_not_found');
  const hidden = slack.addChannel('secret', { isPrivate: true, isMember: false });
  expect(await errorOf(post({}, hidden))).toBe('channel_not_found');
  const open = slack.addChannel('open', { isMember: false });
  await post({}, open);
  slack.workspace.scopes.delete('chat:write.public');
  expect(await errorOf(post({}, open))).toBe('not_in_channel');
  channel.restricted = true;
  expect(await errorOf(post())).toBe('restricted_action');
  channel.archive();
  expect(await errorOf(post())).toBe('is_archived');
  channel.delete();
  expect(await errorOf(post())).toBe('channel_not_found');
});

it('the fake Slack lets the bot read back posts by their metadata, and keeps threads separate', async () => {
  const { channel, client, post } = await openPosting();
  const metadata = { event_type: 'paperboy_post', event_payload: { key: 'k1' } };
  const { ts = '' } = await post({ text: 'root', metadata, client_msg_id: 'c1' });
  await post({ text: 'reply', thread_ts: ts });
  const read = (include: boolean) =>
    client.conversations.history({ channel: channel.id, include_all_metadata: include });
  const { messages: found = [] } = await read(true);
  expect(found).toMatchObject([{ text: 'root', metadata, client_msg_id: 'c1', reply_count: 1 }]);
  expect((await read(false)).messages?.[0]).not.toHaveProperty('metadata');
  const { messages: thread = [] } = await client.conversations.replies({ channel: channel.id, ts });
  expect(thread.map(({ text }) => text)).toEqual(['root', 'reply']);
  expect((await client.conversations.history({ channel: channel.id, oldest: ts })).messages).toEqual([]);
  expect(
    (await client.conversations.history({ channel: channel.id, oldest: ts, inclusive: true })).messages,
  ).toHaveLength(1);
});

it('the fake Slack refuses to read back without the scope', async () => {
  const { channel, client } = await openPosting({ history: false });
  expect(await errorOf(client.conversations.history({ channel: channel.id }))).toBe('missing_scope');
});

it('the fake Slack allows distributed apps fifteen messages a minute', async () => {
  const { slack, channel, client, post } = await openPosting({ distributed: true });
  for (let n = 0; n < 16; n++) await post();
  const page = await client.conversations.history({ channel: channel.id, limit: 100 });
  expect([page.messages?.length, page.has_more]).toEqual([15, true]);
  const next = await client.conversations.history({
    channel: channel.id,
    cursor: page.response_metadata?.next_cursor ?? '',
  });
  expect(next.messages).toHaveLength(1);
  expect(slack.requests.at(-1)?.route).toBe('conversations.history');
});

it('the fake Slack keeps workspaces separate, and lets one remove the app and install it again', async () => {
  const { slack, channel } = await openPosting();
  const other = slack.addWorkspace('Other');
  const client = openWebClient(slack, {}, other.token);
  expect(await errorOf(client.conversations.info({ channel: channel.id }))).toBe('channel_not_found');
  await client.auth.revoke();
  expect(await errorOf(client.auth.test())).toBe('token_revoked');
  const { clientId: client_id, clientSecret: client_secret } = slack;
  const code = other.allow();
  const { access_token: token, team } = await client.oauth.v2.access({ client_id, client_secret, code });
  expect([token, team?.name]).toEqual([other.token, 'Other']);
  expect(await errorOf(client.oauth.v2.access({ client_id, client_secret, code }))).toBe('invalid_code');
  expect((await openWebClient(slack, {}, other.token).auth.test()).team).toBe('Other');
  expect(await errorOf(client.auth.test())).toBe('token_revoked');
});

it('the fake Slack returns the details of people and channels', async () => {
  const { slack, channel, client } = await openPosting();
  const ada = slack.addPerson('ada', { admin: true, tz: 'Europe/Berlin' });
  const { user } = await client.users.info({ user: ada.id });
  expect(user).toMatchObject({ name: 'ada', is_admin: true, is_owner: false, tz: 'Europe/Berlin' });
  const talks = slack.addChannel('talks', { creator: ada.user, isPrivate: true });
  const info = await client.conversations.info({ channel: talks.id });
  expect(info.channel).toMatchObject({ name: 'talks', creator: ada.id, is_private: true, is_member: true });
  const { members = [] } = await client.conversations.members({ channel: channel.id });
  expect(members).toContain(ada.id);
  const { channel: direct } = await client.conversations.open({ users: ada.id });
  expect(direct?.id).toBe(ada.dm().id);
  await client.chat.postMessage({ channel: ada.id, text: 'hello', ...QUIET });
  expect(ada.dm().messages.map(({ text }) => text)).toEqual(['hello']);
});
