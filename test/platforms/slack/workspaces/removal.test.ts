/**
 * Workspaces that remove the bot, and revoked tokens: all their data is deleted, and other workspaces are not
 * affected.
 */
import { describe, expect, it } from 'vitest';
import { sentence } from '../../../../src/chat/card.ts';
import { defaultSettings } from '../../../../src/feeds/options/feed-options.ts';
import { listeningLog } from '../../../support/listening-log.ts';
import { openFrame, openGate } from '../harness.ts';
import { openInstalling, rowsOf } from '../install-harness.ts';

const PAPER = '2605.00001';
const AT = '2026-05-29T12:00:00Z';

type Frame = Awaited<ReturnType<typeof openInstalling>>;
type Installed = Awaited<ReturnType<Frame['addInstalled']>>;

/** Two active workspaces, each with a feed, a save, a post, and a message that shows a paper. */
async function openTwo(options?: Parameters<typeof openInstalling>[0]) {
  const frame = await openInstalling(options);
  const one = await frame.addInstalled('One');
  const two = await frame.addInstalled('Two');
  for (const { channelRef, ada, channel } of [one, two]) {
    const settings = defaultSettings('Europe/Berlin');
    await frame.feeds.follow({ channel: channelRef, settings, manager: ada.id, at: AT });
    await ada.command(channel, '/papers', `save ${PAPER}`).answered;
    await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    await frame.chat.post(channelRef, sentence('a post'), { key: 'k', title: '' });
  }
  const rows = ({ workspace }: Installed) => rowsOf(frame.connection, workspace.id);
  const events = ({ workspace }: Installed) =>
    frame.slack.sent.filter(({ words, payload }) => {
      const isMeant = words.includes('app_uninstalled') || words.includes('tokens_revoked');
      return isMeant && payload['team_id'] === workspace.id;
    });
  return { ...frame, one, two, rows, events };
}

describe('a workspace that removes the bot', () => {
  it('leaves nothing behind, and another workspace keeps its data', async () => {
    const { slack, one, two, rows } = await openTwo();
    const [before, kept] = [rows(one), rows(two)];
    expect(before).toBe(kept);
    expect(before).toBeGreaterThan(3);
    slack.revoke(one.workspace);
    await expect.poll(() => rows(one)).toBe(0);
    expect(rows(two)).toBe(kept);
    await two.ada.command(two.channel, '/papers', 'stats').answered;
  });

  it.each(['in their order', 'the other way round', 'each of them many times'])(
    'is deleted once if the events come %s',
    async (order) => {
      const { slack, chat, startBot, one, two, rows, events } = await openTwo();
      const kept = rows(two);
      // Sent while the bot is away, so that the events come in the order of this test.
      await chat.stop();
      slack.revoke(one.workspace);
      await startBot();
      const [revoked, uninstalled] = events(one);
      if (!revoked || !uninstalled) throw new Error('Slack told nothing');
      const told = {
        'in their order': [revoked, uninstalled],
        'the other way round': [uninstalled, revoked],
        'each of them many times': [uninstalled, revoked, uninstalled, revoked, revoked, uninstalled],
      }[order];
      for (const event of told ?? []) slack.redeliver(event);
      await expect.poll(() => rows(one)).toBe(0);
      expect(rows(two)).toBe(kept);
    },
  );

  it('during a post gets nothing written when the post ends', async () => {
    const { slack, chat, one, rows } = await openTwo();
    const gate = openGate();
    slack.faults.next({
      kind: 'delay',
      until: gate.opened,
      when: 'after',
      match: ({ route }) => route === 'chat.postMessage',
    });
    const shown = { kind: 'entry', paper: PAPER, title: 'x', meta: [], body: [], actions: [] } as const;
    const { length } = one.channel.messages;
    const posting = chat.post(one.channelRef, { tone: 'plain', blocks: [shown] }, { key: 'late', title: '' });
    await slack.until(() => one.channel.messages.length > length);
    slack.revoke(one.workspace);
    await expect.poll(() => rows(one)).toBe(0);
    gate.open();
    await posting;
    expect(rows(one)).toBe(0);
  });

  it('and installs it again is served as a new one', async () => {
    const { slack, feeds, install, one, two, rows } = await openTwo();
    slack.revoke(one.workspace);
    await expect.poll(() => rows(one)).toBe(0);
    await install(one.workspace);
    expect(rows(one)).toBe(1);
    await one.ada.command(one.channel, '/paperfeed', 'follow count:3').answered;
    expect(await feeds.of(one.channelRef)).toMatchObject([{ id: 'a' }]);
    expect(await feeds.of(two.channelRef)).toHaveLength(1);
  });

  it('and installs it again before the removal’s event arrives stays', async () => {
    const { slack, chat, startBot, installations, install, one, rows, events } = await openTwo();
    await chat.stop();
    slack.revoke(one.workspace);
    await startBot();
    await install(one.workspace);
    const kept = rows(one);
    for (const event of events(one)) slack.redeliver(event);
    await slack.until(() => events(one).every(({ acknowledged }) => acknowledged));
    await one.ada.command(one.channel, '/papers', 'stats').answered;
    await chat.stop();
    expect((await installations.find('slack', one.workspace.id))?.secret()).toContain(one.workspace.token);
    expect(rows(one)).toBeGreaterThanOrEqual(kept);
  });
});

describe('a workspace with an installation under another SECRET_KEY', () => {
  const OTHER_KEY = 'another passphrase, of many signs.';

  it('stays if a late event is about the time before it installed the bot again', async () => {
    const { slack, chat, startBot, install, one, rows, events } = await openTwo();
    await chat.stop();
    slack.revoke(one.workspace);
    await startBot();
    await install(one.workspace);
    await chat.stop();
    const kept = rows(one);
    const locked = await startBot({ key: OTHER_KEY });
    for (const event of events(one)) slack.redeliver(event);
    await slack.until(() => events(one).every(({ acknowledged }) => acknowledged));
    await locked.chat.stop();
    expect(rows(one)).toBe(kept);
  });

  it('is deleted when it removes the bot', async () => {
    const { slack, chat, startBot, connection, one, rows } = await openTwo();
    await chat.stop();
    connection.prepare('UPDATE installations SET installed_at = ?').run(AT);
    await startBot({ key: OTHER_KEY });
    slack.revoke(one.workspace);
    await expect.poll(() => rows(one)).toBe(0);
  });
});

describe('a token that Slack no longer accepts', () => {
  it.each(['token_revoked', 'account_inactive'])(
    'of an installed workspace (%s) deletes only that workspace, with a line in the log',
    async (error) => {
      const { log, lines } = listeningLog();
      const { slack, chat, one, two, rows } = await openTwo({ log });
      const kept = rows(two);
      // Slack returns this for any request with the token.
      const refuse = (route: string) =>
        slack.faults.next({ kind: 'refuse', error, match: (request) => request.route === route });
      refuse('chat.postMessage');
      refuse('auth.test');
      await expect(chat.post(one.channelRef, sentence('x'), { key: 'k2', title: '' })).rejects.toThrow();
      await expect.poll(() => rows(one)).toBe(0);
      expect(lines().join()).toContain('slack: token revoked');
      expect(rows(two)).toBe(kept);
      await chat.post(two.channelRef, sentence('x'), { key: 'k2', title: '' });
    },
  );

  it('because the bot’s new address is not allowed deletes nothing', async () => {
    const { log, lines } = listeningLog();
    const { slack, chat, one, rows } = await openTwo({ log });
    const kept = rows(one);
    const refuse = (route: string) =>
      slack.faults.next({
        kind: 'refuse',
        error: 'invalid_auth',
        match: (request) => request.route === route,
      });
    refuse('chat.postMessage');
    refuse('auth.test');
    await expect(chat.post(one.channelRef, sentence('x'), { key: 'k2', title: '' })).rejects.toThrow();
    await expect.poll(() => lines().join()).toContain('slack: token not checked');
    await chat.stop();
    expect(rows(one)).toBe(kept);
  });

  it('deletes nothing if Slack’s refusal was a one-time mistake', async () => {
    const { slack, chat, one, rows } = await openTwo();
    const before = rows(one);
    slack.faults.next({
      kind: 'refuse',
      error: 'token_revoked',
      match: ({ route }) => route === 'chat.postMessage',
    });
    await expect(chat.post(one.channelRef, sentence('x'), { key: 'k2', title: '' })).rejects.toThrow();
    await slack.until(() => slack.requests.at(-1)?.route === 'auth.test');
    await chat.post(one.channelRef, sentence('x'), { key: 'k2', title: '' });
    expect(rows(one)).toBeGreaterThanOrEqual(before);
  });

  it.each(['invalid_auth', 'token_revoked', 'account_inactive'])(
    'from the settings (%s) ends the process with an error message',
    async (error) => {
      const deaths: string[] = [];
      const { slack, chat, channelRef } = await openFrame({
        chat: { onDeath: ({ message }) => void deaths.push(message) },
      });
      slack.faults.next({ kind: 'refuse', error, match: ({ route }) => route === 'chat.postMessage' });
      await expect(chat.post(channelRef, sentence('x'), { key: 'k', title: '' })).rejects.toThrow();
      expect(deaths).toEqual([expect.stringMatching(/^Slack no longer accepts SLACK_BOT_TOKEN\. Install/)]);
    },
  );

  it('from the settings ends the process if its workspace removed the bot', async () => {
    const deaths: string[] = [];
    const { slack } = await openFrame({ chat: { onDeath: ({ message }) => void deaths.push(message) } });
    slack.revoke();
    await expect.poll(() => deaths.at(-1)).toMatch(/^The workspace removed the app\. Install it again/);
  });
});
