/** A poller over a real database, with its sources on loopback and a clock that the test controls. */
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { openChangeRecorder } from '../../../src/changes/change-recorder-store.ts';
import { openChangesStore } from '../../../src/changes/changes-store.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import type { PolledSource } from '../../../src/papers/source-names.ts';
import { openArxiv } from '../../../src/sources/arxiv/arxiv.ts';
import { openArxivSource } from '../../../src/sources/arxiv/arxiv-source.ts';
import { openHarvestSource } from '../../../src/sources/arxiv/harvest-source.ts';
import { openAnnouncementStore } from '../../../src/sources/harvest/announcement-store.ts';
import { openHarvestStore } from '../../../src/sources/harvest/harvest-store.ts';
import { openHuggingFaceSource } from '../../../src/sources/hugging-face/hugging-face-source.ts';
import { openPoller } from '../../../src/sources/polling/poller.ts';
import { openSemanticScholarSource } from '../../../src/sources/semantic-scholar/semantic-scholar-source.ts';
import type { Source } from '../../../src/sources/source.ts';
import { openSourceStore } from '../../../src/sources/source-store.ts';
import type { Day } from '../../../src/time/clock.ts';
import { atom, type Handler, json, openHttpServer } from '../../fakes/sources/http-server.ts';
import { openTestDatabase } from '../../support/database.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { readFixture } from '../../support/fixtures.ts';

export const LIST = '/api/daily_papers';
export const OAI = '/oai';
export const FEED = '/atom/cs.LG';
export const never = new AbortController().signal;

export function listRow(id: string, votes: number) {
  const paper = {
    id,
    authors: [],
    publishedAt: '2026-03-01T00:00:00.000Z',
    title: `Paper ${id}`,
    summary: 'S',
    upvotes: votes,
  };
  return { paper, numComments: 0 };
}

/** A loopback Hugging Face with lists that the test fills, next to an arXiv and a Semantic Scholar. */
export async function openPolling(names: readonly PolledSource[], now = '2026-03-13T12:00:00.000Z') {
  const server = await openHttpServer();
  const clock = fakeClock(now);
  const connection = await openTestDatabase();
  const papers = openPaperStore(connection, openChangeRecorder(connection));
  const changes = openChangesStore(connection);
  const state = openSourceStore(connection);
  const lists = new Map<Day, object[]>();
  const lines: Array<{ level: number; msg: string }> = [];
  const asked = () => server.requests.map(({ query, path }) => query.get('date') ?? path);

  const serveLists: Handler = (request, response) => {
    const list = lists.get(request.query.get('date') ?? '') ?? [];
    const etag = `"${JSON.stringify(list).length}"`;
    if (request.headers['if-none-match'] !== etag)
      return json(list, { headers: { etag } })(request, response);
    response.writeHead(304);
    response.end();
  };
  server.on(LIST, serveLists);
  server.on(FEED, atom(readFixture('arxiv/daily.synthetic.xml'), { headers: { etag: '"d"' } }));

  const shared = { clock, retryDelayMs: 0 };
  const client = openArxiv({
    ...shared,
    apiUrl: server.url,
    rssUrl: server.url,
    oaiUrl: `${server.url}${OAI}`,
  });
  onTestFinished(() => client.close());
  const arxiv = openArxivSource({ arxiv: client, categories: ['cs.LG'], clock });
  const all: Readonly<Partial<Record<PolledSource, Source>>> = {
    'hugging-face': openHuggingFaceSource({ ...shared, endpoint: server.url }),
    arxiv,
    'arxiv-all': openHarvestSource({ arxiv: client, sets: [], clock }),
    'semantic-scholar': openSemanticScholarSource({ ...shared, url: server.url }),
  };
  const harvests = openHarvestStore(connection);
  const announcements = openAnnouncementStore(connection);
  const context = { papers, state, changes, harvests, announcements, random: () => 0.5 };
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const start = () =>
    openPoller({ ...context, jobs: names.flatMap((name) => all[name]?.jobs(context) ?? []), clock, log });
  /** A poller for the jobs that can take minutes. */
  const startLong = () =>
    openPoller({
      ...context,
      jobs: names.flatMap((name) => all[name]?.longJobs?.(context) ?? []),
      clock,
      log,
    });
  return {
    ...{ harvests, announcements, startLong, context },
    server,
    clock,
    connection,
    papers,
    changes,
    state,
    lists,
    lines,
    asked,
    serveLists,
    start,
  };
}
