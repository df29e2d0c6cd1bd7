/**
 * Recorded messages to a bounce address: the share with the right verdict. Half of the messages are held out
 * by those who recorded them. `BOUNCES_SHOW=1` prints the others that are wrong.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readMailReport } from '../src/mail/bounces/read-report.ts';
import type { ReportVerdict } from '../src/mail/bounces/report.ts';
import type { BenchContext, Benchmark } from './support/figure.ts';
import { percentOf } from './support/statistics.ts';

/** Worst first: the verdict on a message is that on its worst recipient. */
const VERDICTS: readonly ReportVerdict[] = ['hard', 'complaint', 'soft', 'delay', 'auto-reply', 'none'];
const expectations = z.array(z.object({ file: z.string(), verdict: z.array(z.enum(VERDICTS)) }));

interface Read {
  readonly file: string;
  readonly expected: readonly ReportVerdict[];
  readonly found: readonly ReportVerdict[];
}

export const bouncesBenchmark: Benchmark = {
  prefix: 'bounces',
  async run({ data, report, skip }: BenchContext) {
    const folder = join(data, 'fixtures/mail');
    const list = join(folder, 'expected.json');
    if (!existsSync(list)) return skip('bounces', `no ${list}`);
    const reads: Read[] = [];
    for (const { file, verdict } of expectations.parse(JSON.parse(readFileSync(list, 'utf8')))) {
      const { recipients } = await readMailReport(readFileSync(join(folder, file)));
      reads.push({ file, expected: verdict, found: recipients.map((each) => each.verdict) });
    }
    const endsWrongly = reads.filter(
      ({ expected, found }) =>
        worstOf(found) === 'hard' && ['auto-reply', 'delay'].includes(worstOf(expected) ?? ''),
    );
    report('bounces.messages-right', percentOf(reads, isRight), '%');
    report('bounces.recipients-right', percentOf(reads, isRightInFull), '%');
    report('bounces.delays-and-auto-replies-as-hard', endsWrongly.length, 'messages');
    if (process.env['BOUNCES_SHOW'] === undefined) return;
    for (const { file, expected, found } of reads.filter((each) => !isRightInFull(each)))
      process.stderr.write(`${file}: expected ${expected.join(', ')}, found ${found.join(', ')}\n`);
  },
};

function isRight({ expected, found }: Read): boolean {
  return worstOf(expected) === worstOf(found);
}

function isRightInFull({ expected, found }: Read): boolean {
  return sorted(expected) === sorted(found);
}

function worstOf(verdicts: readonly ReportVerdict[]): ReportVerdict | undefined {
  return VERDICTS.find((verdict) => verdicts.includes(verdict));
}

function sorted(verdicts: readonly ReportVerdict[]): string {
  return [...verdicts].sort().join();
}
