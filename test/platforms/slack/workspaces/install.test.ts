/** Workspaces that install the bot themselves through the library's own pages, each kept separate. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { sentence } from '../../../../src/chat/card.ts';
import { everythingIn } from '../../../support/database.ts';
import { listeningLog } from '../../../support/listening-log.ts';
import { openInstalling, rowsOf } from '../install-harness.ts';

const PAPER = '2605.00001';

afterEach(() => vi.useRealTimers());

describe.each([
  ['by signed requests', false],
  ['through a socket', true],
])('a workspace that installs the bot, %s', (_, bySocket) => {
  it('is served from then on, together with the others, and has its own list', async () => {
    const { chat, addInstalled, library } = await openInstalling({ bySocket });
    const one = await addInstalled('One');
    const two = await addInstalled('Two');
    for (const { ada, channel } of [one, two]) {
      expect((await ada.command(channel, '/papers', 'stats').answered).channel).toBe(channel);
    }
    await one.ada.command(one.channel, '/papers', `save ${PAPER}`).answered;
    expect((await library.team({ team: `slack:${one.workspace.id}` }, 10, 0)).total).toBe(1);
    expect((await library.team({ team: `slack:${two.workspace.id}` }, 10, 0)).total).toBe(0);
    for (const { channelRef, channel } of [one, two]) {
      await chat.post(channelRef, sentence(`for ${channelRef.workspace}`), { key: 'k', title: '' });
      expect(channel.messages.at(-1)?.text).toBe(`for ${channelRef.workspace}`);
    }
  });
});

describe('the installation pages for Slack', () => {
  it('store the token encrypted, and confirm the installation', async () => {
    const { slack, connection, installations, install } = await openInstalling();
    const workspace = slack.addWorkspace('One', { installed: false });
    const thanks = await install(workspace);
    expect([thanks.status, await thanks.text()]).toEqual([200, expect.stringContaining('Thank you')]);
    expect((await installations.find('slack', workspace.id))?.secret()).toContain(workspace.token);
    expect(everythingIn(connection).includes(workspace.token)).toBe(false);
  });

  it('accept each state only once, even with another code', async () => {
    const { slack, installations, openPage, comeBack } = await openInstalling();
    const [one, two] = ['One', 'Two'].map((name) => slack.addWorkspace(name, { installed: false }));
    if (!one || !two) throw new Error('No workspaces');
    const { address, cookie } = await openPage();
    expect((await comeBack(one.authorize(address), cookie)).status).toBe(200);
    const again = await comeBack(two.authorize(address), cookie);
    expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('was already used')]);
    expect(await installations.find('slack', two.id)).toBeUndefined();
  });

  it('request the scopes and events of the manifest', async () => {
    const { slack, install } = await openInstalling();
    const workspace = slack.addWorkspace('One', { installed: false });
    await install(workspace);
    expect([...workspace.scopes]).toEqual(
      expect.arrayContaining(['chat:write', 'commands', 'channels:history']),
    );
  });

  it.each<[string, (query: URLSearchParams, cookie: string) => [URLSearchParams, string | undefined]]>([
    ['without the cookie of the browser that began', (query) => [query, undefined]],
    [
      'with a state that nobody signed',
      (query) => {
        query.set('state', 'forged');
        return [query, 'slack-app-oauth-state=forged'];
      },
    ],
    [
      'without a state',
      (query, cookie) => {
        query.delete('state');
        return [query, cookie];
      },
    ],
    [
      'without a code',
      (query, cookie) => {
        query.delete('code');
        return [query, cookie];
      },
    ],
    [
      'of somebody who said no',
      (query, cookie) => [
        new URLSearchParams({ error: 'access_denied', state: query.get('state') ?? '' }),
        cookie,
      ],
    ],
  ])('refuse an answer %s, and say how to continue', async (_, spoil) => {
    const { slack, openPage, comeBack, workspaces } = await openInstalling();
    const { address, cookie } = await openPage();
    const answer = await comeBack(...spoil(slack.workspace.authorize(address), cookie));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<a href="/slack/install">Install Paperboy again</a>');
    expect(await workspaces.installed('slack')).toEqual([]);
  });

  it('refuse a state that is older than ten minutes', async () => {
    const { slack, openPage, comeBack, workspaces } = await openInstalling();
    const { address, cookie } = await openPage();
    const query = slack.workspace.authorize(address);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 601_000 + 1_000 });
    expect((await comeBack(query, cookie)).status).toBe(400);
    expect(await workspaces.installed('slack')).toEqual([]);
  });

  it('accept a code once', async () => {
    const { slack, openPage, comeBack } = await openInstalling();
    const { address, cookie } = await openPage();
    const query = slack.workspace.authorize(address);
    expect((await comeBack(query, cookie)).status).toBe(200);
    const later = await openPage();
    const reused = slack.workspace.authorize(later.address);
    reused.set('code', query.get('code') ?? '');
    const again = await comeBack(reused, later.cookie);
    expect([again.status, await again.text()]).toEqual([
      500,
      expect.stringContaining('Slack rejected the installation'),
    ]);
  });

  it('accept no events if they come through a socket', async () => {
    const { slack, url, addInstalled } = await openInstalling({ bySocket: true });
    const { ada, channel } = await addInstalled('One');
    await ada.command(channel, '/papers', 'stats').answered;
    const answers = slack.requests.filter(({ route }) => route === 'chat.postMessage').length;
    const forged = await fetch(url('/slack/events'), { method: 'POST', body: 'payload={}' });
    expect(forged.status).toBe(404);
    expect((await fetch(url('/'))).status).toBe(404);
    expect(slack.requests.filter(({ route }) => route === 'chat.postMessage')).toHaveLength(answers);
  });
});

describe('a workspace with a token stored under another SECRET_KEY', () => {
  it('is named in the log while the others are served, and works again after a new installation', async () => {
    const { log, lines } = listeningLog();
    const { chat, startBot, install, addInstalled } = await openInstalling({ log });
    const one = await addInstalled('One');
    await chat.stop();
    const { chat: other } = await startBot({ key: 'another passphrase of thirty-two.' });
    expect(lines().join()).toContain(`The installation of workspace ${one.workspace.id} cannot be decrypted`);
    const two = await addInstalled('Two');
    await two.ada.command(two.channel, '/papers', 'stats').answered;
    const failed = await other
      .post(one.channelRef, sentence('x'), { key: 'k', title: '' })
      .catch((error: unknown) => error);
    expect(other.classifyError(failed)).toMatchObject({ kind: 'not-sent' });
    await install(one.workspace);
    await one.ada.command(one.channel, '/papers', 'stats').answered;
  });
});

describe('a removed workspace', () => {
  it('gets no posts, permanently', async () => {
    const { slack, chat, connection } = await openInstalling();
    const stranger = slack.addWorkspace('Stranger', { installed: false });
    const channelRef = { platform: 'slack', workspace: stranger.id, channel: 'C1' };
    const failed = await chat
      .post(channelRef, sentence('x'), { key: 'k', title: '' })
      .catch((error: unknown) => error);
    expect(chat.classifyError(failed)).toEqual({
      kind: 'permanent',
      of: 'place',
      reason: `The bot is not installed in workspace ${stranger.id}. Install it there.`,
    });
    expect(rowsOf(connection, stranger.id)).toBe(0);
  });
});
