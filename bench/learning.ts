/**
 * The bot in Slack while it computes embeddings for 80,000 papers, with the built-in model and from a server:
 * do people who send 50 requests a second notice?
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { catalogue } from '../commands/index.ts';
import { openDatabase } from '../src/db/open.ts';
import type { EmbeddingProvider } from '../src/search/embedders/embedding-provider.ts';
import { type FakeSlack, startFakeSlack } from '../test/fakes/slack/start.ts';
import { openImported } from './support/bare-fts.ts';
import type { Benchmark } from './support/figure.ts';
import { readArxivPapers } from './support/papers.ts';
import { CLI, peakMemory } from './support/process.ts';
import { quantile } from './support/statistics.ts';

const PAPERS = 80_000;
const EVERY_MS = 1_000 / 50;
const PEOPLE = 500;
const DIMENSIONS = 384;
const LOOK_AGAIN_MS = 200;
/** Indexing from a server is the same from the first batch to the last, so a part of it is enough. */
const BACKFILL_MS = 60_000;
/** prom-client's `eventLoopMonitoringPrecision`: an idle loop shows this delay. */
const RESOLUTION_S = 0.01;

export const learningBenchmark: Benchmark = {
  prefix: 'learning',
  async run({ data, scratch, report, skip }) {
    const papers = await readArxivPapers(data, PAPERS);
    if (!papers) return skip('learning', 'no arxiv/arxiv_meta.jsonl.gz');
    const folder = join(scratch, 'data');
    mkdirSync(folder);
    (await openImported(join(folder, 'paperboy.db'), papers)).close();
    const server = await startEmbeddings();
    try {
      // The second stage continues from the first: terms are packed, and a built-in model is active.
      for (const stage of [
        { maker: 'built-in', env: {} },
        {
          maker: 'endpoint',
          env: { EMBEDDINGS_BASE_URL: server.url, EMBEDDINGS_MODEL: 'bench' },
          atMostMs: BACKFILL_MS,
        },
      ] satisfies Stage[]) {
        for (const [figure, value, unit] of await measure(folder, stage))
          report(`learning.${stage.maker}.${figure}`, value, unit);
      }
    } finally {
      server.close();
    }
  },
};

interface Stage {
  readonly maker: EmbeddingProvider;
  readonly env: Readonly<Record<string, string>>;
  readonly atMostMs?: number;
}

type Figures = ReadonlyArray<readonly [name: string, value: number, unit: string]>;

async function measure(
  folder: string,
  { maker, env, atMostMs = Number.POSITIVE_INFINITY }: Stage,
): Promise<Figures> {
  const slack = await startFakeSlack({ validate: false });
  const port = await freePort();
  const bot = spawn(process.execPath, [CLI, 'start'], {
    env: {
      ...process.env,
      ...env,
      DATA_DIR: folder,
      SOURCES: 'none',
      HTTP_PORT: String(port),
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.url,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const state = openState(join(folder, 'paperboy.db'), maker);
  try {
    await once(bot.stdout, 'data');
    // The indexer looks for work once a minute.
    while (!state.isUnderWay()) await setTimeout(LOOK_AGAIN_MS);
    // Discards the delays from before the measurement.
    await scrape(port);
    const started = performance.now();
    const { delays, lost } = await askUntil(
      slack,
      () => state.isDone() || performance.now() - started > atMostMs,
    );
    const loop = await scrape(port);
    return [
      ['seconds', (performance.now() - started) / 1_000, 's'],
      ['papers', state.embedded(), 'papers'],
      ['commands', delays.length, 'commands'],
      ['lost', lost, 'commands'],
      ['ack_p50_ms', quantile(delays, 0.5), 'ms'],
      ['ack_p99_ms', quantile(delays, 0.99), 'ms'],
      ['loop_p99_ms', loop.p99, 'ms'],
      ['loop_max_ms', loop.max, 'ms'],
      ['rss_mb', peakMemory(bot.pid) ?? Number.NaN, 'MB'],
    ];
  } finally {
    state.close();
    const gone = once(bot, 'exit');
    bot.kill('SIGTERM');
    await gone;
    await slack.stop();
  }
}

/** Sends requests at an even pace, however long the answers take. */
async function askUntil(slack: FakeSlack, isDone: () => boolean) {
  const channel = slack.addChannel('questions');
  const people = Array.from({ length: PEOPLE }, (_, n) => slack.addPerson(`reader-${n}`));
  const lines = catalogue.filter(({ root }) => root === 'papers').flatMap(({ examples }) => examples);
  const acknowledged: Promise<{ readonly afterMs: number }>[] = [];
  const started = performance.now();
  for (let asked = 0; asked % 50 !== 0 || !isDone(); asked++) {
    const [, name = '', text = ''] = /^(\/\S+)\s*(.*)$/.exec(lines[asked % lines.length] ?? '') ?? [];
    const person = people[asked % people.length];
    if (person) acknowledged.push(person.command(channel, name, text).acknowledged);
    await setTimeout(Math.max(0, started + (asked + 1) * EVERY_MS - performance.now()));
  }
  const delays = (await Promise.all(acknowledged)).map(({ afterMs }) => afterMs);
  const shown = () => channel.messages.length + channel.ephemerals.length;
  await Promise.race([slack.until(() => shown() >= delays.length), setTimeout(30_000)]);
  return { delays, lost: Math.max(0, delays.length - shown()) };
}

/** Progress of the vector indexer, read through a separate connection. */
function openState(path: string, maker: EmbeddingProvider) {
  const connection = openDatabase(path, { readonly: true });
  const reached = connection
    .prepare<[EmbeddingProvider | 'words'], number>(
      'SELECT coalesce(max(reached), 0) FROM embedding_models WHERE maker = ?',
    )
    .pluck();
  const serving = connection
    .prepare<[EmbeddingProvider], number>(
      `SELECT count(*) FROM embedding_models WHERE maker = ? AND state = 'serving'`,
    )
    .pluck();
  const embedded = () => reached.get(maker) ?? 0;
  return {
    embedded,
    // The built-in model starts by packing the terms of all papers.
    isUnderWay: () => embedded() > 0 || (maker === 'built-in' && (reached.get('words') ?? 0) > 0),
    isDone: () => (serving.get(maker) ?? 0) > 0,
    close: () => connection.close(),
  };
}

/** Delays of the event loop since the last scrape, in milliseconds. */
async function scrape(port: number): Promise<{ readonly p99: number; readonly max: number }> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const read = (name: string) => {
    const value = new RegExp(String.raw`^nodejs_eventloop_lag_${name}_seconds (\S+)$`, 'm').exec(text)?.[1];
    return (Number(value) - RESOLUTION_S) * 1_000;
  };
  return { p99: read('p99'), max: read('max') };
}

/** Serves vectors as long as those of common small models, without a model. */
async function startEmbeddings() {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { input } = JSON.parse(Buffer.concat(chunks).toString()) as { readonly input: readonly string[] };
    const data = input.map((text, index) => ({ index, embedding: vectorOf(text) }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () => server.close(),
  };
}

function vectorOf(text: string): number[] {
  return Array.from({ length: DIMENSIONS }, (_, n) => Math.sin(text.charCodeAt(n % text.length) * (n + 1)));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
