/** The program on PostgreSQL, as people and administrators run it. */
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { openPostgres } from '../../src/db/postgres/postgres.ts';
import { openProxy } from '../support/broken-connections.ts';
import { runCli, startCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/database.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';

let server: PostgresServer;
let made = 0;

beforeAll(async () => {
  server = await startPostgres();
  return () => server.stop();
});

function newDatabase(): string {
  const name = `paperboy_${++made}`;
  const creator = openPostgres(server.url);
  creator.exec(`CREATE DATABASE ${name}`);
  creator.close();
  return new URL(name, server.url).href;
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

  it('two processes that start at the same time on an empty database both work', async () => {
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

  it('commands answer with a sentence while the database is away, and work again when it is back', async () => {
    const proxy = await openProxy(newDatabase());
    const env = { DATABASE_URL: proxy.url, DATA_DIR: temporaryFolder() };
    const bot = startCli(['start'], { env });
    let said = '';
    bot.stdout.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
    const heard = (expected: RegExp) => expect.poll(() => said).toMatch(expected);
    const ask = (line: string) => {
      said = '';
      bot.stdin.write(`${line}\n`);
    };
    ask('latest');
    await heard(/Trending papers|papers/);
    proxy.silence();
    ask('my list');
    await heard(/database cannot be reached/);
    proxy.resume();
    await setTimeout(0);
    await expect
      .poll(
        async () => {
          ask('my list');
          await heard(/list|reached/);
          return said;
        },
        { interval: 1_000 },
      )
      .toMatch(/nothing saved|no papers|Your list|is empty/i);
    bot.stdin.end();
    expect(await once(bot, 'exit')).toEqual([expect.any(Number), null]);
  });
});
