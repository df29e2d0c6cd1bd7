/** One process that serves Discord and Slack at once, for one team. */
import { describe, expect, it } from 'vitest';
import { startBot, stopBot } from '../support/bot.ts';
import { temporaryFolder } from '../support/database.ts';
import { openFakeDiscord } from '../support/discord/fake-discord.ts';
import { shownText } from '../support/discord/shown.ts';
import { discordStage, judge, openMorning, slackStage } from '../support/morning.ts';
import { openFakeSlack } from '../support/slack/fake-slack.ts';

/** A list of two papers is due in two channels of each. */
async function openBoth() {
  const [discord, slack] = [await openFakeDiscord(), await openFakeSlack()];
  const [there, here] = [discordStage(discord, 2), slackStage(slack, 2)];
  const morning = await openMorning(
    {
      places: [...there.places, ...here.places],
      env: { ...there.env, ...here.env },
      rootsIn: (place) => (place.platform === 'slack' ? here : there).rootsIn(place),
    },
    temporaryFolder(),
  );
  return { discord, slack, morning };
}

describe('both platforms in one process', () => {
  it('get the morning’s list each, and share what the team saves', async () => {
    const { discord, slack, morning } = await openBoth();
    const bot = startBot(morning);
    await expect
      .poll(() => judge(morning), { interval: 200 })
      .toEqual({ lost: 0, duplicates: 0, integrity: 'ok' });

    const guild = discord.addGuild({ channels: ['talk'] });
    const [talk, room] = [guild.channel('talk'), slack.addChannel('talk')];
    const [ada, alan] = [discord.addPerson('ada'), slack.addPerson('alan')];
    const shown = await ada.command(talk, 'papers', 'trending', {}).answered;
    ada.react(shown, '1️⃣');
    const list = await alan.command(room, '/papers', 'trending').answered;
    alan.react(list, 'one');

    const savedInSlack = async () => (await alan.command(room, '/papers', 'saved scope:team').answered).text;
    const isOneOfTwo = /^Saved by your team · 1 paper\n.*by 2 of the team/s;
    await expect.poll(savedInSlack, { interval: 200 }).toMatch(isOneOfTwo);
    const savedInDiscord = await ada.command(talk, 'papers', 'saved', { scope: 'team' }).answered;
    expect(shownText(savedInDiscord)).toMatch(isOneOfTwo);
    await stopBot(bot);
  });
});
