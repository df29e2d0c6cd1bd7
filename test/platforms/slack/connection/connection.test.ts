/** The line to Slack: sockets that break, requests that are forged or repeated, tokens that end. */
import { describe, expect, it } from 'vitest';
import { openFrame } from '../harness.ts';

const PAPER = '2605.00001';
const IS_LONG = process.env['TEST_FAULTS'] !== undefined;
const CUTS = IS_LONG ? 100 : 5;

/** Handlers that count what they are asked. */
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

describe('a socket', () => {
  it('that is cut again and again comes back at once, and what was reacted meanwhile counts once', async () => {
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

  it('that Slack wants to replace is closed when the next one is open: no command is lost', async () => {
    const { slack, channel, ada } = await openFrame();
    const { connected } = slack;
    slack.sendDisconnect('refresh_requested');
    const asked = Array.from({ length: 20 }, () => ada.command(channel, '/papers', 'stats').answered);
    await Promise.all(asked);
    await slack.until(() => slack.connected === connected + 1);
    expect((await ada.command(channel, '/papers', 'stats').answered).text).toContain('papers');
  });

  it('that cannot be opened for a while is tried until it can', async () => {
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

  it('of an app that Slack took the tokens from ends the process with a sentence', async () => {
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
      .toEqual([expect.stringMatching(/^Slack refuses the app token\. Make a new/)]);
  });

  it('of an app whose Socket Mode is switched off ends it too', async () => {
    const deaths: string[] = [];
    const { slack } = await openFrame({ chat: { onDeath: ({ message }) => void deaths.push(message) } });
    slack.sendDisconnect('link_disabled');
    await expect.poll(() => deaths).toEqual([expect.stringMatching(/^Socket Mode is switched off\./)]);
  });
});

describe('an event', () => {
  it('that Slack sends again has one effect, also by a bot that was started anew', async () => {
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
    // The start itself looks at what stands there.
    expect(counts.reactions).toBeLessThanOrEqual(before + 2);
  });
});

describe('an event of a channel that two organisations share', () => {
  it('is told to each of them by an id of its own, and counts once', async () => {
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

describe('a signed request', () => {
  it('counts once, however often it comes', async () => {
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

  it.each([
    ['from 301 seconds ago', { skewSeconds: -301 }],
    ['from 301 seconds ahead', { skewSeconds: 301 }],
    ['with a signature of somebody else', { brokenSignature: true }],
  ])('%s is refused', async (_, signing) => {
    const { counts, handlers } = counting();
    const { slack, channel, ada } = await openFrame({ overHttp: true, handlers });
    await ada.command(channel, '/papers', 'stats').answered;
    const command = slack.sent.find(({ type }) => type === 'slash_commands');
    if (!command) throw new Error('No command was sent');
    expect(await slack.replay(command, signing)).toBe(401);
    expect(counts.answers).toBe(1);
  });
});
