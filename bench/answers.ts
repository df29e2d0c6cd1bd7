/**
 * Right and wrong answers about one paper without a model, to questions written by hand. A third of them
 * have no answer in the abstract. An answer is right if one of its quotes answers the question. The baseline
 * quotes the sentence that shares most words with the question. The *Data* row of a comparison is measured in
 * the same way, with the first sentence that mentions data as the baseline.
 */
import { existsSync } from 'node:fs';
import { findAspects } from '../src/answers/aspects.ts';
import { bestQuotes } from '../src/answers/best-sentences.ts';
import { contentWords, countShared } from '../src/summary/content-words.ts';
import { splitSentences } from '../src/text/sentences/sentences.ts';
import type { Benchmark } from './support/figure.ts';
import { arxivFile, type HandAsked, readHandAsked } from './support/hand-asked.ts';
import { percentOf } from './support/statistics.ts';

export const answersBenchmark: Benchmark = {
  prefix: 'answers',
  async run({ data, report, skip }) {
    if (!existsSync(arxivFile(data))) return skip('answers', `no ${arxivFile(data)}`);
    const asked = await readHandAsked(data, 'questions');
    const rows = await readHandAsked(data, 'data-sentences');
    const compare = (
      name: string,
      questions: readonly HandAsked[],
      quotesOf: QuotesOf,
      plainQuotesOf: QuotesOf,
    ) => {
      for (const half of ['chosen', 'held'] as const) {
        const judged = questions.filter((each) => each.half === half);
        const ours = judge(judged, quotesOf);
        const plain = judge(judged, plainQuotesOf);
        for (const [figure, unit] of Object.entries(UNITS) as [keyof Verdict, string][])
          report(`${name}.${half}.${figure}`, ours[figure], unit, plain[figure]);
      }
    };
    compare('answers.ask', asked, quoted, mostShared);
    compare('answers.fresh', await readHandAsked(data, 'fresh-questions'), quoted, mostShared);
    compare('answers.data', rows, dataRow, firstWithData);
  },
};

type QuotesOf = (asked: HandAsked) => readonly string[];

interface Verdict {
  readonly questions: number;
  readonly right: number;
  readonly wrong: number;
  /** Of the answers that were given. */
  readonly wrong_pct: number;
  /** Of the quotes that were shown. */
  readonly wrong_quotes_pct: number;
  /** Answered with “The abstract does not say”. */
  readonly unsaid: number;
  /** The same for questions without an answer. */
  readonly unsaid_rightly: number;
}

const UNITS: Readonly<Record<keyof Verdict, string>> = {
  questions: 'asked',
  right: 'answers',
  wrong: 'answers',
  wrong_pct: '%',
  wrong_quotes_pct: '%',
  unsaid: 'silent',
  unsaid_rightly: 'silent',
};

function judge(questions: readonly HandAsked[], quotesOf: QuotesOf): Verdict {
  const judged = questions.map((asked) => {
    const quotes = quotesOf(asked).map((quote) => asked.answers.some((answer) => quote.includes(answer)));
    return { quotes, hasAnswer: asked.answers.length > 0 };
  });
  const given = judged.filter(({ quotes }) => quotes.length > 0);
  const silent = judged.filter(({ quotes }) => quotes.length === 0);
  const right = given.filter(({ quotes }) => quotes.includes(true));
  const quotes = given.flatMap((each) => each.quotes);
  return {
    questions: judged.length,
    right: right.length,
    wrong: given.length - right.length,
    wrong_pct: percentOf(given, (each) => !each.quotes.includes(true)),
    wrong_quotes_pct: percentOf(quotes, (isRight) => !isRight),
    unsaid: silent.length,
    unsaid_rightly: silent.filter(({ hasAnswer }) => !hasAnswer).length,
  };
}

function quoted({ question, paper }: HandAsked): string[] {
  return bestQuotes(question, [paper]).map(({ sentence }) => sentence);
}

function dataRow({ paper }: HandAsked): string[] {
  const { data } = findAspects(paper);
  return data === undefined ? [] : [data];
}

function firstWithData({ paper }: HandAsked): string[] {
  return splitSentences(paper.abstract)
    .filter((sentence) => /\bdata|corp(?:us|ora)\b|benchmark/i.test(sentence))
    .slice(0, 1);
}

/** The sentence that shares most words with the question. */
export function mostShared({ question, paper }: Pick<HandAsked, 'question' | 'paper'>): string[] {
  const asked = contentWords(question);
  const shared = splitSentences(paper.abstract).map((sentence) => ({
    sentence,
    count: countShared(asked, contentWords(sentence)),
  }));
  const most = Math.max(...shared.map(({ count }) => count));
  return most === 0
    ? []
    : shared.flatMap(({ sentence, count }) => (count === most ? [sentence] : [])).slice(0, 1);
}
