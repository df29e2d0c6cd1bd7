/**
 * Harvests all papers of a server into a database, as a process that kills itself at the n-th write:
 * `harvest-process.ts DATABASE SERVER KILL_AT`. Ends with 0 when the harvest is complete.
 */
import { openChangeRecorder } from '../../src/changes/change-recorder-store.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import { openArxiv } from '../../src/sources/arxiv/arxiv.ts';
import { openHarvest } from '../../src/sources/harvest/harvest.ts';
import { openHarvestStore } from '../../src/sources/harvest/harvest-store.ts';
import { killAtWrite } from './kill-at-write.ts';
import { skippingClock } from './skipping-clock.ts';

const [database = '', url = '', killAt = '0'] = process.argv.slice(2);

const connection = openDatabase(database);
await migrate(connection);
killAtWrite(connection, ['papers', 'harvests', 'harvest_missing'], Number(killAt));
const clock = skippingClock(new Date().toISOString());
const arxiv = openArxiv({ apiUrl: url, rssUrl: url, oaiUrl: `${url}/oai`, clock });
const papers = openPaperStore(connection, openChangeRecorder(connection));
const harvest = openHarvest(
  { name: 'all', isChecked: true, longestPauseMs: 1_200_000 },
  { server: arxiv.metadata, store: openHarvestStore(connection), papers, clock, random: Math.random },
);
const signal = new AbortController().signal;
for (let done = false; !done; ) {
  done = await harvest.run(Number.POSITIVE_INFINITY, signal).then(
    ({ isUnfinished }) => !isUnfinished,
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      return false;
    },
  );
}
connection.close();
await arxiv.close();
