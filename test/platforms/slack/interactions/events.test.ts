/** Events from Slack: revoked tokens, channels, edited messages, and links that are still being written. */
import { describe, expect, it } from 'vitest';
import { sentence } from '../../../../src/chat/card.ts';
import { openLedger } from '../../../../src/delivery/ledger/ledger-store.ts';
import { defaultSettings } from '../../../../src/feeds/options/feed-options.ts';
import type { FakeSlack } from '../../../fakes/slack/start.ts';
import { openFrame } from '../harness.ts';
import { openInstalling, rowsOf } from '../install-harness.ts';

const PAPER = '2605.00001';
const LINK = `https://arxiv.org/abs/${PAPER}`;
const AT = '2026-05-29T12:00:00Z';

const allTaken = (slack: FakeSlack) =>
  slack.until(() => slack.sent.every(({ acknowledged }) => acknowledged));

describe('revoked tokens', () => {
  const deadly = () => {
    const deaths: string[] = [];
    return { deaths, chat: { onDeath: ({ message }: Error) => void deaths.push(message) } };
  };

  it('of a person do not affect the bot', async () => {
    const { deaths, chat } = deadly();
    const { slack, channel, ada } = await openFrame({ chat });
    slack.revokeUserToken(ada);
    await allTaken(slack);
    expect((await ada.command(channel, '/papers', 'stats').answered).text).toContain('papers');
    expect(deaths).toEqual([]);
  });

  it('of a person delete nothing of a workspace, even while Slack does not say whether the bot’s token is valid', async () => {
    const { slack, connection, chat, addInstalled } = await openInstalling();
    const { workspace, ada } = await addInstalled('One');
    connection.prepare('UPDATE installations SET installed_at = ?').run(AT);
    slack.faults.next({
      kind: 'refuse',
      error: 'internal_error',
      match: ({ route }) => route === 'auth.test',
    });
    slack.revokeUserToken(ada);
    await allTaken(slack);
    await chat.stop();
    expect(rowsOf(connection, workspace.id)).toBeGreaterThan(0);
  });

  it('of another workspace that installed the app end nothing', async () => {
    const { deaths, chat } = deadly();
    const { slack, channel, ada } = await openFrame({ chat });
    slack.revoke(slack.addWorkspace('Elsewhere'));
    await allTaken(slack);
    await ada.command(channel, '/papers', 'stats').answered;
    expect(deaths).toEqual([]);
  });

  it('that Slack reports late end nothing if the current token is valid', async () => {
    const { deaths, chat } = deadly();
    const { slack, channel, ada } = await openFrame({ chat });
    slack.workspace.installed = true;
    const old = { tokens: { oauth: [], bot: [slack.workspace.botUser.id] }, type: 'tokens_revoked' };
    const [told] = slack.sent.slice(-1);
    await ada.mention(channel, 'stats').answered;
    const mentioned = slack.sent.find(({ words }) => words.includes('app_mention')) ?? told;
    if (!mentioned) throw new Error('Nothing was sent');
    for (const event of [old, { type: 'app_uninstalled' }]) {
      slack.redeliver({ ...mentioned, payload: { ...mentioned.payload, event, event_id: event.type } });
    }
    await ada.command(channel, '/papers', 'stats').answered;
    await ada.command(channel, '/papers', 'stats').answered;
    expect(deaths).toEqual([]);
  });
});

describe('a channel that gets another ID', () => {
  it('keeps its feeds, its posts and the papers of its messages', async () => {
    const { slack, chat, channel, channelRef, ada, connection, feeds, workspaces, managers, savedBy } =
      await openFrame();
    await feeds.follow({
      channel: channelRef,
      settings: defaultSettings('Europe/Berlin'),
      manager: ada.id,
      at: AT,
    });
    await feeds.disable({ channel: channelRef, id: 'a' }, 'The channel is gone.');
    await managers.name(channelRef, { person: ada.id, name: 'ada' }, ada.id, AT);
    await workspaces.showLinks('slack', channelRef.workspace, channelRef.channel, false);
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    const root = await chat.post(channelRef, sentence('Trending papers'), { key: 'k', title: '' });
    const ledger = openLedger(connection);
    const due = Date.parse(AT);
    await ledger.plan([{ channel: channelRef, feed: 'a', day: '2026-05-29', due }], due);
    connection.prepare('UPDATE deliveries SET thread = ?').run(`${channel.id}/${root.message}`);

    channel.changeId();
    await allTaken(slack);
    const moved = { ...channelRef, channel: channel.id };
    await expect.poll(async () => (await feeds.of(moved)).length).toBe(1);
    expect(await feeds.of(channelRef)).toEqual([]);
    expect(await feeds.active()).toMatchObject([{ channel: moved, id: 'a', manager: ada.id }]);
    expect(await managers.isNamed(moved, ada.id)).toBe(true);
    expect(await workspaces.showsLinks('slack', moved.workspace, moved.channel)).toBe(false);
    expect(connection.prepare('SELECT channel, thread FROM deliveries').all()).toEqual([
      { channel: channel.id, thread: `${channel.id}/${root.message}` },
    ]);
    await ada.mention(channel, 'what is it about?', { thread: card }).answered;
    ada.react(card, 'bookmark');
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
  });
});

describe('the answer to a mention', () => {
  it('names the person who asked without mentioning them', async () => {
    const { channel, ada } = await openFrame();
    const answer = await ada.mention(channel, 'experts for speech').answered;
    expect(answer.blocks[0]?.elements).toEqual([{ type: 'plain_text', text: 'ada asked', emoji: false }]);
    expect(JSON.stringify(answer.blocks)).not.toContain('<@');
  });
});

describe('a mention in an edited message', () => {
  it('is not answered again', async () => {
    const { slack, channel, ada } = await openFrame();
    const said = ada.mention(channel, 'experts for speech');
    await said.answered;
    await ada.edit(said.message, 'experts for speech, please').acknowledged;
    await ada.edit(said.message, 'experts for planning').acknowledged;
    await ada.command(channel, '/papers', 'stats').answered;
    await allTaken(slack);
    const answers = channel.messages.filter(({ threadTs }) => threadTs === said.message.ts);
    expect(answers).toHaveLength(1);
  });

  it('is answered if the bot was not mentioned before', async () => {
    const { channel, ada } = await openFrame();
    const said = ada.say(channel, 'experts for speech');
    await ada.edit(said.message, 'experts for speech').acknowledged;
    const answer = await said.answered;
    expect([answer.threadTs, answer.text]).toEqual([
      said.message.ts,
      expect.stringContaining('Mixture of Experts for speech'),
    ]);
  });
});

describe('a message in the direct conversation with the bot', () => {
  it('is answered if it has a file attached', async () => {
    const { ada } = await openFrame();
    const answer = await ada.say(ada.dm(), `show ${PAPER}`, { files: ['notes.pdf'] }).answered;
    expect(answer.text).toContain('Routing Tokens');
  });

  it('that is only a file gets a list of possible questions', async () => {
    const { ada } = await openFrame();
    const answer = await ada.say(ada.dm(), '', { files: ['paper.pdf'] }).answered;
    expect(answer.text).toMatch(/^The bot cannot read files\. Send a link to the paper, its arXiv ID/);
  });

  it('that is sent to both a thread and the conversation is answered in the thread', async () => {
    const { ada } = await openFrame();
    const card = await ada.command(ada.dm(), '/papers', `show ${PAPER}`).answered;
    const options = { thread: card, broadcast: true };
    const answer = await ada.say(ada.dm(), 'what is it about?', options).answered;
    expect([answer.threadTs, answer.text]).toEqual([card.ts, expect.stringContaining('Routing Tokens')]);
  });

  it('that is written with /me is answered', async () => {
    const { ada } = await openFrame();
    expect((await ada.say(ada.dm(), `show ${PAPER}`, { me: true }).answered).text).toContain(
      'Routing Tokens',
    );
  });
});

describe('a mention with nothing else but', () => {
  it('a file gets a private list of possible questions', async () => {
    const { channel, ada } = await openFrame();
    const answer = await ada.mention(channel, '', { files: ['paper.pdf'] }).answered;
    expect([answer.onlyFor?.id, answer.text]).toEqual([
      ada.id,
      expect.stringMatching(/^The bot cannot read files/),
    ]);
  });

  it('the bot’s name gets a description of the bot', async () => {
    const { channel, ada } = await openFrame();
    expect((await ada.mention(channel, '').answered).text).toContain('/papers search');
  });
});

describe('a link in a message that is still being written', () => {
  const previewOf = ({ draft }: { readonly draft: { readonly unfurls: ReadonlyMap<string, unknown> } }) =>
    JSON.stringify(draft.unfurls.get(LINK) ?? '');

  it('shows its paper to everyone who writes it, each time', async () => {
    const { slack, channel, ada, alan } = await openFrame();
    const written = [ada.compose(LINK), alan.compose(LINK), ada.compose(LINK)];
    await expect
      .poll(() => written.map(previewOf))
      .toEqual(written.map(() => expect.stringContaining('Routing Tokens')));
    // Once sent, the link is new to the channel.
    const sent = ada.paste(channel, LINK);
    await sent.answered;
    expect(sent.message.unfurls.size).toBe(1);
    expect(slack.requests.filter(({ route }) => route === 'chat.unfurl')).toHaveLength(4);
  });
});
