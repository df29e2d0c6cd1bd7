/** A channel in Slack that learns starts from its name, its topic, and the papers linked in it before. */
import { expect, it } from 'vitest';
import { shownText } from '../../../fakes/slack/people/shown.ts';
import { openFrame } from '../harness.ts';

async function openBoss() {
  const frame = await openFrame();
  frame.outside.aboutOf = frame.chat.aboutOf;
  frame.outside.past = frame.chat;
  return { ...frame, boss: frame.slack.addPerson('boss', { admin: true }) };
}

it('a channel in Slack starts from its name, its topic and its description', async () => {
  const { slack, boss } = await openBoss();
  const channel = slack.addChannel('protein-design', {
    topic: 'RNA folding &amp; peptides :dna: <https://lab.example|wiki>',
    purpose: 'Ask <@U0123ABCD|ada> about cryo-EM',
  });
  const typed = boss.command(channel, '/paperfeed', 'follow learned:on');
  expect(shownText(await typed.answered)).toContain(
    'It starts from the channel’s name (protein design) and the channel’s topic (RNA folding, peptides, cryo-EM).',
  );
});

it('a conversation with the bot in Slack, and a channel that it cannot see, are about nothing', async () => {
  const { slack, chat, channelRef, boss } = await openBoss();
  expect(await chat.aboutOf({ ...channelRef, channel: boss.dm().id })).toBeUndefined();
  const { id } = slack.addChannel('secret', { isPrivate: true, isMember: false });
  expect(await chat.aboutOf({ ...channelRef, channel: id })).toBeUndefined();
});

it('a channel in Slack learns from papers that people linked, after a question', async () => {
  const { boss, alan, channel } = await openBoss();
  await boss.command(channel, '/paperfeed', 'follow learned:on').answered;
  alan.say(channel, 'look: https://arxiv.org/abs/2605.10001');
  const asked = await boss.command(channel, '/paperfeed', 'learn from what we linked here').answered;
  expect(shownText(asked)).toContain('Rank the lists here by it?');
  const learned = await boss.press(asked, 'Learn from 1 paper').answered;
  expect(shownText(learned)).toContain('This channel learns from 1 paper');
});

it('without the permission to read messages in Slack, a channel cannot learn from them, and hears why', async () => {
  const { slack, boss, channel } = await openBoss();
  await boss.command(channel, '/paperfeed', 'follow learned:on').answered;
  slack.workspace.scopes.delete('channels:history');
  const asked = boss.command(channel, '/paperfeed', 'subjects from:channel');
  expect(shownText(await asked.answered)).toContain('channels:history');
});
