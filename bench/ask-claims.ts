/**
 * Questions that people asked about papers, without a model. PubMedQA asks for the conclusion of an abstract,
 * mostly in the form *does A improve B?* Foreign questions belong to another paper, so the right answer is
 * that the abstract does not say. The baseline quotes the sentence that shares most words with the question.
 */
import { bestQuotes } from '../src/answers/best-sentences.ts';
import type { Paper } from '../src/papers/paper.ts';
import { splitSentences } from '../src/text/sentences/sentences.ts';
import { mostShared } from './answers.ts';
import { type AskedPaper, readAskedPapers, readForeignQuestions } from './support/asked-papers.ts';
import type { Benchmark } from './support/figure.ts';
import { percentOf } from './support/statistics.ts';

export const askConclusionBenchmark: Benchmark = {
  prefix: 'ask.pubmedqa',
  async run({ data, report, skip }) {
    const read = (await readAskedPapers(data, 'pubmedqa')).flatMap(toConcluded);
    if (read.length === 0) return skip('ask.pubmedqa', `no PubMedQA in ${data}`);
    for (const form of ['plain', 'labelled'] as const) {
      const asked = read.map((each) => ({ ...each, paper: each[form] }));
      const ours = asked.map((each) => judge(each, quoted(each)));
      const shared = asked.map((each) => judge(each, mostShared(each)));
      // Next to its neighbours in the file, a paper is about something else.
      const foreign = asked.map(({ question }, at) => ({ question, paper: asked.at(at - 1)?.paper }));
      const name = form === 'plain' ? 'ask.pubmedqa' : `ask.pubmedqa.${form}`;
      for (const figure of ['first', 'three', 'refused'] as const)
        report(
          `${name}.${figure}_pct`,
          percentOf(ours, (each) => each[figure]),
          '%',
          percentOf(shared, (each) => each[figure]),
        );
      reportTold(report, `${name}.next.told_pct`, foreign);
    }
  },
};

export const askForeignBenchmark: Benchmark = {
  prefix: 'ask.foreign',
  async run({ data, report, skip }) {
    const questions = await readForeignQuestions(data);
    if (questions.length === 0) return skip('ask.foreign', `no foreign questions in ${data}`);
    const sets = [...new Set(questions.map(({ set }) => set))];
    const papers = await Promise.all([...sets, 'qasper-pools'].map((set) => readAskedPapers(data, set)));
    const byId = new Map(papers.flat().map((paper) => [paper.id, toPaper(paper, abstractOf(paper))]));
    const asked = questions.map(({ set, question, paper_id }) => ({
      set,
      question,
      paper: byId.get(paper_id),
    }));
    reportTold(report, 'ask.foreign.told_pct', asked);
    for (const set of sets)
      reportTold(
        report,
        `ask.foreign.${set}.told_pct`,
        asked.filter((each) => each.set === set),
      );
  },
};

interface Asked {
  readonly question: string;
  readonly paper: Paper;
}

interface Concluded {
  readonly question: string;
  readonly conclusion: string;
  readonly plain: Paper;
  /** With the headings of its sections. */
  readonly labelled: Paper;
}

/** PubMedQA takes the conclusion out of the abstract, as the long answer; here it is put back. */
function toConcluded(read: AskedPaper): Concluded[] {
  const [first] = read.questions;
  const conclusion = first?.answers[1];
  if (first === undefined || conclusion === undefined) return [];
  const parts = [
    ...read.sections.map(({ heading, paragraphs }) => ({ heading, text: paragraphs.join(' ') })),
    { heading: 'CONCLUSIONS', text: conclusion },
  ];
  const paperWith = (abstract: readonly string[]) =>
    // The real titles repeat the questions.
    toPaper({ ...read, title: 'A study' }, abstract.join(' '));
  return [
    {
      question: first.question,
      conclusion,
      plain: paperWith(parts.map(({ text }) => text)),
      labelled: paperWith(parts.map(({ heading, text }) => `${heading}: ${text}`)),
    },
  ];
}

function toPaper({ id, title }: Pick<AskedPaper, 'id' | 'title'>, abstract: string): Paper {
  return { id, title, abstract, authors: [], categories: [], keywords: [] };
}

function abstractOf({ sections }: AskedPaper): string {
  const abstract = sections.find(({ heading }) => /abstract/i.test(heading)) ?? sections[0];
  return abstract?.paragraphs.join(' ') ?? '';
}

function quoted({ question, paper }: Asked): string[] {
  return bestQuotes(question, [paper]).map(({ sentence }) => sentence);
}

function judge({ conclusion }: Concluded, quotes: readonly string[]) {
  const sentences = new Set(splitSentences(conclusion));
  const isRight = (quote: string) => sentences.has(quote) || conclusion.includes(quote);
  return {
    first: quotes.slice(0, 1).some(isRight),
    three: quotes.some(isRight),
    refused: quotes.length === 0,
  };
}

/** Reports how many of the questions are answered with “The abstract does not say”. */
function reportTold(
  report: (name: string, value: number, unit: string, baseline: number) => void,
  name: string,
  asked: readonly { readonly question: string; readonly paper: Paper | undefined }[],
): void {
  const known = asked.flatMap(({ question, paper }) => (paper ? [{ question, paper }] : []));
  report(
    name,
    percentOf(known, (each) => quoted(each).length === 0),
    '%',
    percentOf(known, (each) => mostShared(each).length === 0),
  );
}
