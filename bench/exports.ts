/**
 * Exports of all papers of the recorded daily lists: how many of them other programs read back with the same
 * title, authors, year and ID, and the processor time for 10,000 papers.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { EXPORT_FORMATS } from '../src/export/export-formats.ts';
import { exportPapers } from '../src/export/export-papers.ts';
import type { PaperRecord } from '../src/papers/paper.ts';
import { fromDailyRows } from '../src/sources/hugging-face/hugging-face-rows.ts';
import { cpuTime } from '../test/support/cpu-time.ts';
import { differences, FOREIGN_READERS } from '../test/support/foreign-readers.ts';
import type { Benchmark } from './support/figure.ts';

const TIMED = 10_000;
/** Records in one text, because some programs take quadratic time. */
const PIECE = 100;
const SHOWN = 30;

export const exportsBenchmark: Benchmark = {
  prefix: 'exports',
  async run({ data, report, skip }) {
    const file = join(data, 'hf_daily', 'daily_papers.jsonl.gz');
    if (!existsSync(file)) return skip('exports', `no ${file}`);
    const papers = readLists(file);
    for (const format of EXPORT_FORMATS) {
      const many = Array.from(
        { length: TIMED },
        (_, n) => papers[n % papers.length] ?? { title: '', abstract: '' },
      );
      const started = cpuTime();
      await exportPapers({ slices: sliced(many), format, write: () => {} });
      report(`exports.${format}.cpu_s`, (cpuTime() - started) / 1_000, 's');
    }
    for (const [format, { write, readers }] of Object.entries(FOREIGN_READERS)) {
      const readBy = papers.map(() => 0);
      for (const [name, read] of Object.entries(readers)) {
        let [same, shown] = [0, 0];
        for (let from = 0; from < papers.length; from += PIECE) {
          const piece = papers.slice(from, from + PIECE);
          const got = read(write(piece));
          for (const [at, record] of piece.entries()) {
            const found = differences(record, got[at]);
            if (found.length === 0) {
              same += 1;
              readBy[from + at] = (readBy[from + at] ?? 0) + 1;
            } else if (shown++ < SHOWN) process.stderr.write(`${format} by ${name}: ${found.join('\n  ')}\n`);
          }
        }
        report(`exports.${format}.${name}_same`, same, 'papers', papers.length);
      }
      const byTwo = readBy.filter((programs) => programs >= 2).length;
      report(`exports.${format}.by_two_same`, byTwo, 'papers', papers.length);
    }
  },
};

async function* sliced(records: readonly PaperRecord[]) {
  for (let from = 0; from < records.length; from += 200) yield records.slice(from, from + 200);
}

function readLists(file: string): PaperRecord[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const { date, items } = JSON.parse(line) as { date: string; items: unknown[] };
    return [...fromDailyRows(items, date, `${date}T12:00:00.000Z`).records];
  });
}
