/** `npm run bench`: runs the benchmarks and prints a table, or with `--json` one line for each figure. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { answersBenchmark } from './answers.ts';
import { askBenchmark } from './ask.ts';
import { askConclusionBenchmark, askForeignBenchmark } from './ask-claims.ts';
import { askStoreBenchmark } from './ask-store.ts';
import { bibBenchmark } from './bib.ts';
import { bouncesBenchmark } from './bounces.ts';
import { busyHourBenchmark } from './busy-hour.ts';
import { changesBenchmark } from './changes.ts';
import { deliveryBenchmark } from './delivery.ts';
import { discordBenchmark } from './discord.ts';
import { exportsBenchmark } from './exports.ts';
import { importBenchmark } from './import.ts';
import { inboxBenchmark } from './inbox.ts';
import { inboxSaversBenchmark } from './inbox-savers.ts';
import { learnedFeedsBenchmark } from './learned-feeds.ts';
import { learningBenchmark } from './learning.ts';
import { libraryBenchmark } from './library.ts';
import { likenessBenchmark } from './likeness.ts';
import { listFileBenchmark } from './list-file.ts';
import { loopBenchmark } from './loop.ts';
import { memoryBenchmark } from './memory.ts';
import { processesBenchmark } from './processes.ts';
import { qualityBenchmark } from './quality.ts';
import { recommendBenchmark } from './recommend/recommend.ts';
import { replayBenchmark } from './replay.ts';
import { rolesBenchmark } from './roles.ts';
import { scaleBenchmark } from './scale.ts';
import { searchBenchmark } from './search.ts';
import { slackBenchmark } from './slack.ts';
import { smallStoresBenchmark } from './small-stores.ts';
import { startBenchmark } from './start.ts';
import { summaryBenchmark } from './summary.ts';
import { summaryLinesBenchmark } from './summary-lines.ts';
import type { BenchContext, Benchmark, Figure } from './support/figure.ts';
import { typedBenchmark } from './typed.ts';
import { watchesBenchmark } from './watches.ts';

const BENCHMARKS: readonly Benchmark[] = [
  importBenchmark,
  bibBenchmark,
  exportsBenchmark,
  searchBenchmark,
  scaleBenchmark,
  busyHourBenchmark,
  qualityBenchmark,
  likenessBenchmark,
  smallStoresBenchmark,
  summaryBenchmark,
  summaryLinesBenchmark,
  rolesBenchmark,
  answersBenchmark,
  askBenchmark,
  askConclusionBenchmark,
  askForeignBenchmark,
  askStoreBenchmark,
  startBenchmark,
  memoryBenchmark,
  loopBenchmark,
  discordBenchmark,
  changesBenchmark,
  replayBenchmark,
  deliveryBenchmark,
  processesBenchmark,
  slackBenchmark,
  learningBenchmark,
  typedBenchmark,
  watchesBenchmark,
  bouncesBenchmark,
  libraryBenchmark,
  listFileBenchmark,
  inboxBenchmark,
  inboxSaversBenchmark,
  recommendBenchmark,
  learnedFeedsBenchmark,
];

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string', default: '' } },
});
const data = resolve(process.env['BENCH_DATA'] ?? join(import.meta.dirname, '../../shared/data'));
/** Beginnings of the names of figures: `--only summary,ask`. */
const only = values.only.split(',').map((part) => part.trim());

/** A benchmark runs if a prefix names it or one of its figures. */
const wanted = BENCHMARKS.filter(({ prefix }) =>
  only.some((part) => part.startsWith(`${prefix}.`) || `${prefix}.`.startsWith(part)),
);

const print = (line: string) => process.stdout.write(`${line}\n`);

function show(figure: Figure): void {
  if (values.json === true) {
    print(JSON.stringify(figure));
    return;
  }
  const { name, value, unit, baseline, ratio } = figure;
  const against =
    baseline === undefined ? '' : `${amount(baseline).padStart(12)}${(ratio ?? 0).toFixed(2).padStart(9)}`;
  print(`${name.padEnd(36)}${amount(value).padStart(12)} ${unit.padEnd(9)}${against}`);
}

function amount(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(value < 1 ? 4 : 2);
}

if (values.json !== true) {
  print(
    `${'figure'.padEnd(36)}${'value'.padStart(12)} ${'unit'.padEnd(9)}${'baseline'.padStart(12)}${'ratio'.padStart(9)}`,
  );
  if (!existsSync(data))
    print(`No folder ${data}: set BENCH_DATA to the recorded data. Benchmarks that need it are skipped.`);
}
for (const benchmark of wanted) {
  const scratch = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const context: BenchContext = {
    data,
    scratch,
    report(name, value, unit, baseline) {
      if (!only.some((part) => name.startsWith(part))) return;
      show({ name, value, unit, ...(baseline !== undefined && { baseline, ratio: value / baseline }) });
    },
    skip(name, why) {
      if (values.json !== true) print(`${name.padEnd(36)}     skipped  ${why}`);
    },
  };
  try {
    await benchmark.run(context);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
