/**
 * Learns vectors of terms from arXiv abstracts and writes `data/meaning/arxiv-vectors.bin`, which is shipped
 * for stores that are too small to learn from:
 *
 *     BENCH_DATA=FOLDER node bench/training/train-meaning.ts
 *
 * It takes a few minutes. The same input gives the same bytes. Papers of the benchmarks are left out.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBags } from '../../src/search/lsa/bag.ts';
import { learn } from '../../src/search/lsa/learn.ts';
import type { LsaModel } from '../../src/search/lsa/model.ts';
import { toModelBytes } from '../../src/search/lsa/model-bytes.ts';
import { toTermVector } from '../../src/search/text/term-vector.ts';
import { pack } from '../../src/search/text/vector.ts';
import { titleKey } from '../../src/text/ids.ts';
import { ARXIV_PAPERS } from '../support/alike.ts';
import { readArxivPapers } from '../support/papers.ts';
import { readRetrievalSets } from '../support/retrieval-sets.ts';
import { trainByContrast } from './contrast.ts';

const DIMENSIONS = 128;
/** 1.7 MB. With 16,000 terms, no set was better by more than chance. */
const TERMS = 12_000;
/** Further rounds lower the loss, but not the errors of a search. */
const EPOCHS = 4;
/** Root of the mean square at the beginning, so that Adam's steps are small beside it. */
const START = 0.1;

const data = process.env['BENCH_DATA'] ?? '';
const papers = await readArxivPapers(data, Number.POSITIVE_INFINITY);
if (!papers) throw new Error(`no arxiv/arxiv_meta.jsonl.gz in “${data}”`);
const sets = await readRetrievalSets(data);
const tested = new Set(sets.flatMap(({ records }) => records.map(({ title }) => titleKey(title))));
const used = papers.slice(ARXIV_PAPERS).filter(({ title }) => !tested.has(titleKey(title)));

const [both, titles, abstracts] = [openBags(), openBags(), openBags()];
for (const { title, abstract } of used) {
  both.add(toTermVector({ title, abstract }));
  titles.add(toTermVector({ title: '', abstract: title }));
  abstracts.add(toTermVector({ title: '', abstract }));
}
const learned = await learn(both.bags(), { dimensions: DIMENSIONS, pause: async () => {} });
print(`learned from ${used.length} papers`);
const { terms, vectors } = mostFrequent(learned);
trainByContrast(titles.bags(), abstracts.bags(), {
  terms,
  vectors,
  dimensions: DIMENSIONS,
  epochs: EPOCHS,
  onEpoch: (loss) => print(`loss ${loss.toFixed(3)}`),
});
const folder = join(import.meta.dirname, '../../data/meaning');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'arxiv-vectors.bin'), toModelBytes(packed(terms, vectors)));

/** The vectors of the most frequent terms, times their rarity. */
function mostFrequent({ terms: all, rarity, scales, vectors: bytes }: LsaModel) {
  const rows = [...all.keys()]
    .sort((a, b) => (rarity[a] as number) - (rarity[b] as number) || a - b)
    .slice(0, TERMS)
    .sort((a, b) => a - b);
  const chosen = Float32Array.from({ length: rows.length * DIMENSIONS }, (_, at) => {
    const row = rows[Math.floor(at / DIMENSIONS)] as number;
    const value = bytes[row * DIMENSIONS + (at % DIMENSIONS)] as number;
    return value * (scales[row] as number) * (rarity[row] as number);
  });
  const size = Math.sqrt(chosen.reduce((sum, value) => sum + value * value, 0) / chosen.length);
  return {
    terms: Uint32Array.from(rows, (row) => all[row] as number),
    vectors: chosen.map((value) => (value * START) / size),
  };
}

/** The rarity of a term is in the length of its vector. */
function packed(known: Uint32Array, trained: Float32Array): LsaModel {
  const rowOf = (row: number) => trained.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS);
  const rows = Array.from(known, (_, row) => rowOf(row));
  const bytes = new Int8Array(trained.length);
  for (const [row, vector] of rows.entries()) bytes.set(pack(vector), row * DIMENSIONS);
  const largest = (vector: Float32Array) =>
    vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return {
    dimensions: DIMENSIONS,
    terms: known,
    rarity: new Float32Array(known.length).fill(1),
    vectors: bytes,
    scales: Float32Array.from(rows, (vector) => largest(vector) / 127),
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
