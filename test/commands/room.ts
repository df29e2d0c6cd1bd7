/**
 * A room with the whole program: real stores in memory, the real catalogue, and the platform that the run is about
 * (`vitest.config.ts`), so that one suite of commands holds for all of them.
 */

import { inject } from 'vitest';
import { completions } from '../../commands/completions.ts';
import { catalogue } from '../../commands/index.ts';
import { menu } from '../../commands/menu.ts';
import type { Services } from '../../commands/services.ts';
import type { Card } from '../../src/chat/card.ts';
import { toPlainText } from '../../src/chat/plain.ts';
import type { ChatHandlers } from '../../src/chat/port.ts';
import type { Caller } from '../../src/command/define.ts';
import { openDispatcher } from '../../src/command/dispatch.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import { silentLog } from '../../src/log.ts';
import { openMessageHandlers } from '../../src/messages/message-handlers.ts';
import { openMessageStore } from '../../src/messages/message-store.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openSearchService } from '../../src/search/search-service.ts';
import { openLookup, type PaperLookup } from '../../src/sources/lookup.ts';
import { openSourceStore } from '../../src/sources/source-store.ts';
import { openSummaryService } from '../../src/summary/summary-service.ts';
import { openTrendingService } from '../../src/trending/trending-store.ts';
import { openTestDatabase } from '../support/database.ts';
import { holdClock } from '../support/held-clock.ts';
import { openDiscord } from '../support/rooms/discord.ts';
import type { OpenPlatform, Shown } from '../support/rooms/room.ts';
import { openTerminal } from '../support/rooms/terminal.ts';

declare module 'vitest' {
  interface ProvidedContext {
    platform: 'terminal' | 'discord';
  }
}

const OPEN: Readonly<Record<'terminal' | 'discord', OpenPlatform>> = {
  terminal: openTerminal,
  discord: openDiscord,
};

const ADA: Caller = { platform: 'terminal', workspace: 'local', person: 'ada', team: 'lab' };
export const ALAN: Caller = { ...ADA, person: 'alan' };

interface Said {
  readonly card: Card;
  /** What a person reads, buttons aside. */
  readonly text: string;
  readonly ok: boolean;
  /** Labels of the card's own buttons. */
  readonly buttons: readonly string[];
  /** What the button of that label runs. */
  press(label: string): Promise<Said>;
}

/** @param lookup in place of one that has no source to ask */
export async function openRoom(records: readonly PaperRecord[] = [], lookup?: PaperLookup) {
  const connection = await openTestDatabase();
  const clock = holdClock('2026-05-29T12:00:00Z');
  const papers = openPaperStore(connection);
  await papers.importBatch(records, { source: 'hugging-face', at: '2026-05-29T08:00:00Z' });
  const services: Services = {
    papers,
    search: openSearchService(connection),
    summary: openSummaryService(),
    trending: openTrendingService(connection, clock),
    library: openLibrary(connection),
    sources: openSourceStore(connection),
    lookup: lookup ?? openLookup({ papers, clock, log: silentLog }),
  };
  const handlers: ChatHandlers = {
    ...openDispatcher({ catalogue, menu, services, completions, clock, log: silentLog }),
    ...openMessageHandlers({
      messages: openMessageStore(connection),
      saveEmoji: ['🔖'],
      clock,
      log: silentLog,
    }),
  };
  const platform = await OPEN[inject('platform')](handlers);

  async function say(line: string, caller = ADA): Promise<Said> {
    return said(await platform.type(line, caller));
  }

  async function suggest(name: string, option: string, typed: string, caller = ADA) {
    return platform.suggest(name, option, typed, caller);
  }

  return { say, suggest, papers, clock };
}

function said(shown: Shown): Said {
  const { card, ok } = shown;
  return {
    card,
    ok,
    text: toPlainText(card),
    buttons: (card.actions ?? []).map(({ label }) => label),
    press: async (label) => said(await shown.press(label)),
  };
}
