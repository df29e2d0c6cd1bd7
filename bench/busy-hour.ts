/**
 * A busy hour: 20 commands a second in Discord, each sent when it is due, while the program harvests an
 * endless list. `BENCH_MINUTES` is how long, and `BENCH_PER_SECOND` another pace; `BENCH_PAPERS` and
 * `BENCH_PAPERS_FILE` are the papers, as in `scale.ts`. `BENCH_STORE` is a folder that was imported, learned
 * and indexed before, of the same papers; it is copied. `BENCH_NODE_OPTIONS` goes to the program:
 * `--cpu-prof --cpu-prof-dir=…` writes a profile of each thread.
 *
 * `busy.waiting` is how many threads of the program waited for a processor on average. With more than a few
 * tenths, others used the machine as well, and the times are not the program's own.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { openDatabase } from '../src/db/open.ts';
import type { PaperRecord } from '../src/papers/paper.ts';
import { openHarvestStore } from '../src/sources/harvest/harvest-store.ts';
import { startFakeDiscord } from '../test/fakes/discord/start.ts';
import { longQuestions } from './search.ts';
import { type BusyBot, startBusyBot, startEndlessOai } from './support/busy/bot.ts';
import { type Lab, type Outcome, openLab } from './support/busy/lab.ts';
import { addLists, copyStore, countPapers, prepareStore } from './support/busy/store.ts';
import type { BenchContext, Benchmark } from './support/figure.ts';
import { arxivFile, readPapers } from './support/papers.ts';
import { hasPeakMemory, residentMemory, waitingSeconds } from './support/process.ts';
import { median, percentOf, quantile, slopeOf } from './support/statistics.ts';

const PAPERS = Number(process.env['BENCH_PAPERS'] ?? 80_000);
const MINUTES = Number(process.env['BENCH_MINUTES'] ?? 3);
const PER_SECOND = Number(process.env['BENCH_PER_SECOND'] ?? 20);
const EVERY_MS = 1_000 / PER_SECOND;
/** Caches and heaps grow in the first minute. */
const WARM_UP_MS = 60_000;
/** Papers that people speak of. */
const SPOKEN_OF = 2_000;
const MEMORY_EVERY_MS = 1_000;
const CONDITION_EVERY_MS = 10_000;
const RESOLUTION_MS = 1;
/** The goal for all commands together. Kinds above it are reported one by one. */
const GOAL_MS = 300;
const HOUR_S = 3_600;

export const busyHourBenchmark: Benchmark = {
  prefix: 'busy',
  async run(context) {
    const { data, scratch, skip } = context;
    const file = process.env['BENCH_PAPERS_FILE'] ?? arxivFile(data);
    if (!existsSync(file)) return skip('busy', `no ${file}`);
    if (!hasPeakMemory) return skip('busy', 'this system has no /proc');
    const folder = join(scratch, 'data');
    const prepared = process.env['BENCH_STORE'];
    if (prepared === undefined) await prepareStore(file, PAPERS, folder);
    else await copyStore(prepared, folder);
    const papers = await spokenOf(file);
    const database = join(folder, 'paperboy.db');
    await addLists(database, papers);
    const questions = await longQuestions(data);
    const discord = await startFakeDiscord({ validate: false });
    const lab = openLab(discord, { papers, questions });
    const oai = await startEndlessOai(file, PAPERS);
    try {
      const bot = await startBusyBot(discord, folder, oai.url);
      try {
        await measure(lab, bot, database, context);
      } finally {
        await bot.stop();
      }
    } finally {
      oai.stop();
      await discord.stop();
    }
  },
};

async function measure(
  lab: Lab,
  bot: BusyBot,
  database: string,
  { report }: Pick<BenchContext, 'report'>,
): Promise<void> {
  await lab.setUp();
  await lab.ask(EVERY_MS, WARM_UP_MS);
  const before = await stateOf(bot, database);
  const own = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  own.enable();
  const measured = new AbortController();
  const memory = sampleMemory(bot.pid, measured.signal);
  const blocks = sampleBlocks(bot, measured.signal);
  const began = performance.now();
  const outcomes = await lab.ask(EVERY_MS, MINUTES * 60_000);
  const seconds = (performance.now() - began) / 1_000;
  own.disable();
  measured.abort();
  const after = await stateOf(bot, database);

  reportTimes(
    'busy.ack',
    outcomes.flatMap(({ ackMs }) => ackMs ?? []),
    report,
  );
  reportTimes(
    'busy.answer',
    outcomes.map(({ answerMs }) => answerMs),
    report,
  );
  reportSlowKinds(outcomes, report);
  report('busy.commands', outcomes.length, 'commands');
  report('busy.different', new Set(outcomes.map(({ line }) => line)).size, 'commands');
  report(
    'busy.failed_percent',
    percentOf(outcomes, ({ hasFailed }) => hasFailed),
    '%',
  );
  report(
    'busy.refused_percent',
    percentOf(outcomes, ({ isProblem }) => isProblem),
    '%',
  );
  report('busy.harvest.records_per_s', (after.read - before.read) / seconds, 'records/s');
  report('busy.harvest.new_per_s', (after.papers - before.papers) / seconds, 'papers/s');
  reportMemory(await memory, report);
  report('busy.loop_max_ms', Math.max(after.loopMaxMs, ...(await blocks)), 'ms');
  report('busy.processor', (after.processorSeconds - before.processorSeconds) / seconds, 'cores');
  report('busy.waiting', (after.waited - before.waited) / seconds, 'threads');
  report('busy.own_loop_p99_ms', own.percentile(99) / 1e6 - RESOLUTION_MS, 'ms');
}

/** Papers from the whole file. */
async function spokenOf(file: string): Promise<PaperRecord[]> {
  const step = Math.max(1, Math.floor(PAPERS / SPOKEN_OF));
  const papers: PaperRecord[] = [];
  let count = 0;
  for await (const paper of readPapers(file, PAPERS)) if (count++ % step === 0) papers.push(paper);
  return papers;
}

async function stateOf(bot: BusyBot, database: string) {
  const condition = await bot.condition();
  const connection = openDatabase(database, { readonly: true });
  try {
    const harvest = await openHarvestStore(connection).get('all');
    const waited = waitingSeconds(bot.pid);
    return { ...condition, waited, papers: countPapers(connection), read: harvest?.read ?? 0 };
  } finally {
    connection.close();
  }
}

type Report = BenchContext['report'];

function reportTimes(name: string, times: readonly number[], report: Report): void {
  report(`${name}_p50_ms`, quantile(times, 0.5), 'ms');
  report(`${name}_p99_ms`, quantile(times, 0.99), 'ms');
  report(`${name}_max_ms`, Math.max(...times), 'ms');
}

function reportSlowKinds(outcomes: readonly Outcome[], report: Report): void {
  for (const kind of new Set(outcomes.map((outcome) => outcome.kind))) {
    const times = outcomes.filter((outcome) => outcome.kind === kind).map(({ answerMs }) => answerMs);
    if (quantile(times, 0.99) > GOAL_MS) reportTimes(`busy.${kind}.answer`, times, report);
  }
}

interface Sample {
  /** Seconds. */
  readonly at: number;
  readonly megabytes: number;
}

async function sampleMemory(pid: number | undefined, signal: AbortSignal): Promise<Sample[]> {
  const samples: Sample[] = [];
  await every(MEMORY_EVERY_MS, signal, async () => {
    const megabytes = residentMemory(pid);
    if (megabytes !== undefined) samples.push({ at: performance.now() / 1_000, megabytes });
  });
  return samples;
}

function reportMemory(samples: readonly Sample[], report: Report): void {
  const tenth = Math.ceil(samples.length / 10);
  const middle = (some: readonly Sample[]) => median(some.map(({ megabytes }) => megabytes));
  const [first, last] = [middle(samples.slice(0, tenth)), middle(samples.slice(-tenth))];
  report('busy.memory.start_mb', first, 'MB');
  report('busy.memory.max_mb', Math.max(...samples.map(({ megabytes }) => megabytes)), 'MB');
  report('busy.memory.growth_mb', last - first, 'MB');
  const slope = slopeOf(samples.map(({ at, megabytes }) => [at, megabytes]));
  report('busy.memory.slope_mb_h', slope * HOUR_S, 'MB/h');
}

async function sampleBlocks(bot: BusyBot, signal: AbortSignal): Promise<number[]> {
  const blocks: number[] = [];
  await every(CONDITION_EVERY_MS, signal, async () => {
    blocks.push((await bot.condition()).loopMaxMs);
  });
  return blocks;
}

async function every(ms: number, signal: AbortSignal, look: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await look();
    await setTimeout(ms, undefined, { signal }).catch(() => {});
  }
}
