/** The list of stores. A new store gets a line here and is `stores.NAME` everywhere. */
import { openChangeRecorder } from '../changes/change-recorder-store.ts';
import { openChangesStore } from '../changes/changes-store.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { openChangeTeller } from '../delivery/change-notices-store.ts';
import { openChangeSettings } from '../delivery/change-settings-store.ts';
import { openLedger } from '../delivery/ledger/ledger-store.ts';
import { openNoticeLedger } from '../delivery/ledger/notice-store.ts';
import { openPostRequests } from '../delivery/ledger/post-requests-store.ts';
import { openPostedStore } from '../delivery/ledger/posted-store.ts';
import { openWatchTeller } from '../delivery/watch-notices-store.ts';
import { openFeedStore } from '../feeds/feed-store.ts';
import { openManagers } from '../feeds/manager-store.ts';
import { openImportProgressStore } from '../import/import-store.ts';
import { openInboxStore } from '../inbox/inbox-store.ts';
import { openMailAddresses } from '../inbox/mail-address-store.ts';
import { openMailHandOvers } from '../inbox/mail-hand-over-store.ts';
import { openLearnedLists } from '../learning/learned-lists-store.ts';
import { openLibrary } from '../library/library-store.ts';
import { openListLinks } from '../library/link-store.ts';
import { openMessageStore } from '../messages/message-store.ts';
import { openBudgetStore } from '../model/budget-store.ts';
import { openPaperStore } from '../papers/paper-store.ts';
import { openPersonalData } from '../privacy/personal-data-store.ts';
import { openPaces } from '../processes/paces-store.ts';
import { openTastes } from '../recommend/taste/taste-store.ts';
import { openVectorStore } from '../search/indexing/vector-store.ts';
import { openWordIndexOf } from '../search/word-index/index-reader.ts';
import { openWordChangeTrimmer } from '../search/word-index/word-change-store.ts';
import { openAnnouncementStore } from '../sources/harvest/announcement-store.ts';
import { openHarvestStore } from '../sources/harvest/harvest-store.ts';
import { openSourceStore } from '../sources/source-store.ts';
import { openSummaryStore } from '../summary/summary-store.ts';
import type { Clock } from '../time/clock.ts';
import { openTrendingService } from '../trending/trending-store.ts';
import { openWatchMatcher } from '../watches/matching/matcher-store.ts';
import { openWatchStore } from '../watches/watch-store.ts';
import { openWorkspaceStore } from '../workspaces/workspace-store.ts';
import { openZoteroStore } from '../zotero/zotero-store.ts';

export type FeatureStores = ReturnType<typeof openFeatureStores>;

export function openFeatureStores(connection: DatabaseConnection, clock: Clock) {
  const wordIndex = openWordIndexOf(connection);
  return {
    papers: openPaperStore(connection, openChangeRecorder(connection)),
    changes: openChangesStore(connection),
    changeTeller: openChangeTeller(connection),
    changeSettings: openChangeSettings(connection),
    library: openLibrary(connection, wordIndex),
    learning: openLearnedLists(connection),
    links: openListLinks(connection),
    trending: openTrendingService(connection, clock, wordIndex),
    sources: openSourceStore(connection),
    harvests: openHarvestStore(connection),
    announcements: openAnnouncementStore(connection),
    ledger: openLedger(connection),
    notices: openNoticeLedger(connection),
    imports: openImportProgressStore(connection),
    messages: openMessageStore(connection),
    workspaces: openWorkspaceStore(connection),
    people: openPersonalData(connection),
    paces: openPaces(connection),
    feeds: openFeedStore(connection),
    managers: openManagers(connection),
    posted: openPostedStore(connection),
    postRequests: openPostRequests(connection),
    summaries: openSummaryStore(connection),
    budget: openBudgetStore(connection),
    watches: openWatchStore(connection),
    watchMatcher: openWatchMatcher(connection, wordIndex),
    watchTeller: openWatchTeller(connection),
    inboxes: openInboxStore(connection),
    mailAddresses: openMailAddresses(connection),
    mailHandOvers: openMailHandOvers(connection),
    tastes: openTastes(connection),
    vectors: openVectorStore(connection, clock.now),
    wordChanges: openWordChangeTrimmer(connection),
    zotero: openZoteroStore(connection),
  };
}
