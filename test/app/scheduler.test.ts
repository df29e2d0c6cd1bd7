import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { startSchedule, startTicker } from '../../src/app/scheduler.ts';
import type { Caller } from '../../src/chat/caller.ts';
import { parseConfig } from '../../src/config/config.ts';
import { openTestDatabase, temporaryFolder } from '../support/database.ts';
import { listeningLog } from '../support/listening-log.ts';
import { samplePaper } from '../support/papers.ts';

const ADA: Caller = { platform: 'terminal', workspace: 'local', person: 'ada', team: 'lab' };

describe('the ticker', () => {
  it('wakes the engine at once, and never after it was stopped', async () => {
    let ticks = 0;
    const ticker = startTicker({ tick: async () => void ticks++ });
    expect(ticks).toBe(1);
    await ticker.stop();
    const stoppedAt = ticks;
    await new Promise((resolve) => setImmediate(resolve));
    expect(ticks).toBe(stoppedAt);
  });
});

describe('the schedule of the whole program', () => {
  it('compares papers that came while the bot was down with the watches at the start, without an error', async () => {
    const { log, lines } = listeningLog();
    const config = parseConfig({ DATA_DIR: temporaryFolder(), SOURCES: 'none' });
    const app = await createApp(config, log, (error) => {
      throw error;
    });
    onTestFinished(() => app.close());
    await app.handlers.answer({ line: '/papers watch protein', caller: ADA });
    const now = new Date().toISOString();
    const paper = samplePaper({ title: 'Protein design by routing', published: now });
    await app.stores.papers.importBatch([paper], { source: 'arxiv', at: now });

    const schedule = startSchedule({ ...app, backups: 0, log, onPolled: () => {} });
    onTestFinished(() => schedule.stop());
    const connection = await openTestDatabase(join(config.dataDir, 'paperboy.db'));
    const found = connection.prepare('SELECT count(*) FROM watch_hits').pluck();
    await expect.poll(() => found.get()).toBe(1);
    expect(lines()).toEqual([]);
  });
});
