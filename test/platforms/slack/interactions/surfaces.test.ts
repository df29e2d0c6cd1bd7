/** Slack's other surfaces: forms, App Home, and links that become cards. */
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../commands/index.ts';
import { findCommand } from '../../../../src/command/catalogue.ts';
import type { FakeChannel, FakeView } from '../../../fakes/slack/model.ts';
import { openFrame } from '../harness.ts';

const PAPER = '2605.00001';
const LINK = `https://arxiv.org/abs/${PAPER}`;

const inputsOf = ({ view }: FakeView) =>
  view.blocks.flatMap(({ type, block_id: id }) => (type === 'input' ? [id] : []));

describe('a form in Slack', () => {
  it('opens if a command lacks a required option, and answers where the command was typed', async () => {
    const { channel, ada } = await openFrame();
    const view = await ada.command(channel, '/papers', 'search').opened;
    expect(inputsOf(view)).toContain('query');
    const answer = await ada.submit(view, { query: 'experts for speech' }).answered;
    expect(answer.channel).toBe(channel);
    expect(answer.text).toContain('Mixture of Experts for speech, Part 3');
  });

  it('follows papers with the given values, and starts with the current ones when a feed is edited', async () => {
    const { channel, slack, channelRef, feeds } = await openFrame();
    const boss = slack.addPerson('boss', { admin: true });
    const opened = await boss.command(channel, '/paperfeed', 'follow').opened;
    const form = await boss.press(opened, 'More…').opened;
    const zones = await boss.suggest(form, 'zone', 'berl').suggested;
    const [zone] = zones;
    if (!zone) throw new Error('No zone is offered');
    const followed = await boss.submit(form, { time: '08:30', zone, count: '3' }).answered;
    expect(followed.text).toContain('3 trending papers every weekday at 08:30 (Europe/Berlin)');
    const edit = await boss.command(channel, '/paperfeed', 'edit').opened;
    expect(JSON.stringify(edit.view)).toContain('"initial_time":"08:30"');
    await boss.submit(edit, { days: ['mon', 'tue'] }).answered;
    const [feed] = await feeds.of(channelRef);
    expect(feed?.settings).toMatchObject({ time: '08:30', zone: 'Europe/Berlin', count: 3, days: [1, 2] });
  });

  it('for one of several feeds starts with its values, and changes no other feed', async () => {
    const { channel, slack, channelRef, feeds } = await openFrame();
    const boss = slack.addPerson('boss', { admin: true });
    await boss.command(channel, '/paperfeed', 'follow time:8:00 "graphs, trees"').answered;
    await boss.command(channel, '/paperfeed', 'follow time:9:00 include:speech').answered;
    const which = await boss.command(channel, '/paperfeed', 'edit').answered;
    expect(which.text).toContain('This channel has 2 feeds. Add feed:a to choose one');
    const edit = await boss.command(channel, '/paperfeed', 'edit feed:a').opened;
    expect(inputsOf(edit)).not.toContain('feed');
    await boss.submit(await boss.press(edit, 'More…').opened, { count: '7' }).answered;
    expect((await feeds.of(channelRef)).map(({ settings }) => settings)).toMatchObject([
      { time: '08:00', count: 7, include: ['graphs, trees'] },
      { time: '09:00', count: 5, include: ['speech'] },
    ]);
    // If it is unchanged, a list of terms reads back as the same.
    const again = await boss.command(channel, '/paperfeed', 'edit feed:a').opened;
    expect(JSON.stringify(again.view)).toContain('"initial_value":"\\"graphs, trees\\""');
    const said = await boss.command(channel, '/paperfeed', 'edit feed:b count:3').answered;
    expect(said.text).toContain('3 trending papers');
  });

  it('has at most five inputs and a button that shows the rest and keeps what was put in', async () => {
    const { channel, channelRef, slack, feeds } = await openFrame();
    const boss = slack.addPerson('boss', { admin: true });
    const form = await boss.command(channel, '/paperfeed', 'follow').opened;
    expect(inputsOf(form)).toEqual(['include', 'time', 'zone', 'days', 'period']);
    boss.fill(form, { include: 'cs.RO', time: '08:30' });
    const whole = await boss.press(form, 'More…').opened;
    expect(whole).toBe(form);
    expect(inputsOf(whole)).toEqual(
      Object.keys(findCommand(catalogue, 'paperfeed', 'follow')?.options ?? {}),
    );
    expect(JSON.stringify(whole.view)).not.toContain('More…');
    await boss.submit(whole, { exclude: 'survey' }).answered;
    const [feed] = await feeds.of(channelRef);
    expect(feed?.settings).toMatchObject({
      include: ['cs.RO'],
      exclude: ['survey'],
      time: '08:30',
      count: 5,
    });
  });

  it('does not show the rest to a person who has lost the permission', async () => {
    const { slack, channel, startBot, chat } = await openFrame();
    const boss = slack.addPerson('boss', { admin: true });
    const form = await boss.command(channel, '/paperfeed', 'follow').opened;
    Object.assign(boss.user, { admin: false });
    await chat.stop();
    await startBot();
    const answer = await boss.press(form, 'More…').answered;
    expect(answer.text).toContain('Only channel managers can change');
    expect(inputsOf(form)).toHaveLength(5);
  });

  it('does not open for people without the permission', async () => {
    const { channel, ada } = await openFrame();
    const answer = await ada.command(channel, '/paperfeed', 'follow').answered;
    expect(answer.text).toContain('Only channel managers can change');
  });

  it('submitted by a person who has lost the permission changes nothing', async () => {
    const { slack, channel, channelRef, feeds, startBot, chat } = await openFrame();
    const boss = slack.addPerson('boss', { admin: true });
    const form = await boss.command(channel, '/paperfeed', 'follow').opened;
    Object.assign(boss.user, { admin: false });
    await chat.stop();
    await startBot();
    const answer = await boss.submit(form, { time: '08:30' }).answered;
    expect(answer.text).toContain('Only channel managers can change');
    expect(await feeds.of(channelRef)).toEqual([]);
  });
});

describe('the App Home in Slack', () => {
  it('shows a person’s saved papers, searches them, and removes one', async () => {
    const { channel, ada } = await openFrame();
    await ada.command(channel, '/papers', `save ${PAPER}`).answered;
    await ada.command(channel, '/papers', 'save 2605.10003').answered;
    const home = await ada.openHome().opened;
    const words = () => JSON.stringify(ada.home()?.view);
    expect(words()).toContain('Routing Tokens to Mixtures of Experts');
    expect(words()).toContain('Trending papers');
    expect(words()).toContain('No channel that you can see gets papers yet');
    await ada.choose(home, 'home.search', 'speech').opened;
    expect(words()).toContain('Mixture of Experts for speech');
    expect(words()).not.toContain('Routing Tokens to Mixtures of Experts');
  });

  it('opens a paper that is chosen under a list in the conversation with the bot', async () => {
    const { ada } = await openFrame();
    await ada.command(ada.dm(), '/papers', 'save 2605.10003').answered;
    const home = await ada.openHome().opened;
    await ada.choose(home, 'run.answer.0', '1. Mixture of Experts for speech, Part 3').acknowledged;
    await expect
      .poll(() => ada.dm().messages.map(({ text }) => text))
      .toContainEqual(expect.stringContaining('We introduce expert number 3'));
  });

  it('does not show feeds of other people’s direct messages', async () => {
    const { ada, alan } = await openFrame();
    await alan.command(alan.dm(), '/paperfeed', 'follow time:8:00 include:"secret topic"').answered;
    await ada.openHome().opened;
    expect(JSON.stringify(ada.home()?.view)).toContain('No channel that you can see gets papers yet');
    const told = async (who: typeof ada) => (await who.command(who.dm(), '/papers', 'feeds').answered).text;
    expect(await told(alan)).toContain('1 feed here');
    expect(await told(ada)).toContain('No channel that you can see gets papers yet');
  });
});

describe('a pasted link in Slack', () => {
  const previews = (channel: FakeChannel) =>
    channel.messages.filter(({ unfurls }) => unfurls.size > 0).length;

  it('becomes the card of its paper, once in half an hour, even after a restart', async () => {
    const { channel, ada, alan, chat, startBot, clock } = await openFrame();
    const said = ada.paste(channel, LINK);
    await said.answered;
    expect(JSON.stringify(said.message.unfurls.get(LINK))).toContain('Routing Tokens');
    await alan.paste(channel, LINK).acknowledged;
    const other = alan.paste(channel, 'https://arxiv.org/abs/2605.10001');
    await other.answered;
    expect(previews(channel)).toBe(2);
    await chat.stop();
    await startBot();
    await clock.advance(29 * 60_000);
    await alan.paste(channel, LINK).acknowledged;
    await ada.command(channel, '/papers', 'stats').answered;
    expect(previews(channel)).toBe(2);
    await clock.advance(60_001);
    await alan.paste(channel, LINK).answered;
    expect(previews(channel)).toBe(3);
  });

  it('stays as it is in a message with three or more links', async () => {
    const { channel, ada } = await openFrame();
    const links = [1, 2, 3].map((part) => `https://arxiv.org/abs/2605.1000${part}`);
    await ada.paste(channel, ...links).acknowledged;
    const two = ada.paste(channel, ...links.slice(0, 2));
    await two.answered;
    expect([...two.message.unfurls.keys()]).toEqual(links.slice(0, 2));
    expect(previews(channel)).toBe(1);
  });

  it('stays as it is in a channel that turned previews off', async () => {
    const { channel, ada, workspaces, slack, channelRef } = await openFrame();
    await workspaces.showLinks(channelRef.platform, channelRef.workspace, channelRef.channel, false);
    await ada.paste(channel, LINK).acknowledged;
    const elsewhere = slack.addChannel('elsewhere');
    await ada.paste(elsewhere, LINK).answered;
    expect(previews(channel)).toBe(0);
  });
});

describe('a message to the bot in Slack', () => {
  it('in the thread of a paper asks about that paper; in the thread of a list, about the entry with that number', async () => {
    const { channel, ada, alan } = await openFrame();
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    const answer = await alan.mention(channel, 'what is it about?', { thread: card }).answered;
    expect(answer.threadTs).toBe(card.ts);
    expect(answer.text).toContain('Routing Tokens to Mixtures of Experts');
    expect(answer.text).toMatch(/best-matching sentences, extracted/);
    const list = await ada.command(channel, '/papers', 'trending').answered;
    const entry = await alan.mention(channel, '2 what is it about?', { thread: list }).answered;
    expect(entry.text).toContain('Part 2');
    const compared = await alan.mention(channel, 'compare 1 3', { thread: list }).answered;
    expect(compared.text).toMatch(/Part 1[\s\S]*Part 3/);
    const which = await alan.mention(channel, 'and the weather?', { thread: list }).answered;
    expect(which.text).toContain('Which of these papers?');
  });

  it('in a thread that began without papers is answered as anywhere else', async () => {
    const { slack, channel, ada, alan } = await openFrame();
    const { message } = alan.say(channel, 'Who read something about speech?');
    ada.mention(channel, 'experts for speech', { thread: message });
    // The fake can only guess which command an answer belongs to.
    await slack.until(() => channel.messages.length === 3);
    const answer = channel.messages[2];
    expect(answer?.threadTs).toBe(message.ts);
    expect(answer?.text).toContain('Mixture of Experts for speech');
  });

  it('that mentions it is answered in the thread, with a command’s answer or a search', async () => {
    const { channel, ada } = await openFrame();
    const said = ada.mention(channel, 'experts for speech');
    const answer = await said.answered;
    expect(answer.threadTs).toBe(said.message.ts);
    expect(answer.text).toContain('Mixture of Experts for speech');
  });

  it('from another bot is not answered, or the two would talk for ever', async () => {
    const { slack, chat, channel, ada } = await openFrame();
    const said = slack.addPerson('helper', { bot: true }).mention(channel, 'experts for speech');
    await said.acknowledged;
    await ada.mention(channel, 'experts for planning').answered;
    await chat.stop();
    expect(channel.messages.filter(({ threadTs }) => threadTs === said.message.ts)).toEqual([]);
  });

  it('in the direct conversation is answered there', async () => {
    const { ada } = await openFrame();
    const answer = await ada.say(ada.dm(), `show ${PAPER}`).answered;
    expect(answer.channel).toBe(ada.dm());
    expect(answer.text).toContain('Routing Tokens');
  });
});

describe('a channel manager in Slack', () => {
  it('who is chosen as a mention can manage the channel’s feeds, but cannot allow others', async () => {
    const { slack, channelRef, feeds, managers, ada, alan } = await openFrame();
    const own = slack.addChannel('own', { creator: ada.user });
    const here = { ...channelRef, channel: own.id };
    expect((await alan.command(own, '/paperfeed', 'follow count:3').answered).text).toContain(
      'Only channel managers',
    );
    const told = await ada.command(own, '/paperfeed', 'allow person:@alan').answered;
    expect([told.text, told.onlyFor?.id]).toEqual([expect.stringContaining('can now manage'), ada.id]);
    expect(await managers.of(here)).toEqual([{ person: alan.id, name: 'alan' }]);
    await alan.command(own, '/paperfeed', 'follow count:3').answered;
    expect(await feeds.of(here)).toHaveLength(1);
    const listed = await alan.command(own, '/paperfeed', 'list').answered;
    expect(listed.text).toContain('Also allowed to manage feeds: @alan');
    expect((await alan.command(own, '/paperfeed', 'allow @ada').answered).text).toContain(
      'Only the channel’s creator or an administrator',
    );
    await ada.command(own, '/paperfeed', 'disallow @alan').answered;
    expect((await alan.command(own, '/paperfeed', 'unfollow').answered).text).toContain(
      'Only channel managers',
    );
    expect(await feeds.of(here)).toHaveLength(1);
  });

  it('can also be given by name in a mention of the bot', async () => {
    const { slack, channel, managers, channelRef, alan } = await openFrame();
    const boss = slack.addPerson('boss', { admin: true });
    await boss.mention(channel, `paperfeed allow <@${alan.id}>`).answered;
    expect(await managers.of(channelRef)).toEqual([{ person: alan.id, name: alan.id }]);
  });
});
