/**
 * Whether an answer without a model quotes the right sentence. SciTLDR has no questions, so each of its papers is asked what a reader
 * asks who has only read the title; the right sentence is the one that people's one-line summaries of the paper rest on most: the
 * highest mean ROUGE-1 over all of them. Beside it, as a baseline, how often it is among the first three sentences.
 */
import { bestQuotes } from '../src/answers/best-sentences.ts';
import type { Paper } from '../src/papers/paper.ts';
import type { Benchmark } from './figure.ts';
import { rouge } from './rouge.ts';
import { type Row, readScitldr, scitldrFolder, scitldrSplits, sentencesOf } from './scitldr.ts';

/** `{}` stands for the title. */
const QUESTIONS = [
  'What does “{}” do?',
  'What is the main contribution of {}?',
  'How does {} work?',
  'What is it about?',
];

const QUOTED = 3;

export const askBenchmark: Benchmark = {
  prefix: 'ask',
  async run({ data, report, skip }) {
    const splits = await scitldrSplits(data);
    if (!splits.includes('dev')) return skip('ask.scitldr', `no dev.jsonl.gz in ${scitldrFolder(data)}`);
    const rows = await readScitldr(data, 'dev');
    const wanted = rows.map((row) => ({ row, sentences: sentencesOf(row), right: mostRestedOn(row) }));
    const first = shareOf(wanted, ({ sentences, right }) => sentences.slice(0, QUOTED).includes(right));
    const quoted = QUESTIONS.map((question) =>
      shareOf(wanted, ({ row, right }) => isQuoted(question.replace('{}', row.title), row, right)),
    );
    // What one person wrote asks, what the others wrote judges.
    const several = rows.flatMap(({ tldrs: [asked, ...others], ...row }) => {
      const judged = { ...row, tldrs: others };
      return asked === undefined || others.length === 0
        ? []
        : [{ asked, row: judged, right: mostRestedOn(judged) }];
    });
    const reworded = shareOf(several, ({ asked, row, right }) => isQuoted(asked, row, right));
    const early = shareOf(several, ({ row, right }) => sentencesOf(row).slice(0, QUOTED).includes(right));
    const mean = quoted.reduce((total, share) => total + share, 0) / quoted.length;
    report('ask.scitldr.quoted_pct', mean, '%', first);
    report('ask.scitldr.reworded.quoted_pct', reworded, '%', early);
    quoted.forEach((share, at) => {
      report(`ask.scitldr.question${at + 1}.quoted_pct`, share, '%', first);
    });
  },
};

function isQuoted(question: string, row: Row, right: string): boolean {
  return bestQuotes(question, [toPaper(row)]).some(({ sentence }) => sentence === right);
}

function mostRestedOn(row: Row): string {
  const support = (sentence: string) =>
    row.tldrs.reduce((total, tldr) => total + rouge(sentence, tldr).rouge1, 0);
  return sentencesOf(row).reduce((best, next) => (support(next) > support(best) ? next : best), '');
}

function shareOf<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return (100 * items.filter(holds).length) / Math.max(1, items.length);
}

function toPaper({ title, sentences }: Row): Paper {
  return {
    id: '2001.00001',
    title,
    abstract: sentences.join(' '),
    authors: [],
    categories: [],
    keywords: [],
  };
}
