/** Digests of people who saved papers, so that each has recommendations: how long they take to compose. */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createApp } from '../src/app/app.ts';
import { silentLog } from '../src/base/log.ts';
import { parseConfig } from '../src/config/config.ts';
import { openInboxStore } from '../src/inbox/inbox-store.ts';
import { openRandom } from './recommend/citeulike.ts';
import { openImported } from './support/bare-fts.ts';
import type { Benchmark } from './support/figure.ts';
import { learnMeanings } from './support/learned.ts';
import { readArxivPapers } from './support/papers.ts';
import { watchTurns } from './support/turns.ts';

const PAPERS = 2_000;
const PEOPLE = 500;
const SAVES = 20;
const RESOLUTION_MS = 1;
const DAY_MS = 86_400_000;

export const inboxSaversBenchmark: Benchmark = {
  prefix: 'inbox-savers',
  async run({ data, scratch, report, skip }) {
    const papers = await readArxivPapers(data, PAPERS);
    if (!papers) return skip('inbox-savers', 'no arxiv/arxiv_meta.jsonl.gz in the data');
    const connection = await openImported(join(scratch, 'paperboy.db'), papers);
    await learnMeanings(connection);
    const inboxes = openInboxStore(connection);
    const save = connection.prepare<[string, string, string, string]>(
      `INSERT OR IGNORE INTO saves (team, platform, workspace, person, paper, saved_at)
       SELECT ?, 'fake', 'w', ?, pk, ? FROM papers WHERE id = ?`,
    );
    const random = openRandom(1);
    const asked = new Date(Date.now() - 4 * DAY_MS);
    connection.exec('BEGIN');
    for (let at = 0; at < PEOPLE; at++) {
      const person = { platform: 'fake', workspace: 'w', person: `p${at}` };
      await inboxes.set({ ...person, team: 'fake:w' }, {}, 'UTC', asked);
      for (let each = 0; each < SAVES; each++) {
        const { id = '' } = papers[Math.floor(random() * papers.length)] ?? {};
        save.run('fake:w', person.person, asked.toISOString(), id);
      }
    }
    connection.prepare('UPDATE inboxes SET next_at = ?').run(Date.now() - 1_000);
    connection.exec('COMMIT');
    connection.close();

    const app = await createApp(parseConfig({ DATA_DIR: scratch, SOURCES: 'none' }), silentLog, (error) => {
      throw error;
    });
    const before = process.memoryUsage.rss();
    let most = before;
    const watching = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 100);
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delay.enable();
    const turns = watchTurns();
    const cpuBefore = process.cpuUsage();
    const from = performance.now();
    const digests = await app.inboxSender.send(new AbortController().signal);
    const seconds = (performance.now() - from) / 1_000;
    const { user, system } = process.cpuUsage(cpuBefore);
    delay.disable();
    turns.stop();
    clearInterval(watching);
    await app.close();
    report('inbox-savers.digests', digests, 'digests');
    report('inbox-savers.compose_seconds', seconds, 's');
    report('inbox-savers.cpu_seconds', (user + system) / 1e6, 's');
    report('inbox-savers.max_block_ms', delay.max / 1e6 - RESOLUTION_MS, 'ms');
    report('inbox-savers.max_block_cpu_ms', turns.longest(), 'ms');
    report('inbox-savers.more_memory_mb', (most - before) / 1e6, 'MB');
  },
};
