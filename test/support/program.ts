/** The program behind its chat platforms, with one database and a clock that the test controls. */
import { completions } from '../../commands/completions.ts';
import { catalogue } from '../../commands/index.ts';
import { messageActions } from '../../commands/message-actions.ts';
import { smallTalk } from '../../commands/papers/help.ts';
import type { Services } from '../../commands/services.ts';
import { openAnswerService } from '../../src/answers/answer-service.ts';
import { silentLog } from '../../src/base/log.ts';
import { openChangeRecorder } from '../../src/changes/change-recorder-store.ts';
import { openChangesStore } from '../../src/changes/changes-store.ts';
import type { ChatHandlers } from '../../src/chat/handlers.ts';
import type { ChannelAbout } from '../../src/chat/port.ts';
import type { ChannelRef } from '../../src/chat/refs.ts';
import type { VisibleChannels } from '../../src/chat/visible-channels.ts';
import { openDispatcher } from '../../src/command/dispatch.ts';
import type { DatabaseConnection } from '../../src/db/connection.ts';
import { openChangeSettings } from '../../src/delivery/change-settings-store.ts';
import type { FeedHealth, PostNow } from '../../src/delivery/delivery-service.ts';
import { openDigestComposer } from '../../src/delivery/digests/composer.ts';
import { openListRanking } from '../../src/delivery/digests/list-ranking.ts';
import { openListReader } from '../../src/delivery/digests/list-reader.ts';
import { openNoticeLedger } from '../../src/delivery/ledger/notice-store.ts';
import { openPostedStore } from '../../src/delivery/ledger/posted-store.ts';
import { nextSlot } from '../../src/delivery/planning/slots.ts';
import type { Feed } from '../../src/feeds/feed.ts';
import { openFeedStore } from '../../src/feeds/feed-store.ts';
import { openManagers } from '../../src/feeds/manager-store.ts';
import { openAddressSeal } from '../../src/inbox/address-seal.ts';
import { openInboxStore } from '../../src/inbox/inbox-store.ts';
import { openMailAddresses } from '../../src/inbox/mail-address-store.ts';
import { openMailHandOvers } from '../../src/inbox/mail-hand-over-store.ts';
import { type MailInboxes, openMailInboxes } from '../../src/inbox/mail-inbox.ts';
import { openLearnedLists } from '../../src/learning/learned-lists-store.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import { openListLinks } from '../../src/library/link-store.ts';
import { openListAddresses } from '../../src/library/list-address.ts';
import { openListFiles } from '../../src/library/list-file.ts';
import type { PastReader } from '../../src/list-import/channel-scan.ts';
import { type ListImportOptions, openListImports } from '../../src/list-import/open-list-imports.ts';
import { runningMentions } from '../../src/messages/mention.ts';
import { openMessageHandlers } from '../../src/messages/message-handlers.ts';
import { openMessageStore } from '../../src/messages/message-store.ts';
import type { TextGenerator } from '../../src/model/text-generator.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openPersonalData } from '../../src/privacy/personal-data-store.ts';
import { openRecommender } from '../../src/recommend/recommender.ts';
import { openTastes } from '../../src/recommend/taste/taste-store.ts';
import { openSearchService } from '../../src/search/search-service.ts';
import type { FreshDay } from '../../src/sources/fresh-day.ts';
import { openAnnouncementStore } from '../../src/sources/harvest/announcement-store.ts';
import { openHarvestStore } from '../../src/sources/harvest/harvest-store.ts';
import { openLookup, type PaperLookup } from '../../src/sources/lookup.ts';
import { openSourceStore } from '../../src/sources/source-store.ts';
import { openSummaryGenerator } from '../../src/summary/generated-summary.ts';
import { openGenerationCache } from '../../src/summary/generation-cache.ts';
import { openSummaryService } from '../../src/summary/summary-service.ts';
import { openSummaryStore } from '../../src/summary/summary-store.ts';
import type { Clock } from '../../src/time/clock.ts';
import { openTrendingService } from '../../src/trending/trending-store.ts';
import { openWatchStore } from '../../src/watches/watch-store.ts';
import { openWorkspaceHandlers } from '../../src/workspaces/workspace-handlers.ts';
import { openWorkspaceStore } from '../../src/workspaces/workspace-store.ts';
import { openZoteroAccounts, type ZoteroAccounts } from '../../src/zotero/accounts.ts';
import { openZoteroStore } from '../../src/zotero/zotero-store.ts';

export const TEAM = 'lab';

/** Sources and delivery engine as a test sets them. */
export interface Outside {
  refresh(day: string): Promise<FreshDay>;
  postNow(feed: Feed): Promise<PostNow>;
  health: FeedHealth;
  /** Visibility of channels, as the platforms report it: everyone can see all of them. */
  channels: VisibleChannels;
  /** What people say that a channel is for: nothing, unless the test names it. */
  aboutOf(channel: ChannelRef): Promise<ChannelAbout | undefined>;
  /** Without a key for encryption, unless the test opens it. */
  zotero: ZoteroAccounts;
  /** Reads past messages of channels; absent if there is no platform. */
  past?: PastReader;
  /** Without a mail server, unless the test opens one. */
  mailInboxes: MailInboxes;
}

/**
 * @param lookup replaces the one that has no source
 * @param generator the language model, if the test needs one
 */
export function openProgram(
  connection: DatabaseConnection,
  clock: Clock,
  lookup?: PaperLookup,
  generator?: TextGenerator,
) {
  const papers = openPaperStore(connection, openChangeRecorder(connection));
  const search = openSearchService(connection);
  const cache = generator && openGenerationCache({ generator, store: openSummaryStore(connection), clock });
  const summary = openSummaryService(cache && openSummaryGenerator(cache));
  const trending = openTrendingService(connection, clock);
  const feeds = openFeedStore(connection);
  const posted = openPostedStore(connection);
  const managers = openManagers(connection);
  const library = openLibrary(connection);
  const messages = openMessageStore(connection);
  const learning = openLearnedLists(connection);
  const workspaces = openWorkspaceStore(connection);
  const watches = openWatchStore(connection);
  const outside: Outside = {
    refresh: async () => ({ fresh: true, answeredAt: clock.now().toISOString() }),
    postNow: async () => ({ kind: 'posted', papers: 5 }),
    health: {},
    aboutOf: async () => undefined,
    channels: { visibleTo: async (_audience, channels) => [...channels] },
    zotero: openZoteroAccounts({
      store: openZoteroStore(connection),
      sealing: undefined,
      url: 'http://127.0.0.1:9',
      clock,
    }),
    mailInboxes: openMailInboxes({
      handOvers: openMailHandOvers(connection),
      addresses: openMailAddresses(connection),
      mailer: undefined,
      seal: openAddressSeal(undefined),
      clock,
    }),
  };
  const channels: VisibleChannels = { visibleTo: (...asked) => outside.channels.visibleTo(...asked) };
  const lists = openListReader({
    trending,
    refresh: (day) => outside.refresh(day),
    teamOf: () => ({ team: TEAM }),
    clock,
  });
  const digestComposer = openDigestComposer({
    lists,
    ranking: openListRanking(learning),
    posted,
    channels,
    summary,
    saveEmojiOf: () => '🔖',
  });
  const files = openListFiles(library);
  const addresses = openListAddresses({
    links: openListLinks(connection),
    files,
    publicUrl: 'https://bot.example.org',
    teamNamed: (_, team) => ({ team }),
    clock,
  });
  const importParts: ListImportOptions = {
    papers,
    search,
    library,
    lookup: lookup ?? openLookup({ sources: [], papers, clock, log: silentLog }),
    portOf: () => outside.past,
    clock,
  };
  const services: Services = {
    papers,
    search,
    summary,
    answers: openAnswerService({ search, generator, cache }),
    trending,
    feeds,
    learning,
    channels,
    managers,
    people: openPersonalData(connection),
    zotero: {
      defaultCollection: 'Paperboy',
      connect: (...asked) => outside.zotero.connect(...asked),
      of: (person) => outside.zotero.of(person),
      start: (started) => outside.zotero.start(started),
      disconnect: (...asked) => outside.zotero.disconnect(...asked),
    },
    links: workspaces,
    watches,
    inboxes: openInboxStore(connection),
    get mailInboxes() {
      return outside.mailInboxes;
    },
    recommender: openRecommender(connection),
    tastes: openTastes(connection),
    delivery: {
      nextSlot,
      digestComposer,
      posted,
      aboutOf: (channel) => outside.aboutOf(channel),
      postNow: (feed) => outside.postNow(feed),
      health: async () => outside.health,
      defaultZone: 'Europe/Berlin',
    },
    library,
    imports: openListImports(importParts),
    notices: openNoticeLedger(connection),
    files,
    addresses,
    changes: openChangesStore(connection),
    changeSettings: openChangeSettings(connection),
    sources: openSourceStore(connection),
    harvests: openHarvestStore(connection),
    announcements: openAnnouncementStore(connection),
    lookup: lookup ?? openLookup({ sources: [], papers, clock, log: silentLog }),
  };
  const dispatcher = openDispatcher({
    catalogue,
    menu: messageActions,
    services,
    completions,
    smallTalk,
    clock,
    log: silentLog,
  });
  const workspaceHandlers = openWorkspaceHandlers({ workspaces, library, clock, log: silentLog });
  const handlers: ChatHandlers = {
    ...dispatcher,
    ...openMessageHandlers({
      messages,
      saveEmoji: ['🔖'],
      run: runningMentions(dispatcher),
      refine: dispatcher.refine,
      markSeen: workspaceHandlers.markSeen,
      clock,
      log: silentLog,
    }),
    ...workspaceHandlers,
  };
  return {
    learning,
    papers,
    addresses,
    managers,
    feeds,
    posted,
    library,
    imports: services.imports,
    importParts,
    importsWith: openListImports,
    messages,
    workspaces,
    watches,
    digestComposer,
    outside,
    handlers,
  };
}
