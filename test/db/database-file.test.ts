import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backUp, backUpNightly, backupFolder, damaged, nightlyBackups } from '../../src/db/backup.ts';
import { checkFile } from '../../src/db/check.ts';
import { isInUse, lockDatabase } from '../../src/db/lock.ts';
import { openDatabase } from '../../src/db/open.ts';
import { restore } from '../../src/db/restore.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openTestSqlite, temporaryFolder } from '../support/database.ts';

const NOW = new Date('2026-06-01T03:00:00Z');
const at = NOW.toISOString();
const papers = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: `2605.${String(n).padStart(5, '0')}`,
    title: `Paper ${n}`,
    abstract: 'Words. '.repeat(200),
  }));

async function openFilled(count = 3) {
  const path = join(temporaryFolder(), 'paperboy.db');
  const connection = await openTestSqlite(path);
  const store = openPaperStore(connection);
  await store.importBatch(papers(count), { source: 'arxiv', at });
  return { path, connection, store };
}

describe('the database file', () => {
  it('the database and its journal are readable only by their owner', async () => {
    const { path } = await openFilled();
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['a text file', 'this is no database, but it is long enough to be taken for one'.repeat(20)],
    ['a web page', '<!doctype html><html><body>404</body></html>'.repeat(30)],
  ])('a database file that is %s is refused with a sentence', (_, content) => {
    const path = join(temporaryFolder(), 'paperboy.db');
    writeFileSync(path, content);
    expect(() => openDatabase(path)).toThrow(/is damaged or is not a database\. Restore a backup/);
  });

  it('damaged pages are detected, and the error names the newest backup', async () => {
    const { path, connection } = await openFilled(400);
    await backUpNightly(connection, '2026-05-31', 7);
    await backUpNightly(connection, '2026-06-01', 7);
    connection.pragma('wal_checkpoint(TRUNCATE)');
    connection.close();
    truncateSync(path, Math.floor(statSync(path).size / 2 / 4096) * 4096);
    const fault = checkFile(path);
    expect(fault).toBeDefined();
    expect(damaged(path, fault ?? '').message).toMatch(
      /Restore the newest backup: .*paperboy-2026-06-01\.db/,
    );
  });

  it('the error for a damaged database never names a replaced database', async () => {
    const { path, connection } = await openFilled();
    await backUpNightly(connection, '2026-06-01', 7);
    const manual = join(backupFolder(path), 'manual-2026-06-01T08-00-00-000Z.db');
    await backUp(connection, manual);
    connection.close();
    restore(manual, path, NOW);
    const aside = readdirSync(backupFolder(path)).filter((name) => name.startsWith('before-restore-'));
    const times = [...nightlyBackups(path), manual, ...aside.map((name) => join(backupFolder(path), name))];
    for (const [hour, file] of times.entries())
      utimesSync(file, NOW, new Date(NOW.getTime() + hour * 3_600_000));
    writeFileSync(path, 'garbage '.repeat(1000));
    expect(damaged(path, checkFile(path) ?? '').message).toBe(
      `paperboy.db is damaged (SQLITE_NOTADB). Restore the newest backup: npm run paperboy -- restore ${manual}.`,
    );
    expect(aside).toHaveLength(1);
  });

  it('a database in a folder that cannot be created is refused with a sentence', () => {
    const file = join(temporaryFolder(), 'not-a-folder');
    writeFileSync(file, '');
    expect(() => openDatabase(join(file, 'paperboy.db'))).toThrow(
      /cannot be opened\. Check that its folder exists/,
    );
  });

  it('a read-only database rejects writes and still answers reads', async () => {
    const { path, connection } = await openFilled();
    connection.close();
    const readonly = openDatabase(path, { readonly: true });
    expect(() => readonly.exec('DELETE FROM papers')).toThrow(/readonly/);
    expect(readonly.prepare('SELECT count(*) FROM papers').pluck().get()).toBe(3);
    readonly.close();
  });

  it('a full disk loses no saved data, and writes work again when there is space', async () => {
    const { connection, store } = await openFilled();
    const pages = Number(connection.pragma('page_count', { simple: true }));
    connection.pragma(`max_page_count = ${pages}`);
    const more = papers(500).slice(3);
    await expect(store.importBatch(more, { source: 'arxiv', at })).rejects.toThrow(/full/);
    expect((await store.counts()).papers).toBe(3);
    connection.pragma(`max_page_count = ${pages * 100}`);
    expect(await store.importBatch(more, { source: 'arxiv', at })).toMatchObject({ added: 497 });
  });
});

describe('a backup', () => {
  it('a backup made during writes is complete and private', async () => {
    const { path, connection, store } = await openFilled(300);
    const copy = join(temporaryFolder(), 'deep', 'copy.db');
    const copying = backUp(connection, copy);
    await store.importBatch([{ id: '2606.00001', title: 'Late', abstract: 'Late.' }], {
      source: 'arxiv',
      at,
    });
    await copying;
    expect(checkFile(copy)).toBeUndefined();
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(existsSync(`${copy}.part`)).toBe(false);
    expect(path).not.toBe(copy);
  });

  it('the backup of an upgrade is deleted once enough newer nightly backups exist', async () => {
    const { path, connection } = await openFilled();
    const before = join(backupFolder(path), 'before-schema-9.db');
    const manual = join(backupFolder(path), 'manual-2026-05-01T08-00-00-000Z.db');
    for (const file of [before, manual]) {
      await backUp(connection, file);
      utimesSync(file, NOW, new Date(Date.now() - 3_600_000));
    }
    await backUpNightly(connection, '2026-05-30', 2);
    expect(existsSync(before)).toBe(true);
    await backUpNightly(connection, '2026-05-31', 2);
    expect(existsSync(before)).toBe(false);
    expect(existsSync(manual)).toBe(true);
  });

  it('nightly backups replace the oldest ones', async () => {
    const { path, connection } = await openFilled();
    for (const day of ['2026-05-29', '2026-05-30', '2026-05-31']) await backUpNightly(connection, day, 2);
    expect(nightlyBackups(path).map((file) => file.slice(-13, -3))).toEqual(['2026-05-31', '2026-05-30']);
    expect(readdirSync(backupFolder(path))).toHaveLength(2);
  });

  it('a backup that cannot be written fails without a partial file', async () => {
    const { connection } = await openFilled();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    await expect(backUp(connection, join(folder, 'file', 'copy.db'))).rejects.toThrow(
      `${join(folder, 'file', 'copy.db')} cannot be opened.`,
    );
    expect(readdirSync(folder)).toEqual(['file']);
  });
});

describe('a restore', () => {
  it('restore replaces the database and keeps the old one', async () => {
    const { path, connection, store } = await openFilled();
    const copy = join(temporaryFolder(), 'copy.db');
    await backUp(connection, copy);
    await store.importBatch(papers(10), { source: 'arxiv', at });
    connection.close();
    const { previous = '' } = restore(copy, path, NOW);
    const restored = await openTestSqlite(path);
    const aside = await openTestSqlite(previous);
    expect((await openPaperStore(restored).counts()).papers).toBe(3);
    expect((await openPaperStore(aside).counts()).papers).toBe(10);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('restore is refused while the database is in use', async () => {
    const { path, connection, store } = await openFilled();
    const copy = join(temporaryFolder(), 'copy.db');
    await backUp(connection, copy);
    await store.importBatch(papers(10), { source: 'arxiv', at });
    expect(() => restore(copy, path, NOW)).toThrow(/is in use\. Stop the bot/);
    expect((await store.counts()).papers).toBe(10);
  });

  it('restore is refused while the bot runs', async () => {
    const { path, connection } = await openFilled();
    const copy = join(temporaryFolder(), 'copy.db');
    await backUp(connection, copy);
    connection.close();
    const lock = lockDatabase(path);
    expect(() => restore(copy, path, NOW)).toThrow(/in use by another Paperboy/);
    lock.release();
    expect(isInUse(path)).toBe(false);
    restore(copy, path, NOW);
  });

  it('restore replaces a damaged database', async () => {
    const { path, connection } = await openFilled();
    const copy = join(temporaryFolder(), 'copy.db');
    await backUp(connection, copy);
    connection.close();
    writeFileSync(path, 'garbage '.repeat(1000));
    restore(copy, path, NOW);
    expect(checkFile(path)).toBeUndefined();
  });

  it.each([
    ['is missing', () => join(temporaryFolder(), 'none.db'), /does not exist/],
    [
      'is damaged',
      () => {
        const file = join(temporaryFolder(), 'bad.db');
        writeFileSync(file, 'garbage '.repeat(1000));
        return file;
      },
      /is damaged/,
    ],
  ])('restore refuses a backup that %s', async (_, make, sentence) => {
    const { path, connection } = await openFilled();
    connection.close();
    expect(() => restore(make(), path, NOW)).toThrow(sentence);
    expect(existsSync(`${path}.incoming`)).toBe(false);
    expect(checkFile(path)).toBeUndefined();
  });

  it('restore works from a read-only folder', async () => {
    const { path, connection } = await openFilled();
    const folder = temporaryFolder();
    await backUp(connection, join(folder, 'copy.db'));
    connection.close();
    restore(join(folder, 'copy.db'), path, NOW);
    expect(readdirSync(folder)).toEqual(['copy.db']);
  });

  it('restore creates the data folder', async () => {
    const { connection } = await openFilled();
    const copy = join(temporaryFolder(), 'copy.db');
    await backUp(connection, copy);
    const path = join(temporaryFolder(), 'fresh', 'paperboy.db');
    expect(restore(copy, path, NOW)).toEqual({});
    expect(checkFile(path)).toBeUndefined();
  });
});

describe('the lock', () => {
  it('the lock is held by one process at a time', () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
    const path = join(folder, 'paperboy.db');
    const lock = lockDatabase(path);
    expect(() => lockDatabase(path)).toThrow(/in use by another Paperboy/);
    lock.release();
    lockDatabase(path).release();
  });
});
