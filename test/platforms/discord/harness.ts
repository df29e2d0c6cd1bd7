/** The program on Discord for tests of the adapter: a fake server, the real client, real stores in memory. */
import { onTestFinished } from 'vitest';
import type { ChatHandlers } from '../../../src/chat/handlers.ts';
import { openVisibleChannels } from '../../../src/chat/visible-channels.ts';
import { type DiscordOptions, openDiscordChat } from '../../../src/platforms/discord/adapter.ts';
import { openFakeDiscord } from '../../fakes/discord/fake-discord.ts';
import type { FakeDiscordOptions } from '../../fakes/discord/start.ts';
import { openTestDatabase } from '../../support/database.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { discordOptions } from '../../support/harness/discord.ts';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { openProgram } from '../../support/program.ts';

export interface FrameOptions {
  readonly discord?: FakeDiscordOptions;
  readonly chat?: Partial<DiscordOptions>;
  /** Handlers that a test replaces, for example with a slow one. */
  readonly handlers?: (real: ChatHandlers) => Partial<ChatHandlers>;
}

/** A paper of its own (2605.00001) and a list of seven of Thursday, 28 May 2026; today is the 29th. */
export async function openFrame(options: FrameOptions = {}) {
  const discord = await openFakeDiscord(options.discord);
  const guild = discord.addGuild({ channels: ['papers', 'general'] });
  const connection = await openTestDatabase();
  const clock = fakeClock('2026-05-29T12:00:00Z');
  const { papers, library, messages, feeds, outside, handlers: real } = openProgram(connection, clock);
  await papers.importBatch([samplePaper(), ...listedPapers('2026-05-28', 7)], {
    source: 'hugging-face',
    at: '2026-05-29T08:00:00Z',
  });
  const handlers = { ...real, ...options.handlers?.(real) };

  /** Another life of the bot on the same database. */
  async function startBot(changes: Partial<DiscordOptions> = {}) {
    const chat = openDiscordChat(discordOptions(discord, { ...options.chat, ...changes }));
    onTestFinished(() => chat.stop());
    await chat.start(handlers);
    return chat;
  }

  const chat = await startBot();
  outside.channels = openVisibleChannels(() => chat);
  const savedBy = async (person: string) => {
    const who = { team: 'lab', platform: 'discord', workspace: 'discord', person };
    return (await library.mine(who, 100, 0)).papers.map(({ paper }) => paper.id);
  };
  return {
    discord,
    guild,
    channel: guild.channel('papers'),
    ada: discord.addPerson('ada'),
    outside,
    alan: discord.addPerson('alan'),
    chat,
    startBot,
    messages,
    feeds,
    library,
    savedBy,
    real,
  };
}

/** An answer that comes when the test lets it. */
export function openGate() {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
