/**
 * Answers that Slack refuses, delays or does not confirm: the person still gets an answer, and reactions
 * still work.
 */
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../fakes/slack/faults.ts';
import type { FakeMessage } from '../../../fakes/slack/model.ts';
import { openFrame } from '../harness.ts';

const PAPER = '2605.00001';

const posting = ({ route }: { readonly route: string }) => route === 'chat.postMessage';
const byAddress = ({ subtype }: FakeMessage) => subtype === 'bot_message';

const FAILURES: Readonly<Record<string, Fault>> = {
  'cut off before it arrives': { kind: 'drop' },
  'cut off after it arrived': { kind: 'loseAnswer' },
  'answered with a server error': { kind: 'serverError', when: 'before' },
  'refused with an error of Slack’s own': { kind: 'refuse', error: 'internal_error' },
};

describe('an answer in Slack', () => {
  it.each(Object.entries(FAILURES))(
    'that is %s reaches the person who asked, privately',
    async (_, fault) => {
      const { slack, channel, ada } = await openFrame();
      slack.faults.next({ ...fault, match: posting });
      const asked = ada.command(channel, '/papers', `show ${PAPER}`);
      await expect.poll(() => slack.ephemeralIn(channel.id, ada.id).length).toBe(1);
      const [copy] = slack.ephemeralIn(channel.id, ada.id);
      expect(copy?.text).toContain('Routing Tokens');
      expect(copy?.text).toContain('Slack did not confirm that this answer reached the channel.');
      expect(channel.messages.length).toBe(fault.kind === 'loseAnswer' ? 1 : 0);
      await asked.acknowledged;
    },
  );

  it('that is cut off everywhere reaches the person in the direct conversation with the bot', async () => {
    const { slack, channel, ada } = await openFrame();
    slack.faults.next({ kind: 'drop', match: posting });
    slack.faults.next({ kind: 'drop', match: ({ route }) => route === 'response_url' });
    ada.command(channel, '/papers', `show ${PAPER}`);
    await expect
      .poll(() => ada.dm().messages.map(({ text }) => text))
      .toEqual([expect.stringContaining('Routing Tokens')]);
  });

  it('to a mention that is cut off reaches the person privately', async () => {
    const { slack, channel, ada } = await openFrame();
    slack.faults.next({ kind: 'drop', match: posting });
    ada.mention(channel, `show ${PAPER}`);
    await expect.poll(() => slack.ephemeralIn(channel.id, ada.id).length).toBe(1);
  });

  it('that replaces a message uses another way if its response URL fails', async () => {
    const { slack, channel, ada } = await openFrame();
    const list = await ada.command(channel, '/papers', 'trending').answered;
    slack.faults.next({
      kind: 'serverError',
      when: 'before',
      match: ({ route }) => route === 'response_url',
    });
    const turned = await ada.press(list, 'Next ›').answered;
    expect(turned).toBe(list);
    expect(turned.text).toContain('6. ');
  });
});

describe('thirty commands at once in a channel', () => {
  it('are all answered publicly, and 🔖 and numbers save from each answer, whichever way it was sent', async () => {
    const { slack, channel, ada, savedBy } = await openFrame({ slack: { limits: true } });
    slack.allow(/more requests than the limit/);
    const lines = Array.from({ length: 30 }, (_, at) => `show 2605.1000${(at % 7) + 1}`);
    for (const line of lines) ada.command(channel, '/papers', line);
    // The fake can only guess which command an answer belongs to.
    await slack.until(() => channel.messages.length === 30);
    const others = channel.messages.filter(byAddress);
    expect(others.length).toBeGreaterThan(20);
    for (const message of others.slice(0, 14)) ada.react(message, 'bookmark');
    await expect.poll(async () => (await savedBy(ada.id)).length).toBe(7);

    slack.faults.next({ kind: 'rateLimit', retryAfter: 1, match: posting });
    const list = await ada.command(channel, '/papers', 'trending').answered;
    expect(byAddress(list)).toBe(true);
    const alan = slack.addPerson('turing');
    const asked = alan.mention(channel, 'what is it about?', { thread: list });
    expect((await asked.answered).text).toContain('Which of these papers?');
    alan.react(list, 'two');
    await expect.poll(() => savedBy(alan.id)).toEqual(['2605.10002']);
  });
});

describe('another person’s message in Slack', () => {
  it('saves nothing, even if its block IDs look like the bot’s', async () => {
    const { slack, channel, ada, alan, savedBy } = await openFrame();
    const { message } = alan.say(channel, 'a paper');
    message.blocks = message.blocks.map((block) => ({ ...block, block_id: `shows.0=${PAPER}` }));
    // As from a webhook: no person is its author.
    Object.assign(message, { subtype: 'bot_message' });
    await ada.react(message, 'bookmark').acknowledged;
    await slack.until(() => slack.requests.some(({ route }) => route === 'reactions.get'));
    const card = await ada.command(channel, '/papers', 'show 2605.10001').answered;
    ada.react(card, 'bookmark');
    await expect.poll(() => savedBy(ada.id)).toEqual(['2605.10001']);
  });
});

describe('a reaction', () => {
  it('that is removed before its event arrives stays removed', async () => {
    const { slack, channel, ada, savedBy, chat } = await openFrame();
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    ada.react(card, 'bookmark');
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
    const given = slack.sent.at(-1);
    if (!given) throw new Error('Nothing was sent');
    await ada.unreact(card, 'bookmark').acknowledged;
    await expect.poll(() => savedBy(ada.id)).toEqual([]);
    const event = given.payload['event'] as { readonly event_ts: string };
    const earlier = { ...event, event_ts: `${Number(event.event_ts) + 0.0000004}` };
    slack.redeliver({ ...given, payload: { ...given.payload, event_id: 'EvLATE', event: earlier } });
    await ada.command(channel, '/papers', 'stats').answered;
    await chat.stop();
    expect(await savedBy(ada.id)).toEqual([]);
  });
});
