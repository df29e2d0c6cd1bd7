/**
 * Digests of ten thousand people that are due at once, half of them by e-mail, with the real threads and an
 * SMTP server on loopback: how long they take, and how long the event loop is blocked meanwhile.
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { createApp } from '../src/app/app.ts';
import { silentLog } from '../src/base/log.ts';
import type { PostingPort } from '../src/chat/port.ts';
import { parseConfig } from '../src/config/config.ts';
import { migrate } from '../src/db/migrator.ts';
import { openDatabase } from '../src/db/open.ts';
import { openAddressSeal } from '../src/inbox/address-seal.ts';
import { openInboxStore } from '../src/inbox/inbox-store.ts';
import { openMailAddresses } from '../src/inbox/mail-address-store.ts';
import { dayOf, systemClock } from '../src/time/clock.ts';
import { openFakePlatform } from '../test/fakes/memory/fake-port.ts';
import { listedPapers } from '../test/support/papers.ts';
import type { Benchmark } from './support/figure.ts';
import { watchTurns } from './support/turns.ts';

const PEOPLE = 10_000;
const TEAMS = 100;
const PAPERS = 50;
const RESOLUTION_MS = 1;
const TICK_MS = 1_000;
const DAY_MS = 86_400_000;
/** Messages per second, as on Discord. */
const LIMITS = { perSecond: 40, inFlight: 64, perWorkspace: 64 };

/** People in teams of a hundred. Every second one gets the digest by e-mail. */
async function prepare(path: string): Promise<void> {
  const connection = openDatabase(path);
  await migrate(connection);
  const inboxes = openInboxStore(connection);
  const addresses = openMailAddresses(connection);
  const seal = openAddressSeal(undefined);
  const asked = new Date(Date.now() - 4 * DAY_MS);
  connection.exec('BEGIN');
  for (let at = 0; at < PEOPLE; at++) {
    const person = { platform: 'fake', workspace: `w${at % TEAMS}`, person: `p${at}` };
    await inboxes.set({ ...person, team: `fake:w${at % TEAMS}` }, {}, 'UTC', asked);
    if (at % 2 === 1) continue;
    const address = seal.keep(`p${at}@lab.example`, person);
    const hash = Buffer.from(String(at));
    await addresses.addCode({ person, address, addressHash: hash, code: '123456' }, asked);
    await addresses.tryCode(person, '123456', { id: `address-${at}`, token: `token-${at}` }, asked);
  }
  connection.prepare('UPDATE inboxes SET next_at = ?').run(Date.now() - TICK_MS);
  connection.exec('COMMIT');
  connection.close();
}

export const inboxBenchmark: Benchmark = {
  prefix: 'inbox',
  async run({ scratch, report }) {
    const mails: string[] = [];
    const sink = new Worker(new URL('./support/mail-sink-worker.ts', import.meta.url));
    const [port] = (await once(sink, 'message')) as [number];
    sink.on('message', (id: string) => mails.push(id));
    await prepare(join(scratch, 'paperboy.db'));
    const config = parseConfig({
      DATA_DIR: scratch,
      SOURCES: 'none',
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: 'papers@bot.lab.example',
      MAIL_PER_HOUR: '100000',
      HTTP_PORT: '9464',
      PUBLIC_URL: 'https://bot.lab.example',
    });
    const app = await createApp(config, silentLog, (error) => {
      throw error;
    });
    const now = systemClock.now();
    const papers = listedPapers(dayOf(now), PAPERS);
    await app.stores.papers.importBatch(papers, { source: 'hugging-face', at: now.toISOString() });

    const messages: string[] = [];
    const chat: PostingPort = {
      ...openFakePlatform({ clock: systemClock }).connect(),
      limits: LIMITS,
      async post(channel, _, { key }) {
        messages.push(key);
        return { ...channel, message: key };
      },
    };
    const engine = await app.deliver([chat]);
    const ticker = setInterval(() => void engine.tick(), TICK_MS);
    const heapBefore = heapMb();
    const before = process.memoryUsage.rss();
    let most = before;
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delay.enable();
    const turns = watchTurns();
    const from = performance.now();
    const seconds = () => (performance.now() - from) / 1_000;
    const digests = await app.inboxSender.send(new AbortController().signal);
    report('inbox.compose_seconds', seconds(), 's');
    let messagesSeconds = 0;
    while (messages.length + mails.length < digests) {
      await systemClock.sleep(TICK_MS / 10);
      most = Math.max(most, process.memoryUsage.rss());
      if (messages.length >= digests / 2 && messagesSeconds === 0) messagesSeconds = seconds();
    }
    const all = seconds();
    delay.disable();
    turns.stop();
    clearInterval(ticker);
    await engine.idle();
    const heapAfter = heapMb();
    await engine.stop();
    await app.close();
    await sink.terminate();
    const least = PEOPLE / 2 / LIMITS.perSecond;
    report('inbox.messages_seconds', messagesSeconds || all, 's', least);
    report('inbox.all_seconds', all, 's', least);
    report('inbox.digests', digests, 'digests');
    report('inbox.mails', mails.length, 'mails');
    const sent = [...mails, ...messages];
    report('inbox.duplicates', sent.length - new Set(sent).size, 'digests');
    report('inbox.max_block_ms', delay.max / 1e6 - RESOLUTION_MS, 'ms');
    report('inbox.max_block_cpu_ms', turns.longest(), 'ms');
    report('inbox.p99_block_ms', delay.percentile(99) / 1e6 - RESOLUTION_MS, 'ms');
    report('inbox.kept_heap_mb', heapAfter - heapBefore, 'MB');
    report('inbox.more_memory_mb', (Math.max(most, process.memoryUsage.rss()) - before) / 1e6, 'MB');
  },
};

/** Of the main thread, without garbage. */
function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}
