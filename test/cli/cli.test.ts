import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
import { runCli, startCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/database.ts';

const paper = (n: number) => ({
  id: `2605.${String(n).padStart(5, '0')}`,
  title: `On Subject ${n}`,
  abstract: `We study subject ${n}. It is hard.`,
  authors: ['Ada Lovelace'],
});

function writePapers(count: number): string {
  const file = join(temporaryFolder(), 'papers.jsonl.gz');
  const lines = Array.from({ length: count }, (_, n) => JSON.stringify(paper(n)));
  writeFileSync(file, gzipSync(`${lines.join('\n')}\n`));
  return file;
}

describe('a first start', () => {
  it('a first start loads the sample and answers; the next one answers at once', async () => {
    const env = { DATA_DIR: join(temporaryFolder(), 'data') };
    const first = await runCli(['start'], { env }, '/papers search mixture of experts\n');
    expect(first.stderr).toMatch(/First start: loading the sample papers\.\nLoaded 8\d\d papers/);
    expect(first.stdout).toMatch(/papers for “mixture of experts”/);
    expect(first.status).toBe(0);
    const second = await runCli(['start'], { env }, '/papers search mixture of experts\n');
    expect(second).toEqual({ status: 0, stdout: first.stdout, stderr: '' });
    for (const file of ['paperboy.db', 'paperboy.log']) {
      expect(statSync(join(env.DATA_DIR, file)).mode & 0o077).toBe(0);
    }
  });
});

describe('a start with the database of an older version', () => {
  it('says that the database is upgraded, once', async () => {
    const folder = temporaryFolder();
    const connection = openDatabase(join(folder, 'paperboy.db'));
    await migrate(connection, MIGRATIONS.slice(0, 24));
    connection.close();
    const env = { DATA_DIR: folder };
    const first = await runCli(['start'], { env }, '/papers help\n');
    expect(first.stderr).toContain('The database is being upgraded, after a backup.');
    const log = readFileSync(join(folder, 'paperboy.log'), 'utf8').trim().split('\n');
    const entries = log.map((line) => JSON.parse(line) as { msg: string });
    expect(entries).toEqual([
      expect.objectContaining({ msg: 'database: upgrade started', from: 24, to: MIGRATIONS.length }),
      expect.objectContaining({
        msg: 'database: upgraded',
        backup: join(folder, 'backups', 'before-schema-25.db'),
      }),
    ]);
    expect((await runCli(['start'], { env }, '/papers help\n')).stderr).toBe('');
  });
});

describe('the program', () => {
  it.each([
    ['', 'production'],
    ['development', 'development'],
  ])('runs its libraries for users unless NODE_ENV says otherwise: %o', async (set, used) => {
    const show = 'process.on("exit", () => process.stderr.write("NODE_ENV " + process.env.NODE_ENV))';
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(show)}`;
    const env = { NODE_OPTIONS, ...(set !== '' && { NODE_ENV: set }) };
    expect((await runCli(['--help'], { env })).stderr).toBe(`NODE_ENV ${used}`);
  });
});

describe('lines from a pipe', () => {
  it('each line from a pipe is answered, and a failed line gives status 1', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    await runCli(['import', writePapers(12)], { env });
    const { status, stdout } = await runCli(
      ['start', '--json'],
      { env },
      '/papers search subject limit:2\n\n# a remark\nsave 1\n/papers svae subject\n',
    );
    const cards = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { line: string; ok: boolean });
    expect(cards.map(({ line, ok }) => [line, ok])).toEqual([
      ['/papers search subject limit:2', true],
      ['save 1', true],
      ['/papers svae subject', false],
    ]);
    expect(status).toBe(1);
  });
});

describe('import and export', () => {
  it('export and import restore every paper, and importing again changes nothing', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const file = writePapers(30);
    const first = await runCli(['import', file], { env });
    expect(first.stderr).toMatch(/30 papers \(30 new\) in/);
    expect((await runCli(['import', file], { env })).stderr).toMatch(/30 papers \(30 unchanged\) in/);

    const out = join(temporaryFolder(), 'all.jsonl');
    expect((await runCli(['export', '--out', out], { env })).stderr).toBe(`Wrote 30 papers to ${out}.\n`);
    const other = { DATA_DIR: temporaryFolder() };
    await runCli(['import', out], { env: other });
    const again = await runCli(['export'], { env: other });
    expect(again.stdout).toBe(readFileSync(out, 'utf8'));
  });

  it('import names the line of an invalid record and imports the rest', async () => {
    const file = join(temporaryFolder(), 'papers.jsonl');
    writeFileSync(
      file,
      `${JSON.stringify(paper(1))}\n{"id": "2605.00002", "title": \n${JSON.stringify(paper(3))}\n`,
    );
    const { status, stderr } = await runCli(['import', file], { env: { DATA_DIR: temporaryFolder() } });
    expect(stderr).toMatch(/2 papers \(2 new\)/);
    expect(stderr).toMatch(/line 2: /);
    expect(status).toBe(0);
  });

  it('import rejects a file without papers with status 1', async () => {
    const file = join(temporaryFolder(), 'page.html');
    writeFileSync(file, '<!doctype html><title>Log in</title>');
    const { status, stderr } = await runCli(['import', file], { env: { DATA_DIR: temporaryFolder() } });
    expect(stderr).toMatch(/cannot be imported: .* Supported: /);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(1);
  });
});

describe('backup and restore', () => {
  it('backup and restore work, and restore over a running bot is refused', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    await runCli(['import', writePapers(5)], { env });
    const copy = join(temporaryFolder(), 'copy.db');
    expect((await runCli(['backup', copy], { env })).stderr).toBe(`Backed up to ${copy}.\n`);

    const bot = startCli(['start', '--json'], { env });
    bot.stdin.write('/papers stats\n');
    await once(bot.stdout, 'data');
    const refused = await runCli(['restore', copy], { env });
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(/in use by another Paperboy\. Stop that one first/);
    bot.stdin.end();
    await once(bot, 'close');

    const restored = await runCli(['restore', copy], { env });
    expect(restored.stderr).toMatch(/^Restored .* The old database is now .*before-restore-/);
    expect(restored.status).toBe(0);
  });
});

describe('a database that cannot be used', () => {
  it('a database from a newer version is refused with one sentence', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    await runCli(['import', writePapers(1)], { env });
    const connection = openDatabase(join(env.DATA_DIR, 'paperboy.db'));
    connection.pragma('user_version = 999');
    connection.close();
    const { status, stdout, stderr } = await runCli(['start'], { env }, 'stats\n');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^.* was written by a newer Paperboy \(schema 999; .*\n$/);
  });

  it('a damaged database is refused with a sentence that names the fix', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    writeFileSync(join(env.DATA_DIR, 'paperboy.db'), 'garbage '.repeat(2_000));
    const { status, stderr } = await runCli(['start'], { env }, 'stats\n');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /is damaged or is not a database\. Restore a backup: npm run paperboy -- restore FILE\n$/,
    );
  });
});

describe('the command line', () => {
  it('an unknown subcommand gets the nearest one as a suggestion', async () => {
    const { status, stderr } = await runCli(['imprt', 'x'], { env: { DATA_DIR: temporaryFolder() } });
    expect(stderr).toMatch(/Did you mean import\?/);
    expect(status).toBe(1);
  });

  it('an invalid setting is named, and no database is created', async () => {
    const env = { DATA_DIR: temporaryFolder(), LOG_LEVEL: 'loud' };
    const { status, stderr } = await runCli(['start'], { env });
    expect(stderr).toMatch(/^LOG_LEVEL must be .* Fix it in \.env or the environment\.\n$/);
    expect(status).toBe(1);
    expect(existsSync(join(env.DATA_DIR, 'paperboy.db'))).toBe(false);
  });
});
