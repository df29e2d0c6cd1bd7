/** Answers as the rest of the program asks for them: a language model's where there is one, otherwise the sentences that match best. */
import type { Asker } from '../model/budget.ts';
import { ground } from '../model/grounding.ts';
import { ModelError } from '../model/language-model.ts';
import { listOf, readReply, statement } from '../model/reply.ts';
import type { Writer } from '../model/text-generator.ts';
import type { Paper } from '../papers/paper.ts';
import type { SearchService } from '../search/search.ts';
import type { KeptWriter } from '../summary/generation-cache.ts';
import type { Answer, AnswerService, Compared } from './answers.ts';
import { findAspects } from './aspects.ts';
import { bestQuotes, QUOTES } from './best-sentences.ts';
import { openAspectWriter } from './generated-aspects.ts';
import { INSTRUCTIONS, materialOf, quotable } from './prompt.ts';

export interface AnswerOptions {
  readonly search: Pick<SearchService, 'search'>;
  /** Absent where no language model is configured. */
  readonly writer?: Writer | undefined;
  /** The same, for what is kept. */
  readonly kept?: KeptWriter | undefined;
}

/** Papers whose sentences may answer: further down stands what shares a word or two. */
const PAPERS_READ = 8;

const form = listOf(statement);

export function openAnswerService({ search, writer, kept }: AnswerOptions): AnswerService {
  async function answer(question: string, papers: readonly Paper[], asker: Asker): Promise<Answer> {
    const extracted: Answer = { said: [], quotes: bestQuotes(question, papers), madeBy: 'extracted' };
    const sources = quotable(papers);
    if (!writer || sources.length === 0) return extracted;
    const titles = papers.map(({ title }) => title).join(' ');
    const prompt = { instructions: INSTRUCTIONS.text, material: materialOf(question, papers) };
    const written = await writer.write(
      prompt,
      (reply) => {
        const { points } = readReply(form, reply);
        const grounded = ground(points, sources, INSTRUCTIONS, `${titles} ${question}`).slice(0, QUOTES);
        // An empty list says that the abstracts do not tell; one of which nothing is left says nothing.
        if (points.length > 0 && grounded.length === 0)
          throw new ModelError('unfit', 'nothing in the answer rests on an abstract');
        return grounded;
      },
      asker,
    );
    if (written.kind === 'not-written') return { ...extracted, instead: written.why };
    return {
      said: written.value.map(({ text, basis }) => ({ text, basis })),
      quotes: [...new Set(written.value.map(({ basis }) => basis))],
      madeBy: written.by,
    };
  }

  const writeAspects = kept && openAspectWriter(kept);

  async function compared(paper: Paper, asker: Asker): Promise<Compared> {
    const extracted = { paper, aspects: findAspects(paper), madeBy: 'extracted' };
    if (!writeAspects || paper.abstract.trim() === '') return extracted;
    const written = await writeAspects(paper, asker);
    return written.kind === 'written'
      ? { paper, aspects: written.value, madeBy: written.by }
      : { ...extracted, instead: written.why };
  }

  return {
    askPaper: (question, paper, asker) => answer(question, [paper], asker),

    async askAll(question, asker) {
      const query = { text: question, filter: {}, sort: 'relevance', limit: PAPERS_READ, offset: 0 } as const;
      const { hits } = await search.search(query);
      return answer(
        question,
        hits.map(({ paper }) => paper),
        asker,
      );
    },

    compare: (papers, asker) => Promise.all(papers.map((paper) => compared(paper, asker))),
  };
}
