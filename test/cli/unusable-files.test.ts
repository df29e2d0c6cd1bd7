/** If the program cannot use a file or folder, it names it in one sentence and exits. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/database.ts';

/** Nobody listens there. */
const DISCORD = { DISCORD_TOKEN: 'canary', DISCORD_API_URL: 'http://127.0.0.1:9' };
const IN_DATA = 'Check that its folder exists and belongs to this user, or set DATA_DIR to another folder.';

function make(what: 'a file' | 'a folder', path: string): void {
  if (what === 'a file') writeFileSync(path, '');
  else mkdirSync(path, { recursive: true });
}

describe('files that cannot be opened', () => {
  it.each([
    ['start', 'a file', 'data', {}, `data/paperboy.log cannot be opened. ${IN_DATA}`],
    ['start', 'a file', 'data', DISCORD, `data/paperboy.db.lock cannot be opened. ${IN_DATA}`],
    ['start', 'a folder', 'data/paperboy.log', {}, `data/paperboy.log cannot be opened. ${IN_DATA}`],
    ['start', 'a folder', 'data/paperboy.db.lock', {}, `data/paperboy.db.lock cannot be opened. ${IN_DATA}`],
    [
      'start',
      'a folder',
      'data/paperboy.db.lock',
      DISCORD,
      `data/paperboy.db.lock cannot be opened. ${IN_DATA}`,
    ],
    ['start', 'a folder', 'data/paperboy.db', {}, `data/paperboy.db cannot be opened. ${IN_DATA}`],
    [
      'start',
      'a folder',
      '.env',
      {},
      '.env cannot be read (EISDIR). Make this user its owner with chown, then run chmod 600 on it.',
    ],
    [
      'start',
      'a folder',
      'feeds.json',
      { FEEDS_FILE: 'feeds.json', ...DISCORD },
      'FEEDS_FILE feeds.json cannot be read (EISDIR). Check the path, or remove FEEDS_FILE.',
    ],
    [
      'backup copies/today.db',
      'a file',
      'copies',
      {},
      'copies/today.db cannot be opened. Check that its folder exists and belongs to this user, or choose another path.',
    ],
    [
      'export --out papers.jsonl',
      'a folder',
      'papers.jsonl',
      {},
      'papers.jsonl cannot be opened. Check that its folder exists and belongs to this user, or choose another file.',
    ],
    ['restore old.db', 'a folder', 'old.db', {}, 'old.db is a folder. Choose a file in it.'],
  ] as const)(
    '“%s” ends with a sentence: %s at the path of %s, with %o',
    async (line, what, obstacle, settings, sentence) => {
      const cwd = temporaryFolder();
      make(what, join(cwd, obstacle));
      const { status, stdout, stderr } = await runCli(line.split(' '), {
        env: { DATA_DIR: 'data', ...settings },
        cwd,
      });
      const last = stderr.trimEnd().split('\n').at(-1)?.replace(`${cwd}/`, '');
      expect({ status, stdout, last }).toEqual({ status: 1, stdout: '', last: sentence });
      expect(stderr).not.toMatch(/^ {4}at /m);
    },
  );

  it('the doctor names a file that cannot be opened, and goes on', async () => {
    const cwd = temporaryFolder();
    make('a folder', join(cwd, 'data'));
    make('a file', join(cwd, 'data/backups'));
    const { status, stdout } = await runCli(['doctor'], { env: { DATA_DIR: 'data' }, cwd });
    expect(stdout).toContain(`data/backups cannot be opened. ${IN_DATA}`);
    expect(stdout).toMatch(/^·· {2}Discord/m);
    expect(status).toBe(1);
  });

  it('restore changes nothing if a file cannot be opened', async () => {
    const cwd = temporaryFolder();
    const options = { env: { DATA_DIR: 'data' }, cwd };
    await runCli(['backup', 'copy.db'], options);
    make('a file', join(cwd, 'data/backups'));
    const { status, stderr } = await runCli(['restore', 'copy.db'], options);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `data/paperboy.db cannot be opened. ${IN_DATA}\n`,
    });
    expect(readdirSync(join(cwd, 'data')).sort()).toEqual(['backups', 'paperboy.db', 'paperboy.db.lock']);
  });
});

it('a missing data folder is created, also with a platform', async () => {
  const cwd = temporaryFolder();
  const { status, stderr } = await runCli(['start'], { env: { DATA_DIR: 'new/data', ...DISCORD }, cwd });
  expect(stderr).toMatch(/^Cannot reach Discord: .* ?Check the network\.$/m);
  expect(status).toBe(1);
  expect(existsSync(join(cwd, 'new/data/paperboy.db'))).toBe(true);
});
