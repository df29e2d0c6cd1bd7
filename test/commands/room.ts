/** A room with the whole program but its platforms: real stores in memory, the real catalogue, lines in, text out. */

import { completions } from '../../commands/completions.ts';
import { catalogue } from '../../commands/index.ts';
import type { Services } from '../../commands/services.ts';
import type { Action, Card } from '../../src/chat/card.ts';
import { toPlainText } from '../../src/chat/plain.ts';
import type { CommandRequest } from '../../src/chat/port.ts';
import type { Caller } from '../../src/command/define.ts';
import { openDispatcher } from '../../src/command/dispatch.ts';
import { openComposer } from '../../src/delivery/composer.ts';
import type { FeedHealth, PostNow } from '../../src/delivery/desk.ts';
import type { Feed } from '../../src/delivery/feed.ts';
import { openFeedStore } from '../../src/delivery/feed-store.ts';
import { openListReader } from '../../src/delivery/list-reader.ts';
import { openPostedStore } from '../../src/delivery/posted-store.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import { silentLog } from '../../src/log.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openSearchService } from '../../src/search/search-service.ts';
import type { FreshDay } from '../../src/sources/fresh-day.ts';
import { openLookup, type PaperLookup } from '../../src/sources/lookup.ts';
import { openSourceStore } from '../../src/sources/source-store.ts';
import { openSummaryService } from '../../src/summary/summary-service.ts';
import { openTrendingService } from '../../src/trending/trending-store.ts';
import { openTestDatabase } from '../support/database.ts';
import { holdClock } from '../support/held-clock.ts';
import { nextSlot } from '../support/next-slot.ts';

const ADA: Caller = { platform: 'terminal', workspace: 'local', person: 'ada', team: 'lab' };
/** Somebody who manages the channel that they ask in. */
export const GRACE: Caller = {
  ...ADA,
  person: 'grace',
  place: { platform: 'terminal', workspace: 'local', channel: 'lab' },
  manages: true,
};
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

interface Outside {
  refresh: (day: string) => Promise<FreshDay>;
  postNow: (feed: Feed) => Promise<PostNow>;
  health: FeedHealth;
}

/** @param lookup in place of one that has no source to ask */
export async function openRoom(records: readonly PaperRecord[] = [], lookup?: PaperLookup) {
  const connection = await openTestDatabase();
  const clock = holdClock('2026-05-29T12:00:00Z');
  const papers = openPaperStore(connection);
  await papers.importBatch(records, { source: 'hugging-face', at: '2026-05-29T08:00:00Z' });
  const summary = openSummaryService();
  const trending = openTrendingService(connection, clock);
  const feeds = openFeedStore(connection);
  const posted = openPostedStore(connection);
  /** What the sources and the engine that posts say, for a test to set. */
  const outside: Outside = {
    refresh: async () => ({ fresh: true, answeredAt: clock.now().toISOString() }),
    postNow: async () => ({ kind: 'posted', papers: 5 }),
    health: {},
  };
  const lists = openListReader({
    trending,
    refresh: (day) => outside.refresh(day),
    teamOf: () => ADA.team,
    clock,
  });
  const editions = openComposer({ lists, posted, summary, saveEmojiOf: () => '🔖' });
  const services: Services = {
    papers,
    search: openSearchService(connection),
    summary,
    trending,
    feeds,
    delivery: {
      nextSlot,
      editions,
      posted,
      postNow: (feed) => outside.postNow(feed),
      health: async () => outside.health,
      defaultZone: 'Europe/Berlin',
    },
    library: openLibrary(connection),
    sources: openSourceStore(connection),
    lookup: lookup ?? openLookup({ papers, clock, log: silentLog }),
  };
  const { answer, complete } = openDispatcher({ catalogue, services, completions, clock, log: silentLog });

  async function say(line: string, caller = ADA): Promise<Said> {
    return request({ line, caller });
  }

  /** As a platform with typed options, or somebody who forges one, delivers it. */
  async function request(asked: CommandRequest): Promise<Said> {
    const { caller } = asked;
    const { card, ok } = await answer(asked);
    const actions = [
      ...(card.actions ?? []),
      ...card.blocks.flatMap((block) => (block.kind === 'entry' ? block.actions : [])),
    ];
    return {
      card,
      ok,
      text: toPlainText(card),
      buttons: (card.actions ?? []).map(({ label }) => label),
      press: (label) => say(lineOf(actions, label), caller),
    };
  }

  async function suggest(name: string, option: string, typed: string, caller = ADA, root = 'papers') {
    return complete({ root, name, option, typed, caller }, 10);
  }

  return { say, request, suggest, papers, clock, feeds, posted, editions, outside };
}

function lineOf(actions: readonly Action[], label: string): string {
  const action = actions.find((each) => each.label === label);
  if (action?.kind !== 'run')
    throw new Error(`No button ${label} among ${actions.map((each) => each.label).join(', ')}`);
  return action.line;
}
