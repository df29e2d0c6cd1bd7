/** A folder with many papers for the program: imported, learned and indexed before anything is measured. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, createWriteStream } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import type { DatabaseConnection } from '../../../src/db/connection.ts';
import { openDatabase } from '../../../src/db/open.ts';
import type { PaperRecord } from '../../../src/papers/paper.ts';
import { INDEXED_FROM } from '../../../src/papers/paper-index-store.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openWordIndexReader } from '../../../src/search/word-index/index-reader.ts';
import { indexFolder } from '../../../src/search/word-index/manifest.ts';
import { INDEX_FORM } from '../../../src/text/index-text.ts';
import { dayOf } from '../../../src/time/clock.ts';
import { readLines } from '../papers.ts';
import { CLI } from '../process.ts';

const LOOK_AGAIN_MS = 1_000;
const DAY_MS = 86_400_000;
const LIST_DAYS = 60;
const LIST_PAPERS = 30;

/** Copies a folder that was prepared before; it stays as it is. */
export async function copyStore(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE });
}

/** Imports the first papers of a file, learns them, and waits for the word index. */
export async function prepareStore(file: string, papers: number, folder: string): Promise<void> {
  const part = `${folder}.jsonl`;
  await pipeline(Readable.from(linesWithEnds(file, papers)), createWriteStream(part));
  await runVerb(folder, ['import', part]);
  await runVerb(folder, ['learn']);
  const program = spawn(process.execPath, [CLI, 'start'], {
    env: { ...process.env, DATA_DIR: folder, SOURCES: 'none' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(program, 'exit');
  await untilIndexed(join(folder, 'paperboy.db'));
  program.stdin.end();
  await ended;
}

/** Puts papers on the lists of the last days, as Hugging Face does, so that there is something in trend. */
export async function addLists(database: string, papers: readonly PaperRecord[]): Promise<void> {
  const connection = openDatabase(database);
  const store = openPaperStore(connection);
  const now = Date.now();
  for (let back = 0; back < LIST_DAYS; back++) {
    const day = dayOf(new Date(now - back * DAY_MS));
    const listed = papers.slice(back * LIST_PAPERS, (back + 1) * LIST_PAPERS).map((paper, index) => {
      const votes = 2 * (LIST_PAPERS - index);
      return { ...paper, votes, appearances: [{ day, rank: index + 1, votes, comments: 0 }] };
    });
    await store.importBatch(listed, { source: 'hugging-face', at: `${day}T12:00:00Z` });
  }
  connection.close();
}

export function countPapers(connection: DatabaseConnection): number {
  return Number(connection.prepare('SELECT count(*) FROM papers').pluck().get());
}

async function untilIndexed(database: string): Promise<void> {
  const connection = openDatabase(database, { readonly: true });
  const papers = countPapers(connection);
  connection.close();
  if (papers < INDEXED_FROM) return;
  const reader = openWordIndexReader({ folder: indexFolder(database), form: INDEX_FORM, cacheMegabytes: 1 });
  while (reader.search((index) => index.papers) !== papers) await setTimeout(LOOK_AGAIN_MS);
  reader.close();
}

async function runVerb(folder: string, words: readonly string[]): Promise<void> {
  const program = spawn(process.execPath, [CLI, ...words], {
    env: { ...process.env, DATA_DIR: folder, SOURCES: 'none' },
    stdio: 'ignore',
  });
  const [status] = await once(program, 'exit');
  if (status !== 0) throw new Error(`paperboy ${words.join(' ')} ended with ${status}`);
}

async function* linesWithEnds(file: string, limit: number): AsyncGenerator<string> {
  for await (const line of readLines(file, limit)) yield `${line}\n`;
}
