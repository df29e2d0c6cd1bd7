/** A channel on Discord that learns starts from its name, its topic, and the papers linked in it before. */
import { expect, it } from 'vitest';
import { shownText } from '../../../fakes/discord/people/shown.ts';
import { Intent } from '../../../fakes/discord/protocol.ts';
import { openFrame } from '../harness.ts';

const TOPIC = 'Papers on **RNA folding** and :dna: <#123456789012345678>, see https://lab.example';

async function openBoss(intents = Intent.MessageContent) {
  const frame = await openFrame({ discord: { privilegedIntents: intents } });
  frame.outside.aboutOf = frame.chat.aboutOf;
  frame.outside.past = frame.chat;
  const boss = frame.discord.addPerson('boss', { permissions: ['ManageChannels'] });
  return { ...frame, boss };
}

it('a channel on Discord starts from its name and topic', async () => {
  const { guild, boss } = await openBoss();
  const channel = guild.addChannel('protein-design', { topic: TOPIC });
  const typed = boss.command(channel, 'paperfeed', 'follow', { learned: 'on' });
  expect(shownText(await typed.answered)).toContain(
    'It starts from the channel’s name (protein design) and the channel’s topic (RNA folding).',
  );
});

it('of a forum on Discord the name counts, and the rules for its posts do not; a direct message has neither', async () => {
  const { guild, chat, ada, boss, channel } = await openBoss();
  const { id } = guild.addChannel('robots', { kind: 'forum', topic: 'One paper in each post.' });
  const forum = { platform: 'discord', workspace: guild.id, channel: id };
  // Discord sends the new channel before this.
  await boss.command(channel, 'paperfeed', 'list').answered;
  expect(await chat.aboutOf(forum)).toEqual({ name: 'robots' });
  expect(await chat.aboutOf({ ...forum, channel: ada.dm().id })).toBeUndefined();
  expect(await chat.aboutOf({ ...forum, channel: '1' })).toBeUndefined();
});

it('a channel on Discord learns from papers that people linked, after a question', async () => {
  const { boss, alan, channel } = await openBoss();
  await boss.command(channel, 'paperfeed', 'follow', { learned: 'on' }).answered;
  alan.say(channel, 'look: https://arxiv.org/abs/2605.10001');
  const asked = await boss.command(channel, 'paperfeed', 'subjects', { from: 'channel' }).answered;
  expect(shownText(asked)).toContain('Rank the lists here by it?');
  const learned = await boss.press(asked, 'Learn from 1 paper').answered;
  expect(shownText(learned)).toContain('This channel learns from 1 paper');
});

it('where Discord hides the text of messages, a channel cannot learn from it, and hears why', async () => {
  const { boss, channel } = await openBoss(0);
  await boss.command(channel, 'paperfeed', 'follow', { learned: 'on' }).answered;
  const asked = boss.command(channel, 'paperfeed', 'subjects', { from: 'channel' });
  expect(shownText(await asked.answered)).toContain('Message Content Intent');
});
