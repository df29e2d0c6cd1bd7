/** The program on PostgreSQL, as people and administrators run it. */
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { type BreakableServer, openProxy } from '../support/broken-connections.ts';
import { runCli, startCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/database.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';

let server: PostgresServer;
let made = 0;

beforeAll(async () => {
  server = await startPostgres();
  return () => server.stop();
});

/** @param owner an ordinary user, unlike the server's own, for whom limits do not hold */
function newDatabase(owner = 'postgres'): string {
  const name = `paperboy_${++made}`;
  const creator = openPostgres(server.url);
  const isKnown = creator.prepare('SELECT 1 FROM pg_roles WHERE rolname = ?').get(owner) !== undefined;
  if (!isKnown) creator.exec(`CREATE ROLE ${owner} LOGIN`);
  creator.exec(`CREATE DATABASE ${name} OWNER ${owner}`);
  creator.close();
  const url = new URL(name, server.url);
  url.username = owner;
  return url.href;
}

const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;

describe('with DATABASE_URL', () => {
  it('a newcomer searches, saves and reads lists as with a file, and moves back to one', async () => {
    const url = newDatabase();
    const env = { DATABASE_URL: url, DATA_DIR: temporaryFolder() };
    const first = await runCli(
      ['start'],
      { env },
      lines('search attention', 'save 1', 'saved attention', 'my list'),
    );
    expect(first.stdout).not.toContain('Something went wrong');
    expect(first).toMatchObject({ status: 0 });
    expect(first.stdout).toMatch(/papers for “attention”[\s\S]*Saved to your list[\s\S]*Your list · 1 paper/);
    const file = join(temporaryFolder(), 'paperboy.db');
    const refused = await runCli(['backup'], { env });
    expect(refused.stderr).toMatch(/pg_dump/);
    // The leases of the first run are given back when it stops.
    const moved = await runCli(['move', '--to', file], { env });
    expect(moved.stderr).toMatch(/Moved [\d,]+ rows of \d+ tables/);
    const alone = { DATA_DIR: join(file, '..') };
    const later = await runCli(['start'], { env: alone }, lines('search attention', 'my list'));
    expect(later.stdout).toMatch(/papers for “attention”[\s\S]*Your list · 1 paper/);
  });

  it('three processes that start at the same time on an empty database both work', async () => {
    const url = newDatabase();
    const start = () =>
      runCli(['start'], { env: { DATABASE_URL: url, DATA_DIR: temporaryFolder() } }, lines('stats'));
    for (const { status, stderr } of await Promise.all([start(), start(), start()])) {
      expect([status, stderr]).toEqual([0, expect.not.stringContaining('failed')]);
    }
  });

  it('a database that cannot be reached, or is none, is said in a sentence without the password', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const port = new URL(server.url).port;
    for (const [url, expected] of [
      ['postgres://ada:secret@127.0.0.1:1/paperboy', /cannot be reached/],
      [`postgres://postgres:secret@127.0.0.1:${port}/missing`, /has no database of this name/],
      ['mysql://ada:secret@127.0.0.1/paperboy', /must be an address that begins with postgres:/],
    ] as const) {
      const started = await runCli(['start'], { env: { ...env, DATABASE_URL: url } });
      expect(started.status).toBe(1);
      expect(started.stderr).toMatch(expected);
      const examined = await runCli(['doctor'], { env: { ...env, DATABASE_URL: url } });
      expect(examined.stdout).toMatch(expected);
      expect(started.stderr + started.stdout + examined.stdout + examined.stderr).not.toContain('secret');
    }
  });

  it.each([
    { fault: 'is silent', sentence: /database cannot be reached/, begin: openSilence },
    { fault: 'is read-only', sentence: /database is read-only/, begin: makeReadOnly },
    {
      fault: 'has no free connections',
      sentence: /no free connections|cannot be reached/,
      begin: useConnections,
    },
    { fault: 'has a table that is locked', sentence: /database took too long/, begin: lockTable },
    { fault: 'ends all sessions', sentence: undefined, begin: endSessions },
  ])(
    'while the database $fault, commands say so, and they work again afterwards',
    async ({ sentence, begin }) => {
      const proxy = await openProxy(newDatabase('paperboy'));
      const bot = startCli(['start'], { env: { DATABASE_URL: proxy.url, DATA_DIR: temporaryFolder() } });
      let said = '';
      bot.stdout.setEncoding('utf8').on('data', (part: string) => {
        said += part;
      });
      const heard = (expected: RegExp) => expect.poll(() => said).toMatch(expected);
      const ask = (line: string) => {
        said = '';
        bot.stdin.write(`${line}\n`);
      };
      ask('search attention');
      await heard(/papers for/);
      const end = begin(proxy);
      ask('save 1');
      if (sentence) await heard(sentence);
      end();
      await expect
        .poll(
          async () => {
            ask('save 1');
            await heard(/list|database/);
            return said;
          },
          { interval: 1_000 },
        )
        .toMatch(/Saved to your list|Already|already/);
      bot.stdin.end();
      expect(await once(bot, 'exit')).toEqual([expect.any(Number), null]);
    },
  );
});

/** Each begins a fault, and returns what ends it. */
function openSilence(proxy: BreakableServer): () => void {
  proxy.silence();
  return proxy.resume;
}

function makeReadOnly({ url }: BreakableServer): () => void {
  const set = (value: string) => {
    asAdministrator(url, (name) => `ALTER DATABASE ${name} SET default_transaction_read_only = ${value}`);
    endSessions({ url });
  };
  set('on');
  return () => set('off');
}

function useConnections({ url }: BreakableServer): () => void {
  const allow = (most: number) =>
    asAdministrator(url, (name) => `ALTER DATABASE ${name} CONNECTION LIMIT ${most}`);
  allow(0);
  endSessions({ url });
  return () => allow(-1);
}

function lockTable({ url }: BreakableServer): () => void {
  const other = openPostgres(new URL(new URL(url).pathname, server.url).href);
  other.exec('BEGIN; LOCK TABLE saves IN ACCESS EXCLUSIVE MODE');
  return () => other.close();
}

function endSessions({ url }: Pick<BreakableServer, 'url'>): () => void {
  asAdministrator(
    url,
    (name) => `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
  return () => undefined;
}

function asAdministrator(url: string, statement: (database: string) => string): void {
  const administrator = openPostgres(server.url);
  administrator.exec(statement(new URL(url).pathname.slice(1)));
  administrator.close();
}
