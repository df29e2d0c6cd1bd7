/** Saving by reaction in Slack. */
import { describe, expect, it } from 'vitest';
import { openFrame } from '../harness.ts';

const PAPER = '2605.00001';

describe('the first list in a Slack channel', () => {
  it('says how numbers save, and later lists do not', async () => {
    const { channel, channelRef, ada, real } = await openFrame();
    const trending = async (where = channel) =>
      JSON.stringify((await ada.command(where, '/papers', 'trending').answered).blocks);
    expect(await trending()).toContain('react 1️⃣–5️⃣ to save a paper to your list');
    await expect.poll(() => real.hasList(channelRef)).toBe(true);
    expect(await trending()).not.toContain('to save a paper');
    expect(await trending(ada.dm())).toContain('react 1️⃣–5️⃣ to save a paper');
  });

  it('answers 🔖 with the numbers, privately', async () => {
    const { channel, ada, savedBy } = await openFrame();
    const list = await ada.command(channel, '/papers', 'trending').answered;
    ada.react(list, 'bookmark');
    await expect
      .poll(() => ada.dm().messages.map(({ text }) => text))
      .toEqual([expect.stringContaining('react with its number: 1️⃣–5️⃣')]);
    expect(await savedBy(ada.id)).toEqual([]);
  });
});

describe('a reaction in Slack', () => {
  it('saves the paper of a card, and removing it unsaves the paper, without a message in the channel', async () => {
    const { slack, channel, ada, alan, savedBy } = await openFrame();
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    alan.react(card, 'bookmark');
    await expect.poll(() => savedBy(alan.id)).toEqual([PAPER]);
    alan.unreact(card, 'bookmark');
    await expect.poll(() => savedBy(alan.id)).toEqual([]);
    expect(slack.messagesIn(channel.id)).toEqual([card]);
  });

  it('is confirmed privately the first time only', async () => {
    const { channel, ada } = await openFrame();
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    ada.react(card, 'bookmark');
    await expect.poll(() => ada.dm().messages.map(({ text }) => text)).toHaveLength(1);
    expect(ada.dm().messages[0]?.text).toMatch(/^Saved to your list: “Routing Tokens/);
  });

  it('with a keycap saves that entry of the current page', async () => {
    const { channel, ada, savedBy } = await openFrame();
    const list = await ada.command(channel, '/papers', 'trending').answered;
    ada.react(list, 'two');
    await expect.poll(() => savedBy(ada.id)).toEqual(['2605.10002']);
    await ada.press(list, 'Next ›').answered;
    await expect.poll(() => list.text).toContain('7. ');
    ada.react(list, 'seven');
    await expect.poll(() => savedBy(ada.id)).toContain('2605.10007');
  });

  it('on another person’s message, or with another emoji, does nothing', async () => {
    const { channel, ada, alan, savedBy } = await openFrame();
    const said = alan.say(channel, `arxiv.org/abs/${PAPER}`);
    ada.react(said.message, 'bookmark');
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    ada.react(card, 'thumbsup');
    ada.react(card, 'one');
    // A reaction that counts comes after those that do not: by then they were processed.
    alan.react(card, 'bookmark');
    await expect.poll(() => savedBy(alan.id)).toEqual([PAPER]);
    expect(await savedBy(ada.id)).toEqual([]);
  });
});

describe('after a restart, the bot in Slack', () => {
  it('catches up with reactions that were added and removed meanwhile', async () => {
    const { chat, startBot, channel, ada, alan, savedBy } = await openFrame();
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    const list = await ada.command(channel, '/papers', 'trending').answered;
    ada.react(card, 'bookmark');
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
    await chat.stop();
    ada.unreact(card, 'bookmark');
    alan.react(card, 'bookmark');
    alan.react(list, 'three');
    await startBot();
    await expect.poll(async () => (await savedBy(alan.id)).toSorted()).toEqual([PAPER, '2605.10003']);
    await expect.poll(() => savedBy(ada.id)).toEqual([]);
  });

  it('saves nothing for a person who ran forget-me, although their old reaction is still there; a new one saves', async () => {
    const { chat, startBot, channel, ada, alan, clock, savedBy } = await openFrame();
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    ada.react(card, 'bookmark');
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
    const forgotten = await ada.command(channel, '/papers', 'forget-me sure:yes').answered;
    expect(forgotten.text).toMatch(/Your data is deleted/);
    await clock.advance(1_000);
    const later = await alan.command(channel, '/papers', `show ${PAPER}`).answered;
    await chat.stop();
    // Processed after hers: when it counts, hers was processed.
    alan.react(card, 'bookmark');
    await startBot();
    await expect.poll(() => savedBy(alan.id)).toEqual([PAPER]);
    expect(await savedBy(ada.id)).toEqual([]);
    ada.react(later, 'bookmark');
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
  });

  it('removes nothing from anyone’s list if a message was deleted meanwhile', async () => {
    const { chat, startBot, channel, ada, savedBy } = await openFrame();
    const first = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    ada.react(first, 'bookmark');
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
    const second = await ada.command(channel, '/papers', 'show 2605.10001').answered;
    await chat.stop();
    channel.messages.splice(channel.messages.indexOf(first), 1);
    ada.react(second, 'bookmark');
    await startBot();
    await expect.poll(() => savedBy(ada.id)).toHaveLength(2);
  });
});
