/** The program as a process that serves the fake Discord and harvests, and its condition. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeDiscord } from '../../../test/fakes/discord/start.ts';
import { CLI } from '../process.ts';

/** `loopMaxMs` is since the last request. */
interface Condition {
  readonly loopMaxMs: number;
  /** Of all threads since the start, in seconds. */
  readonly processorSeconds: number;
}

export interface BusyBot {
  readonly pid: number | undefined;
  condition(): Promise<Condition>;
  stop(): Promise<void>;
}

/** The interval in which prom-client measures, which counts as a delay. */
const RESOLUTION_MS = 10;

/** Resolves when Discord is connected. */
export async function startBusyBot(discord: FakeDiscord, folder: string, oai: string): Promise<BusyBot> {
  const port = await freePort();
  const bot = spawn(process.execPath, [CLI, 'start'], {
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: folder,
      SOURCES: 'arxiv-all',
      ARXIV_OAI_URL: `${oai}/oai`,
      ARXIV_API_URL: oai,
      ARXIV_RSS_URL: oai,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.url,
      HTTP_PORT: String(port),
      // As the image and the service set it.
      MALLOC_ARENA_MAX: '2',
      NODE_OPTIONS: process.env['BENCH_NODE_OPTIONS'] ?? '',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(bot, 'exit');
  // If the benchmark fails, nothing may go on running.
  process.once('exit', () => bot.kill('SIGKILL'));
  await untilReady(bot);
  bot.stdout.resume();
  return {
    pid: bot.pid,
    async condition() {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return {
        loopMaxMs: metric(text, 'nodejs_eventloop_lag_max_seconds') * 1_000 - RESOLUTION_MS,
        processorSeconds: metric(text, 'process_cpu_seconds_total'),
      };
    },
    async stop() {
      bot.kill('SIGTERM');
      await ended;
    },
  };
}

/** A server whose list of papers never ends. Resolves with its address. */
export async function startEndlessOai(file: string, papers: number) {
  const server = fork(new URL('./endless-oai.ts', import.meta.url), [file, String(papers)]);
  const [url] = await once(server, 'message');
  return { url: String(url), stop: () => server.disconnect() };
}

async function untilReady({ stdout }: ChildProcess): Promise<void> {
  let said = '';
  for (;;) {
    const [chunk] = await once(stdout ?? process.stdin, 'data');
    said += String(chunk);
    if (/^ready: /m.test(said)) return;
  }
}

function metric(text: string, name: string): number {
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
