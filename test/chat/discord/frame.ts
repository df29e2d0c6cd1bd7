/** The program in Discord as tests of the adapter open it: a fake server, the real client, real stores in memory. */
import { onTestFinished } from 'vitest';
import { completions } from '../../../commands/completions.ts';
import { catalogue } from '../../../commands/index.ts';
import { menu } from '../../../commands/menu.ts';
import { type DiscordOptions, openDiscordChat } from '../../../src/chat/discord/adapter.ts';
import type { Answer, ChatHandlers } from '../../../src/chat/port.ts';
import { openDispatcher } from '../../../src/command/dispatch.ts';
import { openLibrary } from '../../../src/library/library-store.ts';
import { silentLog } from '../../../src/log.ts';
import { openMessageHandlers } from '../../../src/messages/message-handlers.ts';
import { openMessageStore } from '../../../src/messages/message-store.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openSearchService } from '../../../src/search/search-service.ts';
import { openLookup } from '../../../src/sources/lookup.ts';
import { openSourceStore } from '../../../src/sources/source-store.ts';
import { openSummaryService } from '../../../src/summary/summary-service.ts';
import { openTrendingService } from '../../../src/trending/trending-store.ts';
import { openTestDatabase } from '../../support/database.ts';
import { openFakeDiscord } from '../../support/discord/fake-discord.ts';
import type { FakeDiscordOptions } from '../../support/discord/start.ts';
import { holdClock } from '../../support/held-clock.ts';
import { listedPapers, samplePaper } from '../../support/papers.ts';
import { discordOptions } from '../../support/rooms/discord.ts';

export interface FrameOptions {
  readonly discord?: FakeDiscordOptions;
  readonly chat?: Partial<DiscordOptions>;
  /** What a test puts in the place of a handler, such as one that takes its time. */
  readonly handlers?: (real: ChatHandlers) => Partial<ChatHandlers>;
}

/** A paper of its own (2605.00001) and a list of seven of Thursday, 28 May 2026; today is the 29th. */
export async function openFrame(options: FrameOptions = {}) {
  const discord = await openFakeDiscord(options.discord);
  const guild = discord.addGuild({ channels: ['papers', 'general'] });
  const connection = await openTestDatabase();
  const clock = holdClock('2026-05-29T12:00:00Z');
  const papers = openPaperStore(connection);
  await papers.importBatch([samplePaper(), ...listedPapers('2026-05-28', 7)], {
    source: 'hugging-face',
    at: '2026-05-29T08:00:00Z',
  });
  const library = openLibrary(connection);
  const messages = openMessageStore(connection);
  const services = {
    papers,
    search: openSearchService(connection),
    summary: openSummaryService(),
    trending: openTrendingService(connection, clock),
    library,
    sources: openSourceStore(connection),
    lookup: openLookup({ papers, clock, log: silentLog }),
  };
  const real: ChatHandlers = {
    ...openDispatcher({ catalogue, menu, services, completions, clock, log: silentLog }),
    ...openMessageHandlers({ messages, saveEmoji: ['🔖'], clock, log: silentLog }),
  };
  const handlers = { ...real, ...options.handlers?.(real) };

  /** Another life of the bot on the same database. */
  async function startBot(changes: Partial<DiscordOptions> = {}) {
    const chat = openDiscordChat(discordOptions(discord, { ...options.chat, ...changes }));
    onTestFinished(() => chat.stop());
    await chat.start(handlers);
    return chat;
  }

  const chat = await startBot();
  const savedBy = async (person: string) => {
    const who = { team: 'lab', platform: 'discord', workspace: 'discord', person };
    return (await library.mine(who, 100, 0)).papers.map(({ paper }) => paper.id);
  };
  return {
    discord,
    guild,
    channel: guild.channel('papers'),
    ada: discord.addPerson('ada'),
    alan: discord.addPerson('alan'),
    chat,
    startBot,
    messages,
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

export type { Answer };
