import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startWordIndex } from '../../src/app/stores.ts';
import { silentLog } from '../../src/base/log.ts';
import { openWordIndexReader } from '../../src/search/word-index/index-reader.ts';
import { indexFolder, reportDamage } from '../../src/search/word-index/manifest.ts';
import { openWordChangeTrimmer } from '../../src/search/word-index/word-change-store.ts';
import { INDEX_FORM } from '../../src/text/index-text.ts';
import { bringPapers } from '../search/word-index/index-harness.ts';
import { openTestDatabase, temporaryFolder } from '../support/database.ts';
import { countThreads } from '../support/threads.ts';

const paper = (n: number) => ({ id: `2401.0000${n}`, title: `Title ${n}`, abstract: 'An abstract.' });

it('the thread of the word index ends while nothing changes, and comes back for a change or damage', async () => {
  const path = join(temporaryFolder(), 'paperboy.db');
  const connection = await openTestDatabase(path);
  const folder = indexFolder(path);
  const reader = openWordIndexReader({ folder, form: INDEX_FORM, cacheMegabytes: 0 });
  onTestFinished(() => reader.close());
  const papersFound = () => reader.search(({ papers }) => papers);
  const changes = openWordChangeTrimmer(connection, 0);
  const threads = countThreads();
  const keeper = startWordIndex({ path }, { changes, log: silentLog, everyMs: 20 }, 100);
  onTestFinished(() => keeper.stop());
  /** Every thread that was started has ended, and there were at least so many. */
  const ended = (count: number) =>
    expect.poll(() => threads.started >= count && threads.ended === threads.started).toBe(true);

  await bringPapers(connection, [paper(1)]);
  await expect.poll(papersFound).toBe(1);
  await ended(1);
  await bringPapers(connection, [paper(2)]);
  await expect.poll(papersFound).toBe(2);
  await ended(2);
  reportDamage(folder, 'for this test');
  await expect.poll(() => existsSync(join(folder, 'damaged'))).toBe(false);
  await expect.poll(papersFound).toBe(2);
  await ended(3);
});
