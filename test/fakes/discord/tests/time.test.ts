/** The limits of three seconds and fifteen minutes, with a clock that the test controls. */
import type { ChatInputCommandInteraction } from 'discord.js';
import { expect, it } from 'vitest';
import { fakeClock } from '../../../support/fake-clock.ts';
import { codeOf, openReadyClient } from '../client.ts';
import { openFakeDiscord } from '../fake-discord.ts';

async function openCommand() {
  const clock = fakeClock('2026-05-28T09:00:00Z');
  const discord = await openFakeDiscord({ clock });
  const channel = discord.addGuild().channel('papers');
  const client = await openReadyClient(discord);
  await client.application.commands.set([{ name: 'papers', description: 'd' }]);
  const arrived = new Promise<ChatInputCommandInteraction>((resolve) => {
    client.on('interactionCreate', (each) => each.isChatInputCommand() && resolve(each));
  });
  const sent = discord.addPerson('ada').command(channel, 'papers', undefined);
  return { clock, discord, sent, interaction: await arrived };
}

it('the fake Discord waits three seconds for an acknowledgement', async () => {
  const { clock, sent, interaction } = await openCommand();
  await clock.advance(3_000);
  await interaction.reply('in time');
  expect(await sent.acknowledged).toEqual({ type: 4, afterMs: 3_000 });
});

it('the fake Discord refuses a later acknowledgement, and records it', async () => {
  const { clock, discord, interaction } = await openCommand();
  await clock.advance(3_001);
  expect(await codeOf(interaction.reply('late'))).toBe(10062);
  expect(discord.violations.splice(0, 1)).toEqual(['/papers: acknowledged late, after 3001 ms']);
  await discord.stop();
  expect(discord.violations.splice(0)).toEqual(['/papers: never acknowledged']);
});

it('the fake Discord accepts edits and follow-ups for fifteen minutes', async () => {
  const { clock, sent, interaction } = await openCommand();
  await interaction.deferReply();
  await clock.advance(15 * 60_000);
  await interaction.editReply('done');
  expect((await sent.answered).content).toBe('done');
  await clock.advance(1);
  expect(await codeOf(interaction.editReply('too late'))).toBe(50027);
  expect(await codeOf(interaction.followUp('too late'))).toBe(50027);
});
