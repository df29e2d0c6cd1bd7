import { describe, expect, it } from 'vitest';
import { openChangesStore } from '../../../src/changes/changes-store.ts';
import { openHarvestSource } from '../../../src/sources/arxiv/harvest-source.ts';
import { openAnnouncementStore } from '../../../src/sources/harvest/announcement-store.ts';
import { openSourceStore } from '../../../src/sources/source-store.ts';
import { oaiPaper } from '../../support/oai-papers.ts';
import { never, openHarvesting } from '../harvest/frame.ts';

async function open(sets: readonly string[]) {
  const papers = [
    oaiPaper(1, '2026-09-01', { categories: ['cs.LG', 'stat.ML'] }),
    oaiPaper(2, '2026-09-01', { categories: ['hep-th'] }),
    oaiPaper(3, '2026-09-01', { categories: ['astro-ph.GA'] }),
    oaiPaper(4, '2026-09-01', { categories: ['math.CO'] }),
  ];
  const frame = await openHarvesting(papers);
  return { ...frame, source: openHarvestSource({ arxiv: frame.arxiv, sets, clock: frame.clock }) };
}

describe('a harvest of some archives and categories', () => {
  it('requests their sets, and stores a paper of several once', async () => {
    const { source, server, connection, store, options } = await open([
      'cs',
      'stat.ML',
      'hep-th',
      'astro-ph',
    ]);
    const [job] =
      source.longJobs?.({
        ...{ ...options, harvests: store, state: openSourceStore(connection) },
        ...{ changes: openChangesStore(connection), announcements: openAnnouncementStore(connection) },
      }) ?? [];
    const result = await job?.run({ now: new Date('2026-09-01T06:00:00Z'), last: undefined, signal: never });
    expect(result).toMatchObject({ added: 3, isUnfinished: false });
    const sets = server.requests.flatMap(({ query }) => query.get('set') ?? []);
    expect([...new Set(sets)]).toEqual(['cs', 'stat:stat:ML', 'physics:hep-th', 'physics:astro-ph']);
    expect((await store.list()).map(({ name }) => name)).toEqual([
      'all astro-ph',
      'all cs',
      'all hep-th',
      'all stat.ML',
    ]);
  });

  it('is checked by the doctor', async () => {
    const { source, server } = await open(['cs']);
    expect(await source.examineSettings?.(never)).toMatchObject({ state: 'works', text: 'arXiv has cs' });
    const refusal = `<OAI-PMH><responseDate>2026-09-01T00:00:00Z</responseDate>
      <error code='badArgument'>Illegal. Reason: Set does not exist</error></OAI-PMH>`;
    server.on(
      '/oai',
      (_, response) => void response.writeHead(200, { 'content-type': 'text/xml' }).end(refusal),
    );
    expect(await source.examineSettings?.(never)).toMatchObject({
      state: 'broken',
      text: 'arXiv rejects cs. Compare ARXIV_SETS with https://arxiv.org/category_taxonomy',
    });
  });
});
