/**
 * SciTLDR: abstracts of papers, with one-line summaries written by people
 * (https://github.com/allenai/scitldr).
 */
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { splitSentences } from '../../src/text/sentences/sentences.ts';

const row = z.object({ title: z.string(), sentences: z.array(z.string()), tldrs: z.array(z.string()) });

export type Row = z.infer<typeof row>;

const SPLIT = /^(\w+)\.jsonl\.gz$/;

/** @param data folder of the recorded data */
export function scitldrFolder(data: string): string {
  return join(data, 'summ', 'scitldr');
}

/** The available splits, by name. */
export async function scitldrSplits(data: string): Promise<string[]> {
  const files = await readdir(scitldrFolder(data)).catch(() => []);
  return files.flatMap((file) => SPLIT.exec(file)?.[1] ?? []).sort();
}

export async function readScitldr(data: string, split: string): Promise<Row[]> {
  const file = createReadStream(join(scitldrFolder(data), `${split}.jsonl.gz`)).pipe(createGunzip());
  const rows: Row[] = [];
  for await (const line of createInterface({ input: file })) {
    if (line !== '') rows.push(row.parse(JSON.parse(line)));
  }
  return rows;
}

/** Sentences as the product splits them, so that every figure chooses among the same ones. */
export function sentencesOf({ sentences }: Row): string[] {
  return splitSentences(sentences.join(' '));
}
