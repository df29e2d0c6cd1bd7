import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { silentLog } from '../../../src/base/log.ts';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import { openWordIndexReader } from '../../../src/search/word-index/index-reader.ts';
import { startIndexKeeper } from '../../../src/search/word-index/keep-index.ts';
import {
  openWordChangeStore,
  openWordChangeTrimmer,
} from '../../../src/search/word-index/word-change-store.ts';
import { openTestDatabase, temporaryFolder } from '../../support/database.ts';
import {
  bringPapers,
  contentsOf,
  expectedContents,
  FORM,
  openTestWriter,
  syncFully,
} from './index-harness.ts';

const paper = (n: number) => ({
  id: `2401.${String(n).padStart(5, '0')}`,
  title: `A title with number ${n}`,
  abstract: 'An abstract.',
});

function openCurrentReader(connection: DatabaseConnection, folder: string) {
  const hasChange = openWordChangeStore(connection).has;
  const reader = openWordIndexReader({ folder, form: FORM, cacheMegabytes: 1, hasChange });
  onTestFinished(() => reader.close());
  return () => reader.search((segments) => segments.papers);
}

it('a new paper is in the word index within two seconds', async () => {
  const connection = await openTestDatabase();
  const folder = join(temporaryFolder(), 'index');
  const papersFound = openCurrentReader(connection, folder);
  const writer = openTestWriter(connection, folder);
  const changes = openWordChangeTrimmer(connection, 0);
  const keeper = startIndexKeeper({ writer, changes, log: silentLog });
  onTestFinished(() => keeper.stop());
  for (let n = 1; n <= 3; n++) {
    await bringPapers(connection, [paper(n)]);
    await vi.waitFor(() => expect(papersFound()).toBe(n), { timeout: 2_000, interval: 20 });
  }
  await keeper.stop();
});

it('changes that the word index contains are forgotten, but the next process continues with it', async () => {
  const connection = await openTestDatabase();
  const folder = join(temporaryFolder(), 'index');
  const left = connection.prepare('SELECT count(*) FROM word_changes').pluck();
  await bringPapers(
    connection,
    Array.from({ length: 12_000 }, (_, n) => paper(n + 1)),
  );
  const writer = openTestWriter(connection, folder);
  const keeper = startIndexKeeper({
    writer,
    changes: openWordChangeTrimmer(connection, 0, 0),
    log: silentLog,
  });
  await vi.waitFor(() => expect(left.get()).toBe(1), { timeout: 20_000 });
  await keeper.stop();
  await writer.close();
  await bringPapers(connection, [paper(20_000)]);
  const next = openTestWriter(connection, folder);
  expect(await next.sync()).toMatchObject({ isComplete: true, isBehind: false });
  expect(contentsOf(folder)).toEqual(expectedContents(connection));
}, 30_000);

it('the word index of another database is not used', async () => {
  const folder = join(temporaryFolder(), 'index');
  const former = await openTestDatabase();
  await bringPapers(former, [paper(1), paper(2)]);
  await syncFully(openTestWriter(former, folder));
  expect(openCurrentReader(former, folder)()).toBe(2);
  const restored = await openTestDatabase();
  await bringPapers(restored, [paper(3), paper(4)]);
  const papersFound = openCurrentReader(restored, folder);
  expect(papersFound()).toBeUndefined();
  await syncFully(openTestWriter(restored, folder));
  expect(papersFound()).toBe(2);
});

it('a store has no word index before it is large', async () => {
  const calls: string[] = [];
  const sizes = [false, false, true];
  const keeper = startIndexKeeper({
    writer: {
      async sync() {
        calls.push('sync');
        return { reached: 0, isBehind: false, isComplete: true, isMerging: false };
      },
    },
    changes: {
      trim: async () => {},
      last: async () => 0,
      async isLarge() {
        calls.push('look');
        return sizes.shift() ?? true;
      },
    },
    log: silentLog,
    smallEveryMs: 1,
  });
  onTestFinished(() => keeper.stop());
  await expect.poll(() => calls).toContain('sync');
  expect(calls.slice(0, 4)).toEqual(['look', 'look', 'look', 'sync']);
});
