/**
 * Lines as people type them: the share that gives the same answer as the command written out in full. Half
 * of our own lines are held out: nobody looks at them while they change how lines are read. `TYPED_SHOW=1`
 * prints the others that fail.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchContext, Benchmark } from './support/figure.ts';
import { readArxivPapers } from './support/papers.ts';
import { percentOf } from './support/statistics.ts';
import { readTypedCases } from './typed/cases.ts';
import { HELD_DAY, openConversations } from './typed/conversations.ts';
import { openJudge, type Verdict } from './typed/judge.ts';

/** Of the recorded papers, one in so many. */
const EVERY = 20;
const FOLDER = join(import.meta.dirname, 'typed');
const LOOK_ALIKES = 'words that only look like options';

export const typedBenchmark: Benchmark = {
  prefix: 'typed',
  async run({ data, scratch, report, skip }) {
    const recorded = await readArxivPapers(data, Number.POSITIVE_INFINITY);
    if (!recorded) return skip('typed', 'no arxiv/arxiv_meta.jsonl.gz in the data');
    const papers = recorded.filter((_, at) => at % EVERY === 0);
    const conversations = await openConversations(join(scratch, 'typed'), papers);
    const judge = openJudge(conversations);
    const now = new Date(HELD_DAY);

    async function judgeAll(path: string): Promise<Verdict[]> {
      const verdicts: Verdict[] = [];
      for (const each of readTypedCases(path, now)) verdicts.push(await judge(each));
      return verdicts;
    }

    const open = await judgeAll(join(FOLDER, 'cases.jsonl'));
    const heldOut = await judgeAll(join(FOLDER, 'held-out.jsonl'));
    const sharedFile = join(data, '../cases/typed/cases.jsonl');
    const shared = existsSync(sharedFile) ? await judgeAll(sharedFile) : [];
    await conversations.close();

    const ours = [...open, ...heldOut];
    const lookAlikes = ours.filter(({ tried: { kind } }) => kind === LOOK_ALIKES);
    reportShare(report, 'typed.open', open);
    reportShare(report, 'typed.held-out', heldOut);
    reportShare(report, 'typed.look-alikes', lookAlikes);
    if (shared.length > 0) reportShare(report, 'typed.shared', shared);
    else skip('typed.shared', `no ${sharedFile}`);
    const wrongChanges = [...ours, ...shared].filter(({ changedWrongly }) => changedWrongly);
    report('typed.wrong-changes', wrongChanges.length, 'lines');
    for (const [kind, verdicts] of byKind(open)) {
      reportShare(report, `typed.open.${kind.replace(/\W+/g, '-')}`, verdicts);
    }
    if (process.env['TYPED_SHOW'] !== undefined) show([...open, ...shared]);
  },
};

function byKind(verdicts: readonly Verdict[]): Map<string, Verdict[]> {
  const kinds = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const { kind } = verdict.tried;
    kinds.set(kind, [...(kinds.get(kind) ?? []), verdict]);
  }
  return kinds;
}

function reportShare(report: BenchContext['report'], name: string, verdicts: readonly Verdict[]): void {
  report(
    name,
    percentOf(verdicts, ({ right }) => right),
    '%',
  );
}

/** To standard error, because standard output is for figures. */
function show(verdicts: readonly Verdict[]): void {
  const print = (line: string) => process.stderr.write(`${line}\n`);
  for (const { tried, right, changedWrongly, answer } of verdicts) {
    if (right) continue;
    const [heading = ''] = answer.trim().split('\n');
    print(
      `${changedWrongly ? 'WRONG CHANGE' : 'FAIL'} ${tried.number} [${tried.kind}] ${tried.typed}\n     ${heading}`,
    );
  }
}
