/**
 * The fake Discord for one test. Closes when the test ends, and fails the test if a rule was broken. See
 * `start.ts`.
 */
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
