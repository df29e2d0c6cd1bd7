/** The connection to Slack: sockets that break, requests that are forged or repeated, tokens that expire. */
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { openSlackChat } from '../../../../src/platforms/slack/adapter.ts';
import { systemClock } from '../../../../src/time/clock.ts';
import { openFakeSlack } from '../../../fakes/slack/fake-slack.ts';
import type { FakeSlack } from '../../../fakes/slack/start.ts';
import { openTestDatabase } from '../../../support/database.ts';
import { slackOptions } from '../../../support/harness/slack.ts';
import { openProgram } from '../../../support/program.ts';
import { openFrame } from '../harness.ts';
import { openInstalling } from '../install-harness.ts';

const PAPER = '2605.00001';
const IS_LONG = process.env['TEST_FAULTS'] !== undefined;
const CUTS = IS_LONG ? 100 : 5;

/** Handlers that count their calls. */
function counting() {
  const counts = { answers: 0, reactions: 0 };
  return {
    counts,
    handlers: (real: Awaited<ReturnType<typeof openFrame>>['real']) => ({
      answer(request: Parameters<typeof real.answer>[0]) {
        counts.answers++;
        return real.answer(request);
      },
      reacted(reaction: Parameters<typeof real.reacted>[0]) {
        counts.reactions++;
        return real.reacted(reaction);
      },
    }),
  };
}

/** Used by another process of the app. */
async function occupySocket({ url, appToken }: FakeSlack): Promise<void> {
  const headers = { authorization: `Bearer ${appToken}` };
  const response = await fetch(`${url}apps.connections.open`, { method: 'POST', headers });
  const socket = new WebSocket(((await response.json()) as { readonly url: string }).url);
  onTestFinished(() => socket.terminate());
  await once(socket, 'message');
}

describe('a socket to Slack', () => {
  it('reconnects at once each time it is cut, and reactions sent meanwhile count once', async () => {
    const { counts, handlers } = counting();
    const { slack, chat, channel, ada, savedBy } = await openFrame({ handlers });
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    for (let cut = 0; cut < CUTS; cut++) {
      const { connected } = slack;
      slack.cutSockets();
      if (cut % 2 === 0) ada.react(card, 'bookmark');
      else ada.unreact(card, 'bookmark');
      await slack.until(() => slack.connected > connected && slack.connections > 0);
      await expect.poll(() => savedBy(ada.id)).toEqual(cut % 2 === 0 ? [PAPER] : []);
    }
    expect(counts.reactions).toBe(CUTS);
    expect(chat.isConnected()).toBe(true);
  });

  const ENDINGS = {
    'is closed by Slack': (slack: FakeSlack) => slack.sendDisconnect('refresh_requested'),
    breaks: (slack: FakeSlack) => slack.cutSockets('oldest'),
    'is about to be closed, like all others': (slack: FakeSlack) => slack.sendDisconnect('warning', 'all'),
  };
  it.each(Object.entries(ENDINGS))(
    'that %s loses no command, because another one is open',
    async (_, end) => {
      const { slack, channel, ada } = await openFrame();
      for (let round = 0; round < 3; round++) {
        await slack.until(() => slack.connections >= 2);
        const { connected } = slack;
        const asked: Promise<unknown>[] = [];
        const ask = () => asked.push(ada.command(channel, '/papers', 'stats').answered);
        ask();
        await slack.until(() => slack.sent.every(({ acknowledged }) => acknowledged));
        end(slack);
        for (let count = 0; count < 12; count++) ask();
        await Promise.all(asked);
        await slack.until(() => slack.connected > connected);
      }
    },
  );

  it('that closes before a command is acknowledged does not lose its answer', async () => {
    const { slack, addInstalled } = await openInstalling({ bySocket: true });
    const { ada, channel } = await addInstalled('One');
    await slack.until(() => slack.connections === 2);
    // Slack does not wait for the acknowledgement.
    slack.allow(/which is no envelope that waits for it|not acknowledged/);
    const asked = ada.command(channel, '/papers', 'stats');
    slack.sendDisconnect('refresh_requested', 'all');
    expect((await asked.answered).text).toContain('papers');
  });

  it('that Slack wants to replace stays open until Slack closes it', async () => {
    const { slack, channel, ada } = await openFrame();
    await slack.until(() => slack.connections === 2);
    slack.sendDisconnect('warning', 'all');
    await slack.until(() => slack.connections === 4);
    // Through each of the four in turn.
    for (let count = 0; count < 4; count++) await ada.command(channel, '/papers', 'stats').answered;
  });

  it('survives unexpected messages', async () => {
    const { slack, channel, ada } = await openFrame();
    await slack.until(() => slack.connections === 2);
    const odd = [
      'null',
      '5',
      '[]',
      '{}',
      '{',
      '"disconnect"',
      '{"type":"disconnect"',
      '{"type":"events_api"}',
    ];
    for (const text of [...odd, '{"type":"events_api","payload":null}', '{"type":"interactive"}'])
      slack.sayThroughSockets(text);
    for (let count = 0; count < 4; count++)
      expect((await ada.command(channel, '/papers', 'stats').answered).text).toContain('papers');
    expect(slack.connected).toBe(2);
  });

  it('is opened even if the app’s other sockets leave room for only one', async () => {
    const slack = await openFakeSlack();
    for (let count = 0; count < 9; count++) await occupySocket(slack);
    const chat = openSlackChat(slackOptions(slack));
    onTestFinished(() => chat.stop());
    await chat.start(openProgram(await openTestDatabase(), systemClock).handlers);
    expect([slack.connections, chat.isConnected()]).toEqual([10, true]);
    const crowded = openSlackChat(slackOptions(slack));
    onTestFinished(() => crowded.stop());
    await expect(crowded.start(openProgram(await openTestDatabase(), systemClock).handlers)).rejects.toThrow(
      /^All ten connections that Slack allows an app are open/,
    );
  });

  it('that cannot be opened is retried until it can', async () => {
    const { slack, chat, channel, ada } = await openFrame();
    const { connected } = slack;
    slack.refuseSockets(true);
    slack.cutSockets();
    await expect.poll(() => chat.isConnected()).toBe(false);
    slack.refuseSockets(false);
    await slack.until(() => slack.connected > connected);
    await expect.poll(() => chat.isConnected()).toBe(true);
    expect((await ada.command(channel, '/papers', 'stats').answered).text).toContain('papers');
  });

  it('of an app with revoked tokens ends the process with an error message', async () => {
    const deaths: string[] = [];
    const { slack } = await openFrame({ chat: { onDeath: ({ message }) => void deaths.push(message) } });
    slack.faults.next({
      kind: 'refuse',
      error: 'token_revoked',
      match: ({ route }) => route === 'apps.connections.open',
    });
    slack.cutSockets();
    await expect
      .poll(() => deaths)
      .toEqual([expect.stringMatching(/^Slack rejected the app token\. Create a new/)]);
  });

  it('of an app with Socket Mode turned off ends the process', async () => {
    const deaths: string[] = [];
    const { slack } = await openFrame({ chat: { onDeath: ({ message }) => void deaths.push(message) } });
    slack.sendDisconnect('link_disabled');
    await expect.poll(() => deaths).toEqual([expect.stringMatching(/^Socket Mode is disabled\./)]);
  });
});

describe('an event from Slack', () => {
  it('that is sent again has one effect, even after a restart', async () => {
    const { counts, handlers } = counting();
    const { slack, chat, startBot, channel, ada, savedBy } = await openFrame({ handlers });
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    ada.react(card, 'bookmark');
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
    const event = slack.sent.find(({ words }) => words.includes('reaction_added'));
    if (!event) throw new Error('No reaction was sent');
    slack.redeliver(event);
    await chat.stop();
    await startBot();
    const before = counts.reactions;
    slack.redeliver(event);
    ada.unreact(card, 'bookmark');
    await expect.poll(() => savedBy(ada.id)).toEqual([]);
    // The start itself reads existing reactions.
    expect(counts.reactions).toBeLessThanOrEqual(before + 2);
  });
});

describe('an event in a channel that two organisations share', () => {
  it('has a different ID for each of them, and counts once', async () => {
    const { counts, handlers } = counting();
    const { slack, channel, ada, savedBy } = await openFrame({ handlers });
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    ada.react(card, 'bookmark');
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
    const event = slack.sent.find(({ words }) => words.includes('reaction_added'));
    if (!event) throw new Error('No reaction was sent');
    slack.redeliver({ ...event, payload: { ...event.payload, event_id: 'EvOFTHEOTHER' } });
    ada.unreact(card, 'bookmark');
    await expect.poll(() => savedBy(ada.id)).toEqual([]);
    expect(counts.reactions).toBe(2);
  });
});

describe('a signed request from Slack', () => {
  it('counts once, no matter how often it arrives', async () => {
    const { counts, handlers } = counting();
    const { slack, channel, ada } = await openFrame({ overHttp: true, handlers });
    await ada.command(channel, '/papers', `save ${PAPER}`).answered;
    const command = slack.sent.find(({ type }) => type === 'slash_commands');
    if (!command) throw new Error('No command was sent');
    const statuses = await Promise.all(Array.from({ length: 100 }, () => slack.replay(command)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    await ada.command(channel, '/papers', 'stats').answered;
    expect(counts.answers).toBe(2);
  });

  it('is acknowledged before the database is asked whether it came before', async () => {
    let answerOf = (_isNew: boolean) => {};
    const database = new Promise<boolean>((resolve) => {
      answerOf = resolve;
    });
    const { slack, channel, ada } = await openFrame({
      overHttp: true,
      handlers: () => ({ markSeen: () => database }),
    });
    const command = ada.command(channel, '/papers', 'stats');
    await command.acknowledged;
    answerOf(true);
    await command.answered;
    expect(slack.violations).toEqual([]);
  });

  it.each([
    ['from 301 seconds ago', { skewSeconds: -301 }],
    ['from 301 seconds ahead', { skewSeconds: 301 }],
    ['with a wrong signature', { brokenSignature: true }],
  ])('is refused if it comes %s', async (_, signing) => {
    const { counts, handlers } = counting();
    const { slack, channel, ada } = await openFrame({ overHttp: true, handlers });
    await ada.command(channel, '/papers', 'stats').answered;
    const command = slack.sent.find(({ type }) => type === 'slash_commands');
    if (!command) throw new Error('No command was sent');
    expect(await slack.replay(command, signing)).toBe(401);
    expect(counts.answers).toBe(1);
  });
});
