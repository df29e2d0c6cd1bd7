/** Answers as the rest of the program asks for them: a language model's where there is one, otherwise the sentences that match best. */
import { z } from 'zod';
import type { Asker } from '../model/budget.ts';
import { ground } from '../model/grounding.ts';
import { ModelError } from '../model/language-model.ts';
import { readReply, statements } from '../model/reply.ts';
import type { Writer } from '../model/writer.ts';
import type { Paper } from '../papers/paper.ts';
import type { SearchService } from '../search/port.ts';
import type { Answer, AnswerService } from './answers.ts';
import { findAspects } from './aspects.ts';
import { bestQuotes, QUOTES } from './best-sentences.ts';
import { INSTRUCTIONS, materialOf, quotable } from './prompt.ts';

export interface AnswerOptions {
  readonly search: Pick<SearchService, 'search'>;
  /** Absent where no language model is configured. */
  readonly writer?: Writer | undefined;
}

/** Papers whose sentences may answer: further down stands what shares a word or two. */
const PAPERS_READ = 8;

const form = z.object({ points: statements });

export function openAnswerService({ search, writer }: AnswerOptions): AnswerService {
  async function answer(question: string, papers: readonly Paper[], asker: Asker): Promise<Answer> {
    const extracted: Answer = { said: [], quotes: bestQuotes(question, papers), madeBy: 'extracted' };
    if (!writer || papers.length === 0) return extracted;
    const sources = quotable(papers);
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
      said: written.value.map(({ text }) => text),
      quotes: [...new Set(written.value.map(({ basis }) => basis))],
      madeBy: written.by,
    };
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

    aspectsOf: async (paper) => findAspects(paper),
  };
}
