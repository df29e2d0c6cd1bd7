/** An extra digest that is requested on the command line, and posted by the bot in a separate process. */
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPostRequests } from '../../../src/delivery/ledger/post-requests-store.ts';
import { openFeedStore } from '../../../src/feeds/feed-store.ts';
import { defaultSettings } from '../../../src/feeds/options/feed-options.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { dayOf } from '../../../src/time/clock.ts';
import { openFakeDiscord } from '../../fakes/discord/fake-discord.ts';
import { runCli, startCli } from '../../support/cli.ts';
import { openTestDatabase, temporaryFolder } from '../../support/database.ts';
import { listedPapers } from '../../support/papers.ts';

/** A channel with so many feeds, none of them due for days. */
async function openTrainer(feedCount: number) {
  const discord = await openFakeDiscord();
  const channel = discord.addGuild({ channels: ['papers'] }).channel('papers');
  const env = { DATA_DIR: temporaryFolder(), DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url };
  const connection = await openTestDatabase(join(env.DATA_DIR, 'paperboy.db'));
  const now = new Date();
  await openPaperStore(connection).importBatch(listedPapers(dayOf(now), 2), {
    source: 'hugging-face',
    at: now.toISOString(),
  });
  const channelRef = { platform: 'discord', workspace: channel.guild?.id ?? '', channel: channel.id };
  const settings = {
    ...defaultSettings('UTC'),
    period: 'month' as const,
    count: 2,
    style: 'single' as const,
  };
  const feeds = openFeedStore(connection);
  for (let n = 0; n < feedCount; n++)
    await feeds.follow({
      channel: channelRef,
      settings: { ...settings, period: 'day', days: [1 + ((now.getUTCDay() + 2) % 7)] },
      manager: 'ada',
      at: now.toISOString(),
    });
  return {
    discord,
    channel,
    env,
    asked: openPostRequests(connection),
    post: (...args: string[]) => runCli(['post', ...args], { env }),
  };
}

describe('post', () => {
  it('repeated post requests are posted once by the running bot', async () => {
    const { discord, channel, env, post } = await openTrainer(1);
    const name = `discord/${channel.id}`;
    expect(await post(name)).toMatchObject({ status: 0, stderr: expect.stringContaining('Requested.') });
    await post(name);
    const bot = startCli(['start'], { env });
    bot.stdout.resume();
    bot.stderr.resume();
    await discord.until(() => channel.messages.length > 0);
    bot.kill('SIGTERM');
    await once(bot, 'exit');
    expect(channel.messages).toHaveLength(1);
    expect(JSON.stringify(channel.messages[0]?.embeds)).toContain(
      listedPapers(dayOf(new Date()), 1)[0]?.title,
    );
  });

  it('post names the feeds if none or several match', async () => {
    const { channel, asked, post } = await openTrainer(2);
    const name = `discord/${channel.id}`;
    expect((await post('discord/1')).stderr).toContain('discord/1 has no feeds.');
    expect((await post(name)).stderr).toContain('has several feeds. Choose one with --feed (a, b).');
    expect(await post(name, '--feed', 'c')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Available: a, b.'),
    });
    await post(name, '--feed', 'b');
    expect(await asked.take(Date.now())).toMatchObject([{ id: 'b' }]);
    expect(await asked.take(Date.now())).toEqual([]);
  });

  it('a post request expires', async () => {
    const asked = openPostRequests(await openTestDatabase());
    await asked.add({ channel: { platform: 'discord', workspace: 'lab', channel: 'papers' }, id: 'a' }, 0);
    expect(await asked.take(3_600_000)).toEqual([]);
  });
});
