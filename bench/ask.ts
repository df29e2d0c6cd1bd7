/**
 * Quality of answers without a model: is the right sentence quoted? SciTLDR has no questions, so each paper
 * gets the questions of a reader who knows only its title. The baseline is how often the right sentence is
 * among the first three.
 */
import { bestQuotes } from '../src/answers/best-sentences.ts';
import type { Benchmark } from './support/figure.ts';
import { isAsked, mostRestedOn, reworded, toPaper } from './support/questions.ts';
import { type Row, readScitldr, scitldrFolder, scitldrSplits, sentencesOf } from './support/scitldr.ts';
import { percentOf } from './support/statistics.ts';

/** `{}` stands for the title. */
const QUESTIONS = [
  'What does “{}” do?',
  'What is the main contribution of {}?',
  'How does {} work?',
  'What is it about?',
];

const QUOTED = 3;

export const askBenchmark: Benchmark = {
  prefix: 'ask.scitldr',
  async run({ data, report, skip }) {
    const splits = await scitldrSplits(data);
    if (!splits.includes('dev')) return skip('ask.scitldr', `no dev.jsonl.gz in ${scitldrFolder(data)}`);
    const rows = await readScitldr(data, 'dev');
    const wanted = rows.map((row) => ({ row, sentences: sentencesOf(row), right: mostRestedOn(row) }));
    const first = percentOf(wanted, ({ sentences, right }) => sentences.slice(0, QUOTED).includes(right));
    const quoted = QUESTIONS.map((question) =>
      percentOf(wanted, ({ row, right }) => isQuoted(question.replace('{}', row.title), row, right)),
    );
    const asked = rows.map(reworded).filter(isAsked);
    const found = percentOf(asked, ({ question, row, right }) => isQuoted(question, row, right));
    const early = percentOf(asked, ({ row, right }) => sentencesOf(row).slice(0, QUOTED).includes(right));
    const mean = quoted.reduce((total, share) => total + share, 0) / quoted.length;
    report('ask.scitldr.quoted_pct', mean, '%', first);
    report('ask.scitldr.reworded.quoted_pct', found, '%', early);
    quoted.forEach((share, at) => {
      report(`ask.scitldr.question${at + 1}.quoted_pct`, share, '%', first);
    });
  },
};

function isQuoted(question: string, row: Row, right: string): boolean {
  return bestQuotes(question, [toPaper(row)]).some(({ sentence }) => sentence === right);
}
