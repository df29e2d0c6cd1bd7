import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startWordIndex } from '../../src/app/stores.ts';
import { silentLog } from '../../src/base/log.ts';
import { openWordIndexReader } from '../../src/search/word-index/index-reader.ts';
import { indexFolder, reportDamage } from '../../src/search/word-index/manifest.ts';
import { openWordChangeTrimmer } from '../../src/search/word-index/word-change-store.ts';
import { INDEX_FORM } from '../../src/text/index-text.ts';
import { bringPapers } from '../search/word-index/index-harness.ts';
import { openTestDatabase, temporaryFolder } from '../support/database.ts';

const paper = (n: number) => ({ id: `2401.0000${n}`, title: `Title ${n}`, abstract: 'An abstract.' });
const TASKS = '/proc/self/task';
/** Only Linux lists the threads of a process. */
const threads = () => (existsSync(TASKS) ? readdirSync(TASKS).length : 0);

it('the thread of the word index ends while nothing changes, and comes back for a change or damage', async () => {
  const path = join(temporaryFolder(), 'paperboy.db');
  const connection = await openTestDatabase(path);
  const folder = indexFolder(path);
  const reader = openWordIndexReader({ folder, form: INDEX_FORM, cacheMegabytes: 0 });
  onTestFinished(() => reader.close());
  const papersFound = () => reader.search(({ papers }) => papers);
  const changes = openWordChangeTrimmer(connection, 0);
  const without = threads();
  const keeper = startWordIndex(path, { changes, log: silentLog, everyMs: 20 }, 100);
  onTestFinished(() => keeper.stop());
  const ended = () => vi.waitFor(() => expect(threads()).toBe(without), { timeout: 10_000, interval: 20 });

  await bringPapers(connection, [paper(1)]);
  await vi.waitFor(() => expect(papersFound()).toBe(1), { timeout: 10_000, interval: 20 });
  await ended();
  await bringPapers(connection, [paper(2)]);
  await vi.waitFor(() => expect(papersFound()).toBe(2), { timeout: 10_000, interval: 20 });
  await ended();
  reportDamage(folder, 'for this test');
  await vi.waitFor(() => expect(existsSync(join(folder, 'damaged'))).toBe(false), { timeout: 10_000 });
  await vi.waitFor(() => expect(papersFound()).toBe(2), { timeout: 10_000, interval: 20 });
});
