/** Services that commands may use. */

import type { AnswerService } from '../src/answers/answers.ts';
import type { ChangesStore } from '../src/changes/changes.ts';
import type { ChangeSettings } from '../src/changes/telling.ts';
import type { VisibleChannels } from '../src/chat/visible-channels.ts';
import { commandsFor } from '../src/command/define.ts';
import type { DeliveryService } from '../src/delivery/delivery-service.ts';
import type { NoticeLedger } from '../src/delivery/ledger/notice.ts';
import type { FeedStore } from '../src/feeds/feed-store.ts';
import type { Managers } from '../src/feeds/managers.ts';
import type { Inboxes } from '../src/inbox/inbox.ts';
import type { MailInboxes } from '../src/inbox/mail-inbox.ts';
import type { LearnedLists } from '../src/learning/learned-lists.ts';
import type { Library } from '../src/library/library.ts';
import type { ListAddresses } from '../src/library/list-address.ts';
import type { ListFiles } from '../src/library/list-file.ts';
import type { ListImports } from '../src/list-import/list-import.ts';
import type { PaperStore } from '../src/papers/paper-store.ts';
import type { PersonalData } from '../src/privacy/personal-data.ts';
import type { Recommender } from '../src/recommend/recommend.ts';
import type { Tastes } from '../src/recommend/taste/taste.ts';
import type { SearchService } from '../src/search/search.ts';
import type { AnnouncementStore } from '../src/sources/harvest/announcement-store.ts';
import type { HarvestStore } from '../src/sources/harvest/harvest-store.ts';
import type { PaperLookup } from '../src/sources/lookup.ts';
import type { SourceStore } from '../src/sources/source-store.ts';
import type { SummaryService } from '../src/summary/summary.ts';
import type { TrendingService } from '../src/trending/trending.ts';
import type { Watches } from '../src/watches/watch.ts';
import type { WorkspaceStore } from '../src/workspaces/workspaces.ts';
import type { ZoteroAccounts } from '../src/zotero/accounts.ts';

export interface Services {
  readonly papers: PaperStore;
  readonly search: SearchService;
  readonly summary: SummaryService;
  readonly answers: AnswerService;
  readonly trending: TrendingService;
  readonly library: Library;
  /** Files of saved papers. */
  readonly files: ListFiles;
  /** Addresses at which other programs read a list. */
  readonly addresses: ListAddresses;
  /** News about saved papers. */
  readonly changes: Pick<ChangesStore, 'forPerson' | 'forTeam' | 'latestOf'>;
  /** Channels and people who are told of them. */
  readonly changeSettings: ChangeSettings;
  readonly lookup: PaperLookup;
  /** State of the sources after their last poll. */
  readonly sources: Pick<SourceStore, 'list'>;
  /** Harvests of arXiv's metadata. */
  readonly harvests: Pick<HarvestStore, 'list'>;
  /** What arXiv's daily feeds left out. */
  readonly announcements: Pick<AnnouncementStore, 'problemsSince'>;
  readonly feeds: FeedStore;
  readonly learning: LearnedLists;
  /** Filters channels by the people who may know of them. */
  readonly channels: VisibleChannels;
  readonly delivery: DeliveryService;
  /** Messages to one person or channel, such as reminders. */
  readonly notices: NoticeLedger;
  /** People allowed to manage a channel's feeds. */
  readonly managers: Managers;
  /** Data stored about people. */
  readonly people: PersonalData;
  /** Libraries in Zotero that people connected. */
  readonly zotero: ZoteroAccounts;
  /** Channels in which pasted links get previews. */
  readonly links: Pick<WorkspaceStore, 'showsLinks' | 'showLinks'>;
  readonly watches: Watches;
  readonly recommender: Recommender;
  /** What people say about recommendations. */
  readonly tastes: Tastes;
  /** Papers that people import to their lists. */
  readonly imports: ListImports;
  /** Digests by direct message or e-mail. */
  readonly inboxes: Inboxes;
  /** E-mail addresses for digests. */
  readonly mailInboxes: MailInboxes;
}

export const defineCommand = commandsFor<Services>();
