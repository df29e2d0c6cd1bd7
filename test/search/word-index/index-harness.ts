/** A database with its word index, and everything that the index contains. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openSegment } from '../../../src/search/postings/segment.ts';
import { markReplaced } from '../../../src/search/postings/segment-set.ts';
import { SegmentScan } from '../../../src/search/postings/writing/segment-scan.ts';
import { openWordIndexReader } from '../../../src/search/word-index/index-reader.ts';
import { openWordIndexWriter, type WordIndexWriter } from '../../../src/search/word-index/index-writer.ts';
import { readManifest } from '../../../src/search/word-index/manifest.ts';
import { openWordChangeStore } from '../../../src/search/word-index/word-change-store.ts';
import { expectedTerms } from '../postings/expected-terms.ts';

export const FORM = 1;
const AT = '2026-05-29T12:00:00Z';

/** Length and frequencies of each paper, by key. */
export type IndexContents = ReadonlyMap<number, string>;

export function openTestWriter(
  connection: DatabaseConnection,
  folder: string,
  pause: () => Promise<void> = async () => {},
): WordIndexWriter {
  const changes = openWordChangeStore(connection);
  const writer = openWordIndexWriter({ folder, form: FORM, changes, pause });
  onTestFinished(() => writer.close());
  return writer;
}

export function openTestReader(folder: string) {
  const reader = openWordIndexReader({ folder, form: FORM, cacheMegabytes: 0 });
  onTestFinished(() => reader.close());
  return reader;
}

/** Takes steps until nothing is left to do. */
export async function syncFully(writer: WordIndexWriter): Promise<void> {
  while ((await writer.sync()).isBehind);
  await writer.merged();
}

export async function bringPapers(
  connection: DatabaseConnection,
  records: readonly PaperRecord[],
): Promise<void> {
  await openPaperStore(connection).importBatch(records, { source: 'arxiv', at: AT });
}

/** Every posting of every segment that counts. */
export function contentsOf(folder: string): IndexContents {
  const manifest = readManifest(folder, FORM);
  const segments = (manifest?.segments ?? []).map((name) => openSegment(join(folder, name), name, FORM));
  markReplaced(segments);
  const found = new Map<number, { readonly length: number; readonly terms: Map<number, number> }>();
  for (const segment of segments) {
    const { keys, lengths, terms } = segment.directory;
    for (const [paper, key] of keys.entries())
      if (!segment.isDead(paper)) found.set(key, { length: lengths[paper] ?? 0, terms: new Map() });
    const scan = new SegmentScan(segment);
    for (const term of terms)
      scan.next((papers, frequencies, count) => {
        for (let n = 0; n < count; n++) {
          const paper = papers[n] ?? 0;
          if (!segment.isDead(paper)) found.get(keys[paper] ?? 0)?.terms.set(term, frequencies[n] ?? 0);
        }
      });
    segment.close();
  }
  return toContents(found);
}

/** What the index must contain. */
export function expectedContents(connection: DatabaseConnection): IndexContents {
  const rows = connection
    .prepare<[], { pk: number; title: string; abstract: string; authors: string }>(
      'SELECT pk, title, abstract, authors FROM papers',
    )
    .all();
  return toContents(
    new Map(
      rows.map((row) => [
        row.pk,
        { length: row.title.length + row.abstract.length, terms: expectedTerms(row) },
      ]),
    ),
  );
}

function toContents(
  papers: ReadonlyMap<number, { readonly length: number; readonly terms: ReadonlyMap<number, number> }>,
): IndexContents {
  const text = ({ length, terms }: { length: number; terms: ReadonlyMap<number, number> }) =>
    `${length}: ${[...terms].sort(([a], [b]) => a - b).join(' ')}`;
  return new Map([...papers].sort(([a], [b]) => a - b).map(([key, paper]) => [key, text(paper)]));
}
