/** How well the one sentence says what people say of a paper: ROUGE on every SciTLDR split that is there. */
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { ANNOUNCES } from '../src/summary/cues.ts';
import { extractSummary } from '../src/summary/extractive.ts';
import { splitSentences } from '../src/summary/sentences.ts';
import type { Benchmark } from './figure.ts';
import { bestRouge, type Rouge } from './rouge.ts';

const row = z.object({ title: z.string(), sentences: z.array(z.string()), tldrs: z.array(z.string()) });
type Row = z.infer<typeof row>;

const SPLIT = /^(\w+)\.jsonl\.gz$/;

export const summaryBenchmark: Benchmark = {
  prefix: 'summary',
  async run({ data, report, skip }) {
    const folder = join(data, 'summ', 'scitldr');
    const files = await readdir(folder).catch(() => []);
    const splits = files.flatMap((file) => SPLIT.exec(file)?.[1] ?? []).sort();
    if (splits.length === 0) skip('summary.scitldr', `no *.jsonl.gz in ${folder}`);
    for (const split of splits) {
      // The dev split is the one that is published; the others carry their name.
      const name = split === 'dev' ? 'summary.scitldr' : `summary.scitldr_${split}`;
      const rows = await readRows(join(folder, `${split}.jsonl.gz`));
      const extracted = meanRouge(rows, ({ title, sentences }) => {
        return extractSummary({ title, abstract: sentences.join(' ') })?.tldr ?? '';
      });
      const lead = meanRouge(rows, (paper) => sentencesOf(paper)[0] ?? '');
      report(`${name}.rouge1`, extracted.rouge1, 'points', lead.rouge1);
      report(`${name}.rouge2`, extracted.rouge2, 'points', lead.rouge2);
      report(`${name}.rougeL`, extracted.rougeL, 'points', lead.rougeL);
      report(`${name}.lead.rouge1`, lead.rouge1, 'points');
      report(`${name}.cue.rouge1`, meanRouge(rows, firstAnnouncement).rouge1, 'points');
      report(`${name}.oracle.rouge1`, meanRouge(rows, bestPossible).rouge1, 'points');
    }
  },
};

async function readRows(path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) })) {
    if (line !== '') rows.push(row.parse(JSON.parse(line)));
  }
  return rows;
}

/** In points of a hundred, as papers print them. */
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

/** The product's own sentences, so that every figure chooses among the same ones. */
function sentencesOf({ sentences }: Row): string[] {
  return splitSentences(sentences.join(' '));
}

function firstAnnouncement(paper: Row): string {
  const sentences = sentencesOf(paper);
  return sentences.find((sentence) => ANNOUNCES.test(sentence)) ?? sentences[0] ?? '';
}

function bestPossible(paper: Row): string {
  const score = (sentence: string) => bestRouge(sentence, paper.tldrs).rouge1;
  return sentencesOf(paper).reduce((best, next) => (score(next) > score(best) ? next : best), '');
}
