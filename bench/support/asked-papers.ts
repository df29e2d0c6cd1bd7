/** Papers with questions that people asked about them (PubMedQA, QASPER, COVID-QA, BAMBOO). */
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';

const askedPaper = z.object({
  id: z.string(),
  title: z.string(),
  sections: z.array(z.object({ heading: z.string(), paragraphs: z.array(z.string()) })),
  questions: z.array(z.object({ question: z.string(), answers: z.array(z.string()) })),
});
export type AskedPaper = z.infer<typeof askedPaper>;

/** A question about another paper: at least two of its words are not in this one. */
const foreignQuestion = z.object({ set: z.string(), paper_id: z.string(), question: z.string() });
export type ForeignQuestion = z.infer<typeof foreignQuestion>;

/** @returns no papers if the set is not in the data folder */
export function readAskedPapers(data: string, set: string): Promise<AskedPaper[]> {
  return readLines(data, set, (line) => askedPaper.parse(line));
}

export function readForeignQuestions(data: string): Promise<ForeignQuestion[]> {
  return readLines(data, 'foreign-questions', (line) => foreignQuestion.parse(line));
}

async function readLines<Line>(data: string, name: string, parse: (line: unknown) => Line): Promise<Line[]> {
  const path = join(data, 'fulltext', 'qa', `${name}.jsonl.gz`);
  if (!existsSync(path)) return [];
  const lines: Line[] = [];
  for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) })) {
    if (line !== '') lines.push(parse(JSON.parse(line)));
  }
  return lines;
}
