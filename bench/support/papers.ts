/** Real papers, for benchmarks that need many. */
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { PaperRecord } from '../../src/papers/paper.ts';

interface MetaLine {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors: string[];
  readonly categories: string[];
  readonly comment: string | null;
  readonly first_listed: string;
}

export function arxivFile(data: string): string {
  return join(data, 'arxiv', 'arxiv_meta.jsonl.gz');
}

/** The first `limit` recorded arXiv papers, or `undefined` if there is no recording. */
export async function readArxivPapers(data: string, limit: number): Promise<PaperRecord[] | undefined> {
  const file = arxivFile(data);
  if (!existsSync(file)) return undefined;
  const records: PaperRecord[] = [];
  for await (const record of readPapers(file, limit)) records.push(record);
  return records;
}

/** Papers of a file of JSON lines, which may be compressed, one at a time. */
export async function* readPapers(file: string, limit: number): AsyncGenerator<PaperRecord> {
  for await (const line of readLines(file, limit)) {
    const { id, title, abstract, authors, categories, comment, first_listed } = JSON.parse(line) as MetaLine;
    yield {
      id,
      title,
      abstract,
      authors,
      categories,
      published: first_listed,
      ...(comment !== null && { comment }),
    };
  }
}

/** The first lines of a file that may be compressed. */
export async function* readLines(file: string, limit: number): AsyncGenerator<string> {
  const stream = createReadStream(file);
  const input = file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream;
  let count = 0;
  for await (const line of createInterface({ input })) {
    if (count++ === limit) return;
    yield line;
  }
}
