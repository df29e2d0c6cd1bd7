/**
 * Sends the digests that are due at an instant, as a process that kills itself at the n-th write:
 * `digest-process.ts DATABASE NOW KILL_AT`.
 */

import { silentLog } from '../../src/base/log.ts';
import { openChangesStore } from '../../src/changes/changes-store.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openInboxSender } from '../../src/inbox/inbox-sender.ts';
import { openInboxStore } from '../../src/inbox/inbox-store.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openRecommender } from '../../src/recommend/recommender.ts';
import { openSummaryService } from '../../src/summary/summary-service.ts';
import { openTrendingService } from '../../src/trending/trending-store.ts';
import { fakeClock } from './fake-clock.ts';
import { killAtWrite } from './kill-at-write.ts';

const [database = '', now = '', killAt = '0'] = process.argv.slice(2);
const connection = openDatabase(database);
const clock = fakeClock(now);
killAtWrite(connection, ['inboxes', 'inbox_papers', 'deliveries', 'recipients'], Number(killAt));
const sender = openInboxSender({
  trending: openTrendingService(connection, clock),
  changes: openChangesStore(connection),
  library: openLibrary(connection),
  papers: openPaperStore(connection),
  inboxes: openInboxStore(connection),
  summary: openSummaryService(),
  recommender: openRecommender(connection),
  teamNamed: (_, team) => ({ team }),
  clock,
  log: silentLog,
});
await sender.send(new AbortController().signal);
connection.close();
