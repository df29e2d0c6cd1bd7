/**
 * Questions that a colleague would type about a paper (`questions.jsonl`), written by hand for abstracts from
 * arXiv. Each has words of the sentences that answer it, or `null` if the abstract has no answer.
 * `fresh-questions.jsonl` was written later, by nine people who did not know the program.
 * `data-sentences.jsonl` has the sentences about the data of each paper, in the same form.
 */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import type { Paper } from '../../src/papers/paper.ts';

const question = z.object({
  paper: z.string(),
  question: z.string(),
  /** Words that occur once in the abstract, each in a sentence that answers the question. */
  answers: z.array(z.string()).nullable(),
});

export interface HandAsked {
  readonly question: string;
  readonly answers: readonly string[];
  readonly paper: Paper;
  /** Thresholds are chosen on the questions about every other paper, and judged by the rest. */
  readonly half: 'chosen' | 'held';
}

const row = z.object({ id: z.string(), title: z.string(), abstract: z.string() });

/** @param data folder of the recorded data */
export function arxivFile(data: string): string {
  return join(data, 'arxiv', 'arxiv_meta.jsonl.gz');
}

/** @throws Error if a paper or an answer is missing, as figures would be wrong then */
export async function readHandAsked(
  data: string,
  file: 'questions' | 'fresh-questions' | 'data-sentences',
): Promise<HandAsked[]> {
  const text = await readFile(join(import.meta.dirname, `${file}.jsonl`), 'utf8');
  const asked = text
    .trimEnd()
    .split('\n')
    .map((line) => question.parse(JSON.parse(line)));
  const ids = [...new Set(asked.map(({ paper }) => paper))];
  const papers = await readPapers(data, new Set(ids));
  return asked.map(({ paper: id, question: words, answers }) => {
    const paper = papers.get(id);
    if (!paper) throw new Error(`${id} is not in ${arxivFile(data)}`);
    for (const answer of answers ?? [])
      if (paper.abstract.split(answer).length !== 2)
        throw new Error(`“${answer}” is not once in the abstract of ${id}`);
    return {
      question: words,
      answers: answers ?? [],
      paper,
      half: ids.indexOf(id) % 2 === 0 ? 'chosen' : 'held',
    };
  });
}

async function readPapers(data: string, ids: ReadonlySet<string>): Promise<Map<string, Paper>> {
  const papers = new Map<string, Paper>();
  const file = createReadStream(arxivFile(data)).pipe(createGunzip());
  for await (const line of createInterface({ input: file })) {
    if (line === '') continue;
    const { id, title, abstract } = row.parse(JSON.parse(line));
    if (!ids.has(id) || papers.has(id)) continue;
    const words = abstract.replace(/\s+/g, ' ').trim();
    papers.set(id, { id, title, abstract: words, authors: [], categories: [], keywords: [] });
  }
  return papers;
}
