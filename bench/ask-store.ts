/**
 * Quality of answers from the whole store: is the right paper quoted? All available splits of SciTLDR are
 * loaded together, and each question is what one person wrote about a paper of dev, without its title. The
 * baseline is the first paper of a bare FTS5 table, with its first three sentences.
 */
import { join } from 'node:path';
import { openAnswerService } from '../src/answers/answer-service.ts';
import { openSearchService } from '../src/search/search-service.ts';
import { openBareFts, openImported } from './support/bare-fts.ts';
import type { Benchmark } from './support/figure.ts';
import { learnMeanings } from './support/learned.ts';
import { isAsked, reworded, toPaper } from './support/questions.ts';
import { readScitldr, scitldrFolder, scitldrSplits, sentencesOf } from './support/scitldr.ts';
import { percentOf, quantile } from './support/statistics.ts';

const QUOTED = 3;
const ASKER = { platform: 'bench', workspace: 'bench', person: 'bench' };

export const askStoreBenchmark: Benchmark = {
  prefix: 'ask.store',
  async run({ data, scratch, report, skip }) {
    const splits = await scitldrSplits(data);
    if (!splits.includes('dev')) return skip('ask.store', `no dev.jsonl.gz in ${scitldrFolder(data)}`);
    const dev = await readScitldr(data, 'dev');
    const others = await Promise.all(
      splits.filter((split) => split !== 'dev').map((split) => readScitldr(data, split)),
    );
    const rows = [...dev, ...others.flat()];
    const papers = rows.map(toPaper);
    const connection = await openImported(join(scratch, 'ask.db'), papers);
    await learnMeanings(connection);
    const search = openSearchService(connection);
    await search.warmUp();
    const { askAll } = openAnswerService({ search });
    const bare = openBareFts(connection, papers);

    const asked = dev.map(reworded).filter(isAsked);
    const times: number[] = [];
    const outcomes: Outcome[] = [];
    for (const { question, row, right } of asked) {
      const from = performance.now();
      const { quotes } = await askAll(question, ASKER);
      times.push(performance.now() - from);
      const [top] = bare(question);
      const first = top === undefined ? undefined : rows[top];
      outcomes.push({
        paper: quotes.some(({ paper }) => paper.title === row.title),
        sentence: quotes.some(({ sentence }) => sentence === right),
        barePaper: first === row,
        bareSentence: first === row && sentencesOf(row).slice(0, QUOTED).includes(right),
      });
    }
    connection.close();
    report('ask.store.papers', papers.length, 'papers');
    report('ask.store.questions', asked.length, 'asked');
    const percent = (what: keyof Outcome) => percentOf(outcomes, (outcome) => outcome[what]);
    report('ask.store.paper_pct', percent('paper'), '%', percent('barePaper'));
    report('ask.store.quoted_pct', percent('sentence'), '%', percent('bareSentence'));
    report('ask.store.p99_ms', quantile(times, 0.99), 'ms');
  },
};

interface Outcome {
  /** The right paper is among the quoted ones. */
  readonly paper: boolean;
  /** The right sentence is quoted. */
  readonly sentence: boolean;
  readonly barePaper: boolean;
  readonly bareSentence: boolean;
}
