/**
 * Quality of the one-sentence summary: ROUGE against people's summaries, on every available SciTLDR split;
 * and the time of a summary, over papers of arXiv.
 */
import { ANNOUNCES } from '../src/summary/cues.ts';
import { extractSummary } from '../src/summary/extractive.ts';
import { warmUpSummaries } from '../src/summary/summary-service.ts';
import { timed } from './search.ts';
import type { BenchContext, Benchmark } from './support/figure.ts';
import { readArxivPapers } from './support/papers.ts';
import { bestRouge, type Rouge } from './support/rouge.ts';
import { type Row, readScitldr, scitldrFolder, scitldrSplits, sentencesOf } from './support/scitldr.ts';
import { quantile } from './support/statistics.ts';

const TIMED = 80_000;

export const summaryBenchmark: Benchmark = {
  prefix: 'summary',
  async run({ data, report, skip }) {
    const splits = await scitldrSplits(data);
    if (splits.length === 0) skip('summary.scitldr', `no *.jsonl.gz in ${scitldrFolder(data)}`);
    for (const split of splits) {
      // Figures of the dev split are the published ones; those of other splits carry the split's name.
      const name = split === 'dev' ? 'summary.scitldr' : `summary.scitldr_${split}`;
      const rows = await readScitldr(data, split);
      const extracted = meanRouge(rows, extractedFrom);
      const lead = meanRouge(rows, (paper) => sentencesOf(paper)[0] ?? '');
      const cue = meanRouge(rows, firstAnnouncement);
      const oracle = meanRouge(rows, bestPossible);
      for (const measure of ['rouge1', 'rouge2', 'rougeL'] as const) {
        report(`${name}.${measure}`, extracted[measure], 'points', lead[measure]);
        report(`${name}.lead.${measure}`, lead[measure], 'points');
        report(`${name}.cue.${measure}`, cue[measure], 'points');
        report(`${name}.oracle.${measure}`, oracle[measure], 'points');
      }
      report(`${name}.title_copies`, rows.filter(copiesTitle).length, 'papers');
    }
    await measureTime(data, report);
  },
};

async function measureTime(data: string, report: BenchContext['report']): Promise<void> {
  await warmUpSummaries();
  const times: number[] = [];
  for (const paper of (await readArxivPapers(data, TIMED)) ?? []) {
    times.push(await timed(() => extractSummary(paper)));
  }
  if (times.length === 0) return;
  report('summary.extract.p50_ms', quantile(times, 0.5), 'ms');
  report('summary.extract.p99_ms', quantile(times, 0.99), 'ms');
}

/** In points out of a hundred, as papers report them. */
function meanRouge(rows: readonly Row[], summarise: (paper: Row) => string): Rouge {
  const scores = rows.map((paper) => bestRouge(summarise(paper), paper.tldrs));
  const mean = (pick: (score: Rouge) => number) =>
    (100 * scores.reduce((sum, score) => sum + pick(score), 0)) / Math.max(1, scores.length);
  return {
    rouge1: mean(({ rouge1 }) => rouge1),
    rouge2: mean(({ rouge2 }) => rouge2),
    rougeL: mean(({ rougeL }) => rougeL),
  };
}

function extractedFrom({ title, sentences }: Row): string {
  return extractSummary({ title, abstract: sentences.join(' ') })?.tldr ?? '';
}

/** The sentence repeats the title, apart from the words around it. */
function copiesTitle(paper: Row): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const sentence = letters(extractedFrom(paper));
  const title = letters(paper.title);
  return sentence === title || (sentence.includes(title) && sentence.length < 1.3 * title.length);
}

function firstAnnouncement(paper: Row): string {
  const sentences = sentencesOf(paper);
  return sentences.find((sentence) => ANNOUNCES.test(sentence)) ?? sentences[0] ?? '';
}

function bestPossible(paper: Row): string {
  const score = (sentence: string) => bestRouge(sentence, paper.tldrs).rouge1;
  return sentencesOf(paper).reduce((best, next) => (score(next) > score(best) ? next : best), '');
}
