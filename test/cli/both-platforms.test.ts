/** One process that serves Discord and Slack at once, for one team. */
import { describe, expect, it } from 'vitest';
import { openFakeDiscord } from '../fakes/discord/fake-discord.ts';
import { shownText } from '../fakes/discord/people/shown.ts';
import { openFakeSlack } from '../fakes/slack/fake-slack.ts';
import { discordStage, evaluate, openBacklogScenario, slackStage } from '../support/backlog-scenario.ts';
import { startBot, stopBot } from '../support/bot.ts';
import { temporaryFolder } from '../support/database.ts';

/** A list of two papers is due in two channels of each. */
async function openBoth() {
  const [discord, slack] = [await openFakeDiscord(), await openFakeSlack()];
  const [there, here] = [discordStage(discord, 2), slackStage(slack, 2)];
  const backlog = await openBacklogScenario(
    {
      targets: [...there.targets, ...here.targets],
      env: { ...there.env, ...here.env, TEAMS: 'one' },
      rootsIn: (channel) => (channel.platform === 'slack' ? here : there).rootsIn(channel),
    },
    temporaryFolder(),
  );
  return { discord, slack, backlog };
}

describe('both platforms in one process', () => {
  it('both platforms get the daily thread and, as one team, share saves', async () => {
    const { discord, slack, backlog } = await openBoth();
    const bot = startBot(backlog);
    await expect
      .poll(() => evaluate(backlog), { interval: 200 })
      .toEqual({ lost: 0, duplicates: 0, integrity: 'ok' });

    const guild = discord.addGuild({ channels: ['talk'] });
    const [discordChannel, slackChannel] = [guild.channel('talk'), slack.addChannel('talk')];
    const [ada, alan] = [discord.addPerson('ada'), slack.addPerson('alan')];
    const shown = await ada.command(discordChannel, 'papers', 'trending', {}).answered;
    ada.react(shown, '1️⃣');
    const list = await alan.command(slackChannel, '/papers', 'trending').answered;
    alan.react(list, 'one');

    const savedInSlack = async () =>
      (await alan.command(slackChannel, '/papers', 'saved scope:team').answered).text;
    const isOneOfTwo = /^Saved by your team · 1 paper\n.*by 2 people in the team/s;
    await expect.poll(savedInSlack, { interval: 200 }).toMatch(isOneOfTwo);
    const savedInDiscord = await ada.command(discordChannel, 'papers', 'saved', { scope: 'team' }).answered;
    expect(shownText(savedInDiscord)).toMatch(isOneOfTwo);
    await stopBot(bot);
  });
});
