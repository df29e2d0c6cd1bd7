/** Reacting to save, in Slack. */
import { describe, expect, it } from 'vitest';
import { openFrame } from '../harness.ts';

const PAPER = '2605.00001';

describe('a reaction', () => {
  it('saves the paper of a card, and taking it back unsaves it, without a word in the channel', async () => {
    const { slack, channel, ada, alan, savedBy } = await openFrame();
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    alan.react(card, 'bookmark');
    await expect.poll(() => savedBy(alan.id)).toEqual([PAPER]);
    alan.unreact(card, 'bookmark');
    await expect.poll(() => savedBy(alan.id)).toEqual([]);
    expect(slack.messagesIn(channel.id)).toEqual([card]);
  });

  it('is confirmed the first time ever, to the person alone', async () => {
    const { channel, ada } = await openFrame();
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    ada.react(card, 'bookmark');
    await expect.poll(() => ada.dm().messages.map(({ text }) => text)).toHaveLength(1);
    expect(ada.dm().messages[0]?.text).toMatch(/^Saved to your list: “Routing Tokens/);
  });

  it('with a keycap saves that entry of a list, as the page stands now', async () => {
    const { channel, ada, savedBy } = await openFrame();
    const list = await ada.command(channel, '/papers', 'trending').answered;
    ada.react(list, 'two');
    await expect.poll(() => savedBy(ada.id)).toEqual(['2605.10002']);
    await ada.press(list, 'later ›').answered;
    await expect.poll(() => list.text).toContain('7. ');
    ada.react(list, 'seven');
    await expect.poll(() => savedBy(ada.id)).toContain('2605.10007');
  });

  it('on a message of somebody else, or with another emoji, does nothing', async () => {
    const { channel, ada, alan, savedBy } = await openFrame();
    const said = alan.say(channel, `arxiv.org/abs/${PAPER}`);
    ada.react(said.message, 'bookmark');
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    ada.react(card, 'thumbsup');
    ada.react(card, 'one');
    // One that counts, after those that do not: by then they were seen.
    alan.react(card, 'bookmark');
    await expect.poll(() => savedBy(alan.id)).toEqual([PAPER]);
    expect(await savedBy(ada.id)).toEqual([]);
  });
});

describe('after downtime', () => {
  it('reactions that came and went meanwhile are made up for', async () => {
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

  it('somebody who was forgotten stays so, though their reaction still stands; a new one saves', async () => {
    const { chat, startBot, channel, ada, alan, clock, savedBy } = await openFrame();
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    ada.react(card, 'bookmark');
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
    const forgotten = await ada.command(channel, '/papers', 'forget-me sure:yes').answered;
    expect(forgotten.text).toMatch(/Your data is deleted/);
    await clock.advance(1_000);
    const later = await alan.command(channel, '/papers', `show ${PAPER}`).answered;
    await chat.stop();
    // Looked at after hers: when it has counted, hers was seen.
    alan.react(card, 'bookmark');
    await startBot();
    await expect.poll(() => savedBy(alan.id)).toEqual([PAPER]);
    expect(await savedBy(ada.id)).toEqual([]);
    ada.react(later, 'bookmark');
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
  });

  it('a message that is gone meanwhile takes nothing off anybody’s list', async () => {
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
