/** A harvest over a real database, from a server of arXiv's metadata on loopback, with a clock that skips. */
import { onTestFinished } from 'vitest';
import { openChangeRecorder } from '../../../src/changes/change-recorder-store.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openArxiv } from '../../../src/sources/arxiv/arxiv.ts';
import { openHarvest } from '../../../src/sources/harvest/harvest.ts';
import { openHarvestStore } from '../../../src/sources/harvest/harvest-store.ts';
import { openHttpServer } from '../../fakes/sources/http-server.ts';
import { type OaiFault, type OaiPaper, oaiHandler, openOaiPapers } from '../../fakes/sources/oai-server.ts';
import { openTestDatabase } from '../../support/database.ts';
import { skippingClock } from '../../support/skipping-clock.ts';

export const never = new AbortController().signal;
export const PAGE = 250;

export async function openHarvesting(first: readonly OaiPaper[], now = '2026-09-01T06:00:00.000Z') {
  const server = await openHttpServer();
  const clock = skippingClock(now);
  const connection = await openTestDatabase();
  const papers = openPaperStore(connection, openChangeRecorder(connection));
  const store = openHarvestStore(connection);
  const remote = openOaiPapers(first);
  /** Instants of requests, by the clock. */
  const times: number[] = [];
  const faults: { next?: (number: number, query: URLSearchParams) => OaiFault | undefined } = {};
  server.on(
    '/oai',
    oaiHandler({
      papers: remote,
      now: clock.now,
      pageSize: PAGE,
      idPageSize: 4 * PAGE,
      tokensExpire: true,
      fault(number, { query }) {
        times.push(clock.elapsed());
        return faults.next?.(number, query);
      },
    }),
  );
  const arxiv = openArxiv({ apiUrl: server.url, rssUrl: server.url, oaiUrl: `${server.url}/oai`, clock });
  onTestFinished(() => arxiv.close());
  const options = { server: arxiv.metadata, store, papers, clock, random: () => 0.5 };
  const plan = { name: 'all', isChecked: true, longestPauseMs: 1_200_000 };
  const harvest = openHarvest(plan, options);
  const storedIds = () => connection.prepare<[], string>('SELECT id FROM papers ORDER BY id').pluck().all();
  return {
    ...{ server, clock, connection, papers, store, remote, times, faults, arxiv, options, plan, harvest },
    storedIds,
    /** Reads until the list is done, in runs of ten minutes. */
    async readAll() {
      let run = await harvest.run(clock.elapsed() + 600_000, never);
      while (run.isUnfinished) run = await harvest.run(clock.elapsed() + 600_000, never);
      return run;
    },
    verbs: () => server.requests.map(({ query }) => query.get('verb')),
  };
}

export function idsOf(papers: readonly OaiPaper[]): string[] {
  return papers.map(({ id }) => id).toSorted();
}
