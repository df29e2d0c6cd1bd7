/** A process that adds, changes and fails to add papers of the PostgreSQL database that it is given. */
import { openPostgres } from '../../../src/db/postgres/postgres.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openRandom } from '../postings/corpus.ts';

const ROUNDS = 30;

const [url = '', seed = '0'] = process.argv.slice(2);
const connection = openPostgres(url);
const store = openPaperStore(connection);
const random = openRandom(Number(seed));
for (let round = 0; round < ROUNDS; round++) {
  const records = Array.from({ length: 1 + random(12) }, () => ({
    id: `2401.${String(1 + random(400)).padStart(5, '0')}`,
    title: `A title of the words ${random(50)} and ${random(5_000)}`,
    abstract: `Abstract ${seed} of round ${round}: word${random(900)}`,
    version: round,
  }));
  const at = new Date(1_700_000_000_000 + round).toISOString();
  const broken = { title: null as never, abstract: '' };
  const isFailing = random(4) === 0;
  await store
    .importBatch(isFailing ? [...records, broken] : records, { source: 'arxiv', at })
    .catch((error: unknown) => {
      if (!isFailing) throw error;
    });
}
connection.close();
