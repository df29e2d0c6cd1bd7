/**
 * A process that adds and changes papers of the database that it is given, and keeps the word index, until it
 * is killed.
 */
import { setImmediate } from 'node:timers/promises';
import { openDatabase } from '../../../src/db/open.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openWordIndexWriter } from '../../../src/search/word-index/index-writer.ts';
import { openWordChangeStore } from '../../../src/search/word-index/word-change-store.ts';
import { openRandom } from '../postings/corpus.ts';

const [path = '', folder = '', seed = '0'] = process.argv.slice(2);
const connection = openDatabase(path);
const store = openPaperStore(connection);
const writer = openWordIndexWriter({
  folder,
  form: 1,
  changes: openWordChangeStore(connection),
  // Every merge is spread over many turns, so that most kills meet one.
  pause: () => setImmediate(),
});
const random = openRandom(Number(seed));
for (let round = 0; ; round++) {
  const records = Array.from({ length: 20 }, () => ({
    id: `2401.${String(1 + random(3_000)).padStart(5, '0')}`,
    title: `A title of the words ${random(50)} and ${random(5_000)}`,
    abstract: `Abstract ${seed} of round ${round}: ${Array.from({ length: 40 }, () => `word${random(900)}`).join(' ')}`,
    version: round,
  }));
  await store.importBatch(records, {
    source: 'arxiv',
    at: new Date(1_700_000_000_000 + round).toISOString(),
  });
  await writer.sync();
  process.stdout.write(`round ${round}\n`);
}
