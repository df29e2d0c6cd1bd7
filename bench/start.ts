/**
 * The wait of a first-time user: starting the whole program as a process and getting one answer through a
 * pipe.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Benchmark } from './support/figure.ts';
import { CLI } from './support/process.ts';
import { median } from './support/statistics.ts';

const ROUNDS = 5;

export const startBenchmark: Benchmark = {
  prefix: 'start',
  async run({ scratch, report }) {
    const folder = join(scratch, 'data');
    report('start.first_run_ms', await firstAnswer(folder), 'ms');
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await firstAnswer(folder));
    report('start.first_answer_ms', median(times), 'ms');
  },
};

/** Milliseconds from the start of the process to the first words of the answer. */
async function firstAnswer(dataDir: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [CLI, 'start'], {
    env: { ...process.env, DATA_DIR: dataDir, SOURCES: 'none' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.end('/papers search mixture of experts\n');
  await once(child.stdout, 'data');
  const elapsed = performance.now() - started;
  child.stdout.resume();
  await once(child, 'exit');
  return elapsed;
}
