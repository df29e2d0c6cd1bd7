/** The fake Discord for one test: closed when the test ends, which then must have broken no rule. See `start.ts`. */
import { expect, onTestFinished } from 'vitest';
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from './start.ts';

export async function openFakeDiscord(options?: FakeDiscordOptions): Promise<FakeDiscord> {
  const discord = await startFakeDiscord(options);
  onTestFinished(async () => {
    await discord.stop();
    expect(discord.violations).toEqual([]);
  });
  return discord;
}
