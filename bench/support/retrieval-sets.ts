/**
 * Retrieval sets: every folder of `bench/` in the recorded data that has a corpus, queries and judgements.
 */
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { PaperRecord } from '../../src/papers/paper.ts';

export interface RetrievalQuery {
  readonly text: string;
  /** Gain of each relevant paper, by the index of its record. Never empty. */
  readonly relevant: ReadonlyMap<number, number>;
}

export interface RetrievalSet {
  readonly name: string;
  readonly records: readonly PaperRecord[];
  readonly queries: readonly RetrievalQuery[];
}

interface CorpusLine {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** Folder names that are longer than the name in the figures. */
const NAMES: Readonly<Record<string, string>> = { scitldr_knownitem: 'knownitem' };

/** All sets in the folder `bench` of the recorded data, sorted by name; none if there is no such folder. */
export async function readRetrievalSets(data: string): Promise<RetrievalSet[]> {
  const root = join(data, 'bench');
  if (!existsSync(root)) return [];
  const sets: RetrievalSet[] = [];
  for (const folder of readdirSync(root).sort()) {
    const files = readdirSync(join(root, folder)).map((file) => join(root, folder, file));
    const named = (pattern: RegExp) => files.find((file) => pattern.test(file));
    const corpus = named(/\/corpus\.jsonl\.gz$/);
    const queries = named(/\/queries[^/]*\.jsonl$/);
    const judgements = named(/\/qrels[^/]*\.tsv$/);
    if (corpus === undefined || queries === undefined || judgements === undefined) continue;
    sets.push(await readSet(NAMES[folder] ?? folder, corpus, queries, judgements));
  }
  return sets;
}

async function readSet(
  name: string,
  corpus: string,
  queries: string,
  judgements: string,
): Promise<RetrievalSet> {
  const targets = new Map<string, number>();
  const records: PaperRecord[] = [];
  for await (const line of linesOf(corpus)) {
    const { id, title, text } = JSON.parse(line) as CorpusLine;
    targets.set(id, records.length);
    records.push({ id: toArxivId(records.length), title, abstract: text });
  }
  const relevant = new Map<string, Map<number, number>>();
  for await (const line of linesOf(judgements)) {
    const [query = '', paper = '', gain = ''] = line.split('\t');
    const channel = targets.get(paper);
    if (channel === undefined || !(Number(gain) > 0)) continue;
    relevant.set(query, (relevant.get(query) ?? new Map<number, number>()).set(channel, Number(gain)));
  }
  const evaluated: RetrievalQuery[] = [];
  for await (const line of linesOf(queries)) {
    const { id, text } = JSON.parse(line) as { readonly id: string; readonly text: string };
    const answers = relevant.get(id);
    if (answers) evaluated.push({ text, relevant: answers });
  }
  return { name, records, queries: evaluated };
}

/**
 * Gives each paper its own arXiv ID (2001.00000 and up, 99,999 a month), so that papers with the same title
 * stay separate.
 */
export function toArxivId(channel: number): string {
  const month = String(Math.floor(channel / 99_999) + 1).padStart(2, '0');
  return `20${month}.${String((channel % 99_999) + 1).padStart(5, '0')}`;
}

/** The inverse of `toArxivId`. */
export function fromArxivId(id: string): number {
  return (Number(id.slice(2, 4)) - 1) * 99_999 + Number(id.slice(5)) - 1;
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const stream = createReadStream(file);
  const input = file.endsWith('.gz') ? stream.pipe(createGunzip()) : stream;
  for await (const line of createInterface({ input })) if (line !== '') yield line;
}
