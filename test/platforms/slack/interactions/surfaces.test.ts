/** What Slack has beside messages: forms, App Home, links that grow into cards. */
import { describe, expect, it } from 'vitest';
import type { FakeChannel, FakeView } from '../../../fakes/slack/model.ts';
import { openFrame } from '../harness.ts';

const PAPER = '2605.00001';
const LINK = `https://arxiv.org/abs/${PAPER}`;

const inputsOf = ({ view }: FakeView) =>
  view.blocks.flatMap(({ type, block_id: id }) => (type === 'input' ? [id] : []));

describe('a form', () => {
  it('opens where a command is typed without what it needs, and answers where it was typed', async () => {
    const { channel, ada } = await openFrame();
    const view = await ada.command(channel, '/papers', 'search').opened;
    expect(inputsOf(view)).toContain('query');
    const answer = await ada.submit(view, { query: 'experts for speech' }).answered;
    expect(answer.channel).toBe(channel);
    expect(answer.text).toContain('Mixture of Experts for speech, Part 3');
  });

  it('follows with what was put in, and is edited from what is', async () => {
    const { channel, slack, channelRef, feeds } = await openFrame();
    const boss = slack.addPerson('boss', { admin: true });
    const form = await boss.command(channel, '/paperfeed', 'follow').opened;
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

  it('of one of several feeds begins with that one, and changes no other', async () => {
    const { channel, slack, channelRef, feeds } = await openFrame();
    const boss = slack.addPerson('boss', { admin: true });
    await boss.command(channel, '/paperfeed', 'follow time:8:00 "graphs, trees"').answered;
    await boss.command(channel, '/paperfeed', 'follow time:9:00 include:speech').answered;
    const which = await boss.command(channel, '/paperfeed', 'edit').answered;
    expect(which.text).toContain('This channel has 2 feeds. Add feed:a to choose one');
    const edit = await boss.command(channel, '/paperfeed', 'edit feed:a').opened;
    expect(inputsOf(edit)).not.toContain('feed');
    await boss.submit(edit, { count: '7' }).answered;
    expect((await feeds.of(channelRef)).map(({ settings }) => settings)).toMatchObject([
      { time: '08:00', count: 7, include: ['graphs, trees'] },
      { time: '09:00', count: 5, include: ['speech'] },
    ]);
    // Left as it was, a list of terms reads back as the same.
    const again = await boss.command(channel, '/paperfeed', 'edit feed:a').opened;
    expect(JSON.stringify(again.view)).toContain('"initial_value":"\\"graphs, trees\\""');
    const said = await boss.command(channel, '/paperfeed', 'edit feed:b count:3').answered;
    expect(said.text).toContain('3 trending papers');
  });

  it('is not opened for those who may not do what it asks', async () => {
    const { channel, ada } = await openFrame();
    const answer = await ada.command(channel, '/paperfeed', 'follow').answered;
    expect(answer.text).toContain('Only channel managers can change');
  });

  it('submitted by somebody who lost the right since changes nothing', async () => {
    const { slack, channel, channelRef, feeds, startBot, chat } = await openFrame();
    const boss = slack.addPerson('boss', { admin: true });
    const form = await boss.command(channel, '/paperfeed', 'follow').opened;
    Object.assign(boss.user, { admin: false });
    await chat.stop();
    await startBot();
    const answer = await boss.submit(form, { count: '3' }).answered;
    expect(answer.text).toContain('Only channel managers can change');
    expect(await feeds.of(channelRef)).toEqual([]);
  });
});

describe('App Home', () => {
  it('shows what somebody saved, searches it, and lets them take a paper off', async () => {
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

  it('shows nobody what others follow in their direct messages', async () => {
    const { ada, alan } = await openFrame();
    await alan.command(alan.dm(), '/paperfeed', 'follow time:8:00 include:"secret topic"').answered;
    await ada.openHome().opened;
    expect(JSON.stringify(ada.home()?.view)).toContain('No channel that you can see gets papers yet');
    const told = async (who: typeof ada) => (await who.command(who.dm(), '/papers', 'feeds').answered).text;
    expect(await told(alan)).toContain('1 feed here');
    expect(await told(ada)).toContain('No channel that you can see gets papers yet');
  });
});

describe('a pasted link', () => {
  const previews = (channel: FakeChannel) =>
    channel.messages.filter(({ unfurls }) => unfurls.size > 0).length;

  it('grows into the card of its paper, once in half an hour, whatever becomes of the bot', async () => {
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

  it('is left as it is in a message with three or more', async () => {
    const { channel, ada } = await openFrame();
    const links = [1, 2, 3].map((part) => `https://arxiv.org/abs/2605.1000${part}`);
    await ada.paste(channel, ...links).acknowledged;
    const two = ada.paste(channel, ...links.slice(0, 2));
    await two.answered;
    expect([...two.message.unfurls.keys()]).toEqual(links.slice(0, 2));
    expect(previews(channel)).toBe(1);
  });

  it('is left as it is where the channel wants it so', async () => {
    const { channel, ada, workspaces, slack, channelRef } = await openFrame();
    await workspaces.showLinks(channelRef.platform, channelRef.workspace, channelRef.channel, false);
    await ada.paste(channel, LINK).acknowledged;
    const elsewhere = slack.addChannel('elsewhere');
    await ada.paste(elsewhere, LINK).answered;
    expect(previews(channel)).toBe(0);
  });
});

describe('the bot, spoken to', () => {
  it('in the thread of a paper is asked about it, in that of a list about the entry of its number', async () => {
    const { channel, ada, alan } = await openFrame();
    const card = await ada.command(channel, '/papers', `show ${PAPER}`).answered;
    const answer = await alan.mention(channel, 'what is it about?', { thread: card }).answered;
    expect(answer.threadTs).toBe(card.ts);
    expect(answer.text).toContain('Routing Tokens to Mixtures of Experts');
    expect(answer.text).toMatch(/best-matching sentences, extracted/);
    const list = await ada.command(channel, '/papers', 'trending').answered;
    const entry = await alan.mention(channel, '2 what is it about?', { thread: list }).answered;
    expect(entry.text).toContain('Part 2');
    const which = await alan.mention(channel, 'and the weather?', { thread: list }).answered;
    expect(which.text).toContain('Which of these papers?');
  });

  it('in a thread that began with no paper answers as anywhere', async () => {
    const { slack, channel, ada, alan } = await openFrame();
    const { message } = alan.say(channel, 'Who read something about speech?');
    ada.mention(channel, 'experts for speech', { thread: message });
    // Whose answer it is, the fake can only guess.
    await slack.until(() => channel.messages.length === 3);
    const answer = channel.messages[2];
    expect(answer?.threadTs).toBe(message.ts);
    expect(answer?.text).toContain('Mixture of Experts for speech');
  });

  it('by its name answers in the thread, with what was asked or what fits the words', async () => {
    const { channel, ada } = await openFrame();
    const said = ada.mention(channel, 'experts for speech');
    const answer = await said.answered;
    expect(answer.threadTs).toBe(said.message.ts);
    expect(answer.text).toContain('Mixture of Experts for speech');
  });

  it('by another bot is not answered: the two would talk for ever', async () => {
    const { slack, chat, channel, ada } = await openFrame();
    const said = slack.addPerson('helper', { bot: true }).mention(channel, 'experts for speech');
    await said.acknowledged;
    await ada.mention(channel, 'experts for planning').answered;
    await chat.stop();
    expect(channel.messages.filter(({ threadTs }) => threadTs === said.message.ts)).toEqual([]);
  });

  it('in its own conversation answers there', async () => {
    const { ada } = await openFrame();
    const answer = await ada.say(ada.dm(), `show ${PAPER}`).answered;
    expect(answer.channel).toBe(ada.dm());
    expect(answer.text).toContain('Routing Tokens');
  });
});

describe('a manager who is named', () => {
  it('by a mention that is chosen while typing may set the channel, and those who made it may name', async () => {
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

  it('may be named to the bot by its name too', async () => {
    const { slack, channel, managers, channelRef, alan } = await openFrame();
    const boss = slack.addPerson('boss', { admin: true });
    await boss.mention(channel, `paperfeed allow <@${alan.id}>`).answered;
    expect(await managers.of(channelRef)).toEqual([{ person: alan.id, name: alan.id }]);
  });
});
