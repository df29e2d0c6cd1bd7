/**
 * Composes the digests that are due at an instant and sends them by e-mail, as a process that kills itself at
 * the n-th write: `mail-process.ts DATABASE NOW SMTP_URL KILL_AT`. Ends when nothing is left to do.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { silentLog } from '../../src/base/log.ts';
import { openChangesStore } from '../../src/changes/changes-store.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openAlerts } from '../../src/delivery/alerts.ts';
import { startDelivery } from '../../src/delivery/engine.ts';
import { openLedger } from '../../src/delivery/ledger/ledger-store.ts';
import { openAddressSeal } from '../../src/inbox/address-seal.ts';
import { openInboxSender } from '../../src/inbox/inbox-sender.ts';
import { openInboxStore } from '../../src/inbox/inbox-store.ts';
import { openMailAddresses } from '../../src/inbox/mail-address-store.ts';
import { openMailDelivery } from '../../src/inbox/mail-delivery.ts';
import { openMailHandOvers } from '../../src/inbox/mail-hand-over-store.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import { openSmtpMailer } from '../../src/mail/smtp-mailer.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openEmail } from '../../src/platforms/email/posting.ts';
import { openRecommender } from '../../src/recommend/recommender.ts';
import { openSummaryService } from '../../src/summary/summary-service.ts';
import { openTrendingService } from '../../src/trending/trending-store.ts';
import { holdFeeds, simpleComposer } from './delivery.ts';
import { fakeClock } from './fake-clock.ts';
import { killAtWrite } from './kill-at-write.ts';

const STEP_MS = 5_000;
const TICK_MS = 30_000;

const [database = '', now = '', url = '', killAt = '0'] = process.argv.slice(2);
const connection = openDatabase(database);
const clock = fakeClock(now);
const log = silentLog;
killAtWrite(connection, ['inboxes', 'inbox_papers', 'deliveries', 'mail_hand_overs'], Number(killAt));

const addresses = openMailAddresses(connection);
const handOvers = openMailHandOvers(connection);
const seal = openAddressSeal(undefined);
const from = { name: 'Paper digest', address: 'papers@bot.lab.example' };
const mailer = openSmtpMailer({ url, from, perHour: 10_000, clock, log });
const { deliver, noteOf } = openMailDelivery({
  addresses,
  handOvers,
  mailer,
  seal,
  publicUrl: undefined,
  clock,
  log,
});
const sender = openInboxSender({
  trending: openTrendingService(connection, clock),
  changes: openChangesStore(connection),
  library: openLibrary(connection),
  papers: openPaperStore(connection),
  inboxes: openInboxStore(connection),
  summary: openSummaryService(),
  recommender: openRecommender(connection),
  sendsMail: true,
  teamNamed: (_, team) => ({ team }),
  clock,
  log,
});
await sender.send(new AbortController().signal);
const engine = await startDelivery({
  ledger: openLedger(connection),
  feeds: holdFeeds([]),
  digestSource: simpleComposer,
  ports: [
    openEmail({
      deliver,
      wasHandedOver: handOvers.has,
      noteOf,
      messageId: mailer.messageId,
      stop: () => mailer.stop(),
    }),
  ],
  alerts: openAlerts({ log, clock }),
  clock,
  log,
  random: Math.random,
});
const open = connection
  .prepare(`SELECT count(*) FROM deliveries WHERE platform = 'email' AND state IN ('planned', 'sending')`)
  .pluck();
await engine.tick();
while (open.get() !== 0) {
  await clock.advance(STEP_MS);
  if (clock.elapsed() % TICK_MS === 0) await engine.tick();
  // The server is real, so it needs a moment of real time.
  await delay(2);
}
await Promise.all([engine.stop(), mailer.stop()]);
connection.close();
