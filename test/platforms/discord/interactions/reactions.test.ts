/** Reacting to save, in Discord. */
import { describe, expect, it } from 'vitest';
import { shownText } from '../../../fakes/discord/people/shown.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { openFrame } from '../harness.ts';

const PAPER = '2605.00001';

describe('the first list in a channel', () => {
  it('says how numbers save, and later lists and private ones do not', async () => {
    const { guild, channel, ada, real } = await openFrame();
    const trending = async (where = channel) =>
      shownText(await ada.command(where, 'papers', 'trending').answered);
    expect(shownText(await ada.command(channel, 'papers', 'saved').answered)).not.toContain(
      'to save a paper',
    );
    expect(await trending()).toContain('react 1️⃣–5️⃣ to save a paper to your list');
    const ref = { platform: 'discord', workspace: guild.id, channel: channel.id };
    await expect.poll(() => real.hasList(ref)).toBe(true);
    expect(await trending()).not.toContain('to save a paper');
    expect(await trending(guild.channel('general'))).toContain('react 1️⃣–5️⃣ to save a paper');
    expect(await trending(ada.dm())).toContain('react 1️⃣–5️⃣ to save a paper');
  });

  it('answers 🔖 with the numbers, privately and once a day', async () => {
    const { channel, ada, savedBy } = await openFrame();
    const list = await ada.command(channel, 'papers', 'trending').answered;
    ada.react(list, '🔖');
    await expect
      .poll(() => ada.dm().messages.map(shownText))
      .toEqual([expect.stringContaining('react with its number: 1️⃣–5️⃣')]);
    ada.unreact(list, '🔖');
    ada.react(list, '🔖');
    ada.react(list, '2️⃣');
    await expect.poll(() => savedBy(ada.id)).toEqual(['2605.10002']);
    await expect
      .poll(() => ada.dm().messages.map(shownText))
      .toEqual([
        expect.stringContaining('react with its number'),
        expect.stringContaining('Saved to your list'),
      ]);
  });
});

describe('a reaction', () => {
  it('saves the paper of a card, and taking it back unsaves it, without a word in the channel', async () => {
    const { channel, ada, alan, savedBy } = await openFrame();
    const card = await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    alan.react(card, '🔖');
    await expect.poll(() => savedBy(alan.id)).toEqual([PAPER]);
    alan.unreact(card, '🔖');
    await expect.poll(() => savedBy(alan.id)).toEqual([]);
    expect(channel.messages).toEqual([card]);
  });

  it('is confirmed the first time ever, to the person alone; closed direct messages are no trouble', async () => {
    const { channel, ada, alan, savedBy } = await openFrame();
    const card = await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    ada.react(card, '🔖');
    await expect.poll(() => ada.dm().messages.map(shownText)).toHaveLength(1);
    expect(shownText(ada.dm().messages[0] ?? card)).toMatch(/^Saved to your list: “Routing Tokens/);
    alan.closeDms();
    alan.react(card, '🔖');
    await expect.poll(() => savedBy(alan.id)).toEqual([PAPER]);
  });

  it('with a keycap saves that entry of a list, as the page stands now', async () => {
    const { channel, ada, savedBy } = await openFrame();
    const list = await ada.command(channel, 'papers', 'trending').answered;
    ada.react(list, '2️⃣');
    await expect.poll(() => savedBy(ada.id)).toEqual(['2605.10002']);
    await ada.press(list, 'Next ›').answered;
    ada.react(list, '7️⃣');
    await expect.poll(() => savedBy(ada.id)).toContain('2605.10007');
  });

  it('counts in the list of the team', async () => {
    const { channel, ada, alan, savedBy } = await openFrame();
    const card = await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    ada.react(card, '🔖');
    alan.react(card, '🔖');
    await expect.poll(() => savedBy(alan.id)).toEqual([PAPER]);
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
    const team = await ada.command(channel, 'papers', 'saved', { scope: 'team' }).answered;
    expect(shownText(team)).toContain('by 2 people in the team');
  });

  it('on a message of somebody else, or with another emoji, does nothing', async () => {
    const { channel, ada, alan, savedBy } = await openFrame();
    const said = alan.say(channel, `arxiv.org/abs/${PAPER}`);
    ada.react(said, '🔖');
    const card = await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    ada.react(card, '👍');
    ada.react(card, '1️⃣');
    // One that counts, after those that do not: by then they were seen.
    alan.react(card, '🔖');
    await expect.poll(() => savedBy(alan.id)).toEqual([PAPER]);
    expect(await savedBy(ada.id)).toEqual([]);
  });
});

describe('after downtime', () => {
  it('reactions are read back at a pace that leaves Discord’s limit to what people ask', async () => {
    const clock = fakeClock('2026-05-29T12:00:00Z');
    const { discord, chat, startBot, channel, ada, savedBy } = await openFrame({ chat: { clock } });
    for (let count = 0; count < 8; count++) {
      await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    }
    await chat.stop();
    for (const card of channel.messages) ada.react(card, '🔖');
    const before = discord.requests.length;
    const reads = () => {
      const paths = discord.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
      // Commands of the server are read at the same pace.
      return paths.filter((path) => /^GET .*(?:\/messages\/|\/guilds\/.*\/commands)/.test(path)).length;
    };
    await startBot();
    await expect.poll(reads).toBe(5);
    // Commands are answered in the meantime, and nothing more is read before its time.
    await ada.command(channel, 'papers', 'help').answered;
    expect(reads()).toBe(5);
    for (let more = 6; more <= 17; more++) {
      await clock.advance(150);
      await expect.poll(reads).toBe(more);
    }
    expect(await savedBy(ada.id)).toEqual([PAPER]);
  });

  it('reactions that came and went meanwhile are made up for', async () => {
    const { chat, startBot, channel, ada, alan, savedBy } = await openFrame();
    const card = await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    const list = await ada.command(channel, 'papers', 'trending').answered;
    ada.react(card, '🔖');
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
    await chat.stop();
    ada.unreact(card, '🔖');
    alan.react(card, '🔖');
    alan.react(list, '3️⃣');
    await startBot();
    await expect.poll(async () => (await savedBy(alan.id)).toSorted()).toEqual([PAPER, '2605.10003']);
    await expect.poll(() => savedBy(ada.id)).toEqual([]);
  });

  it('a super reaction still counts, and one that came or went meanwhile is made up for', async () => {
    const { chat, startBot, channel, ada, alan, savedBy } = await openFrame();
    const card = await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    const list = await ada.command(channel, 'papers', 'trending').answered;
    ada.react(card, '🔖', { burst: true });
    alan.react(list, '2️⃣', { burst: true });
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
    await expect.poll(() => savedBy(alan.id)).toEqual(['2605.10002']);
    await chat.stop();
    alan.react(card, '🔖', { burst: true });
    alan.unreact(list, '2️⃣', { burst: true });
    await startBot();
    await expect.poll(() => savedBy(alan.id)).toEqual([PAPER]);
    expect(await savedBy(ada.id)).toEqual([PAPER]);
  });

  it('a paper stays on the list while a normal or a super reaction of its person stands', async () => {
    const { chat, startBot, channel, ada, alan, savedBy } = await openFrame();
    const card = await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    ada.react(card, '🔖');
    ada.react(card, '🔖', { burst: true });
    alan.react(card, '🔖', { burst: true });
    alan.react(card, '🔖');
    await expect.poll(() => savedBy(alan.id)).toEqual([PAPER]);
    ada.unreact(card, '🔖');
    await chat.stop();
    alan.unreact(card, '🔖', { burst: true });
    await startBot();
    // Looked at after the others: when it has counted, those were seen.
    ada.react(await ada.command(channel, 'papers', 'show', { paper: '2605.10001' }).answered, '🔖');
    await expect.poll(() => savedBy(ada.id)).toHaveLength(2);
    expect(await savedBy(ada.id)).toContain(PAPER);
    expect(await savedBy(alan.id)).toEqual([PAPER]);
  });

  it('reactions of more people than one page holds all count', async () => {
    const { discord, chat, startBot, channel, ada, savedBy } = await openFrame();
    const card = await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    await chat.stop();
    const crowd = Array.from({ length: 120 }, (_, n) => discord.addPerson(`reader-${n}`));
    for (const person of crowd) {
      person.closeDms();
      person.react(card, '🔖');
    }
    await startBot();
    await expect.poll(() => savedBy(crowd.at(-1)?.id ?? '')).toEqual([PAPER]);
    expect(await savedBy(crowd[0]?.id ?? '')).toEqual([PAPER]);
  });

  it('what is looked through holds nothing when it was looked at', async () => {
    const { chat, startBot, channel, ada, alan, savedBy } = await openFrame();
    const first = await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    for (let more = 0; more < 12; more++) await ada.command(channel, 'papers', 'trending').answered;
    await chat.stop();
    alan.react(first, '🔖');
    const warnings: Error[] = [];
    const take = (warning: Error) => void warnings.push(warning);
    process.on('warning', take);
    await startBot();
    // The newest are looked at first.
    await expect.poll(() => savedBy(alan.id)).toEqual([PAPER]);
    process.off('warning', take);
    expect(warnings.map(({ name }) => name)).not.toContain('MaxListenersExceededWarning');
  });

  it('somebody who was forgotten stays so, though their reaction still stands; a new one saves', async () => {
    const { chat, startBot, channel, ada, alan, savedBy } = await openFrame();
    const card = await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    ada.react(card, '🔖');
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
    const asked = await ada.command(channel, 'papers', 'forget-me').answered;
    const forgotten = await ada.press(asked, 'Delete my data').answered;
    expect(shownText(forgotten)).toMatch(/Your data is deleted/);
    const later = await alan.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    await chat.stop();
    // Looked at after hers: when it has counted, hers was seen.
    alan.react(card, '🔖');
    await startBot();
    await expect.poll(() => savedBy(alan.id)).toEqual([PAPER]);
    expect(await savedBy(ada.id)).toEqual([]);
    ada.react(later, '🔖');
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
  });

  it('a message that is gone meanwhile takes nothing off anybody’s list', async () => {
    const { chat, startBot, channel, ada, savedBy } = await openFrame();
    const first = await ada.command(channel, 'papers', 'show', { paper: PAPER }).answered;
    ada.react(first, '🔖');
    await expect.poll(() => savedBy(ada.id)).toEqual([PAPER]);
    const second = await ada.command(channel, 'papers', 'show', { paper: '2605.10001' }).answered;
    await chat.stop();
    first.deleted = true;
    ada.react(second, '🔖');
    await startBot();
    await expect.poll(() => savedBy(ada.id)).toHaveLength(2);
  });
});
