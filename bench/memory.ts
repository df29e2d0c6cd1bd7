/**
 * Peak memory of the process with 80,000 papers, as the kernel counts it: while it learns, and after queries
 * of every kind.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openStores } from '../src/app/stores.ts';
import { importFile } from '../src/import/import-papers.ts';
import { systemClock } from '../src/time/clock.ts';
import type { Benchmark } from './support/figure.ts';
import { arxivFile } from './support/papers.ts';
import { CLI, hasPeakMemory, peakMemory } from './support/process.ts';

const QUESTIONS = [
  '/papers search mixture of experts',
  '/papers search how can large language models be aligned with human preferences without reinforcement learning',
  '/papers search diffusion modles',
  '/papers search author:"Yann LeCun" sort:newest self-supervised',
  '/papers similar 2503.11685',
  '/papers summary 2503.11685',
  '/papers trending',
  '/papers random category:cs.RO',
  '/papers stats',
];

const LOOK_AGAIN_MS = 100;

export const memoryBenchmark: Benchmark = {
  prefix: 'memory',
  async run({ data, scratch, report, skip }) {
    const path = arxivFile(data);
    if (!existsSync(path)) return skip('memory.rss_mb', 'no arxiv/arxiv_meta.jsonl.gz');
    if (!hasPeakMemory) return skip('memory.rss_mb', 'this system has no /proc');
    const folder = join(scratch, 'data');
    const { stores, close } = await openStores({ path: join(folder, 'paperboy.db') }, (error) => {
      throw error;
    });
    await importFile({ path, papers: stores.papers, progress: stores.imports, clock: systemClock });
    await close();
    report('memory.learn.rss_mb', await learningMegabytes(folder), 'MB');
    report('memory.rss_mb', await peakMegabytes(folder), 'MB');
  },
};

/** Peak memory of `learn`, which embeds all papers in one run. */
async function learningMegabytes(dataDir: string): Promise<number> {
  const child = spawn(process.execPath, [CLI, 'learn'], {
    env: { ...process.env, DATA_DIR: dataDir, SOURCES: 'none' },
    stdio: 'ignore',
  });
  let peak = Number.NaN;
  const looking = setInterval(() => {
    peak = peakMemory(child.pid) ?? peak;
  }, LOOK_AGAIN_MS);
  await once(child, 'exit');
  clearInterval(looking);
  return peak;
}

async function peakMegabytes(dataDir: string): Promise<number> {
  const child = spawn(process.execPath, [CLI, 'start', '--json'], {
    env: { ...process.env, DATA_DIR: dataDir, SOURCES: 'none' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.write(`${QUESTIONS.join('\n')}\n`);
  let answers = 0;
  for await (const _ of createInterface({ input: child.stdout })) if (++answers === QUESTIONS.length) break;
  const peak = peakMemory(child.pid);
  child.stdin.end();
  await once(child, 'exit');
  return peak ?? Number.NaN;
}
