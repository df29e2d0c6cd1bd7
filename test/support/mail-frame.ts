/**
 * People with digests by e-mail: real stores, the real engine and SMTP client, a fake server, a held clock.
 */
import { createHash } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import { openChangeRecorder } from '../../src/changes/change-recorder-store.ts';
import { openChangesStore } from '../../src/changes/changes-store.ts';
import type { PersonRef } from '../../src/chat/caller.ts';
import { toPlainText } from '../../src/chat/plain.ts';
import { type DeliveryEngine, startDelivery } from '../../src/delivery/engine.ts';
import { openLedger } from '../../src/delivery/ledger/ledger-store.ts';
import { openNoticeLedger } from '../../src/delivery/ledger/notice-store.ts';
import { openAddressSeal } from '../../src/inbox/address-seal.ts';
import { openInboxSender } from '../../src/inbox/inbox-sender.ts';
import { openInboxStore } from '../../src/inbox/inbox-store.ts';
import { openMailAddresses } from '../../src/inbox/mail-address-store.ts';
import { openMailDelivery } from '../../src/inbox/mail-delivery.ts';
import { openMailHandOvers } from '../../src/inbox/mail-hand-over-store.ts';
import { openMailInboxes } from '../../src/inbox/mail-inbox.ts';
import { actOnReport } from '../../src/inbox/mail-reports.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import { openSmtpMailer, type SmtpTimeouts } from '../../src/mail/smtp-mailer.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openEmail } from '../../src/platforms/email/posting.ts';
import { openRecommender } from '../../src/recommend/recommender.ts';
import { openSummaryService } from '../../src/summary/summary-service.ts';
import { openTrendingService } from '../../src/trending/trending-store.ts';
import type { Sealing } from '../../src/workspaces/sealing.ts';
import { openFakePlatform } from '../fakes/memory/fake-port.ts';
import { openTestDatabase } from './database.ts';
import { engineOptions, holdFeeds } from './delivery.ts';
import { fakeClock } from './fake-clock.ts';
import { listeningLog } from './listening-log.ts';
import { listedPapers } from './papers.ts';

const FRIDAY = '2026-05-29T06:00:00Z';
const HOUR_MS = 3_600_000;
const STEP_MS = 1_000;
const TICK_MS = 30_000;
/** For servers that hang: the limits on real time are a minute and more by default. */
const IMPATIENT: SmtpTimeouts = { connectMs: 500, greetingMs: 500, silenceMs: 500, sendMs: 2_000 };
export const PUBLIC_URL = 'https://bot.lab.example';

export interface MailFrameOptions {
  /** Address of the mail server. */
  readonly url: string;
  readonly perHour?: number;
  readonly sealing?: Sealing;
  readonly publicUrl?: string | undefined;
}

export async function openMailFrame(options: MailFrameOptions) {
  const { url, perHour = 1_000, sealing } = options;
  const publicUrl = 'publicUrl' in options ? options.publicUrl : PUBLIC_URL;
  const connection = await openTestDatabase();
  const clock = fakeClock(FRIDAY);
  const { log, lines } = listeningLog();
  const chat = openFakePlatform({ clock });
  const ledger = openLedger(connection);
  const inboxes = openInboxStore(connection);
  const addresses = openMailAddresses(connection);
  const handOvers = openMailHandOvers(connection);
  const papers = openPaperStore(connection, openChangeRecorder(connection));
  const from = { name: 'Paper digest', address: 'papers@bot.lab.example' };
  const mailer = openSmtpMailer({ url, from, perHour, clock, log, timeouts: IMPATIENT });
  const seal = openAddressSeal(sealing);
  const mailInboxes = openMailInboxes({ addresses, handOvers, mailer, seal, clock });
  const { deliver, noteOf } = openMailDelivery({ addresses, handOvers, mailer, seal, publicUrl, clock, log });
  const email = openEmail({
    deliver,
    wasHandedOver: handOvers.has,
    noteOf,
    messageId: mailer.messageId,
    stop: () => mailer.stop(),
  });
  const sender = openInboxSender({
    trending: openTrendingService(connection, clock),
    changes: openChangesStore(connection),
    library: openLibrary(connection),
    papers,
    inboxes,
    summary: openSummaryService(),
    recommender: openRecommender(connection),
    sendsMail: true,
    teamNamed: (_, team) => ({ team }),
    clock,
    log,
  });
  const test = { clock, ledger, feeds: holdFeeds([]), platform: chat };
  let engine: DeliveryEngine | undefined;
  onTestFinished(async () => {
    // Mail that hangs would hold up the stop of the engine, which waits by the held clock.
    await mailer.stop();
    await engine?.stop();
  });

  const person = (name: string): PersonRef => ({ platform: 'fake', workspace: 'lab', person: name });
  const rows = () =>
    connection
      .prepare<[], { state: string; reason: string | null; platform: string }>(
        'SELECT platform, state, reason FROM deliveries ORDER BY id',
      )
      .all();

  return {
    connection,
    clock,
    mailer,
    email,
    addresses,
    mailInboxes,
    person,
    rows,
    log: lines,
    seal,
    openLedger: () => ledger,
    /** A digest every weekday at nine. */
    subscribe: (name: string) => inboxes.set({ ...person(name), team: 'lab' }, {}, 'UTC', clock.now()),
    stop: (name: string) => inboxes.stop(person(name)),
    inboxOf: (name: string) => inboxes.of(person(name)),
    /** An address that was confirmed, without sending a code. */
    async confirm(name: string, address = `${name}@lab.example`) {
      const who = person(name);
      const code = '123456';
      const kept = {
        person: who,
        address: seal.keep(address, who),
        addressHash: createHash('sha256').update(address).digest(),
        code,
      };
      await addresses.addCode(kept, clock.now());
      const fresh = {
        id: `id-of-${address.replace(/\W/g, '-')}`,
        token: address.replace(/\W/g, '').padEnd(32, 'x'),
      };
      expect(await addresses.tryCode(who, code, fresh, clock.now())).toEqual({ kind: 'confirmed' });
      return fresh;
    },
    list: (day: string, count: number) =>
      papers.importBatch(
        listedPapers(day, count).map((paper, at) => ({
          ...paper,
          id: `${day.slice(2, 4)}${day.slice(5, 7)}.${day.slice(8)}${String(at).padStart(3, '0')}`,
          title: `Paper ${at} of ${day}`,
        })),
        { source: 'hugging-face', at: clock.now().toISOString() },
      ),
    /** Moves to nine in the morning and adds the digests that are due. */
    async morning(hours = 3) {
      await clock.advance(hours * HOUR_MS);
      return sender.send(new AbortController().signal);
    },
    compose: () => sender.send(new AbortController().signal),
    /** Starts the engine, as at a start of the process. */
    async start() {
      const fake = engineOptions(test);
      engine = await startDelivery({ ...fake, ports: [...fake.ports, email] });
      return engine;
    },
    /** Moves the clock in steps until something holds. */
    async until(holds: () => boolean | Promise<boolean>, stepMs = STEP_MS) {
      const step = async () => {
        await clock.advance(stepMs);
        if (clock.elapsed() % TICK_MS === 0) await engine?.tick();
        return holds();
      };
      await expect.poll(step, { interval: 5 }).toBe(true);
    },
    isSettled: () => rows().every(({ state }) => state !== 'planned' && state !== 'sending'),
    failureOf: (name: string) => openNoticeLedger(connection).lastFailure(person(name), 'digest'),
    failureAt: (id: string) =>
      openNoticeLedger(connection).lastFailure(
        { platform: 'email', workspace: 'email', channel: id },
        'digest',
      ),
    report: (raw: string) => actOnReport({ addresses, seal, clock }, Buffer.from(raw)),
    /** Direct messages so far, as text. */
    messages: () => chat.messages.map(({ channel, card }) => `${channel}: ${toPlainText(card)}`),
  };
}
