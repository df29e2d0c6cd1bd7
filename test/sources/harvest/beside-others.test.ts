/** A harvest beside an imported snapshot, the other requests to arXiv, and the other users of the store. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFile } from '../../../src/import/import-papers.ts';
import { openImportProgressStore } from '../../../src/import/import-store.ts';
import { openHarvest } from '../../../src/sources/harvest/harvest.ts';
import { atom, type Handler } from '../../fakes/sources/http-server.ts';
import type { OaiPaper } from '../../fakes/sources/oai-server.ts';
import { temporaryFolder } from '../../support/database.ts';
import { readFixture } from '../../support/fixtures.ts';
import { oaiId, oaiPaper, oaiPapers } from '../../support/oai-papers.ts';
import { idsOf, never, openHarvesting, PAGE } from './frame.ts';

/** A row of the snapshot from Kaggle. */
function snapshotRow({ id, title, abstract, versions, categories }: OaiPaper, index: number): string {
  const first = [`Author${index}`, 'A.', ''];
  const authors =
    index % 3 === 0
      ? [
          [...first, 'LJLL'],
          ['Sample', "Fr\\'ed\\'eric", ''],
          ['Test', 'C.', ''],
        ]
      : [first];
  return JSON.stringify({
    ...{ id, title, abstract: `  ${abstract}\n`, categories: categories.join(' '), authors_parsed: authors },
    ...{ comments: null, 'journal-ref': null, doi: null, update_date: '2026-08-30', license: null },
    versions: versions.map(({ date }, number) => ({ version: `v${number + 1}`, created: date })),
  });
}

async function open(papers: readonly OaiPaper[]) {
  const frame = await openHarvesting(papers);
  const progress = openImportProgressStore(frame.connection);
  const importSnapshot = (snapshot: readonly OaiPaper[]) => {
    const path = join(temporaryFolder(), 'snapshot.json');
    writeFileSync(path, snapshot.map(snapshotRow).join('\n'));
    return importFile({ path, papers: frame.papers, progress, clock: frame.clock });
  };
  return { ...frame, importSnapshot };
}

describe('an imported snapshot and a harvest', () => {
  const [v1, v2] = [{ date: 'Mon, 05 Jan 2015 10:00:00 GMT' }, { date: 'Tue, 01 Sep 2026 10:00:00 GMT' }];

  it('have each paper once, and the harvest changes nothing that is the same', async () => {
    const all = oaiPapers(600);
    const { importSnapshot, readAll, storedIds, harvest } = await open(all);
    expect(await importSnapshot(all.slice(0, 400))).toMatchObject({ added: 400, skipped: 0 });
    expect(await harvest.run(0, never)).toMatchObject({ added: 0, updated: 0 });
    await readAll();
    expect(storedIds()).toEqual(idsOf(all));
  });

  it('keep the newest version, in either order', async () => {
    const old = oaiPaper(1, '2026-08-01', { versions: [v1], title: 'Old Title' });
    const replaced = oaiPaper(1, '2026-09-01', { versions: [v1, v2], title: 'New Title', doi: '10.1/x' });
    for (const order of ['snapshot first', 'harvest first']) {
      const { importSnapshot, readAll, papers, storedIds } = await open([
        oaiPaper(0, '2026-08-01'),
        replaced,
      ]);
      if (order === 'harvest first') await readAll();
      await importSnapshot([oaiPaper(0, '2026-08-01'), old]);
      if (order === 'snapshot first') await readAll();
      expect(storedIds()).toHaveLength(2);
      expect(await papers.find(oaiId(1))).toMatchObject({ title: 'New Title', version: 2, doi: '10.1/x' });
    }
  });
});

describe('other requests to arXiv', () => {
  const hang: Handler = () => {};

  it('do not wait for a page, which is requested again afterwards', async () => {
    const { server, arxiv } = await openHarvesting([]);
    const page = readFixture('oai/seq_arXivRaw_6.xml.gz');
    server.on('/oai', hang, atom(page));
    server.on('/api/query', atom(readFixture('arxiv/entry.synthetic.xml')));
    const reading = arxiv.metadata.records({}, never);
    await expect.poll(() => server.requests.length).toBe(1);
    expect((await arxiv.query({ ids: ['2603.90001'] })).records).toHaveLength(1);
    expect((await reading).records).toHaveLength(22);
    expect(server.requests.map(({ path }) => path)).toEqual(['/oai', '/api/query', '/oai']);
  });

  it('wait for a page that made way three times, so that a harvest gets on', async () => {
    const { server, arxiv } = await openHarvesting([]);
    const page = readFixture('oai/seq_arXivRaw_6.xml.gz');
    const late: Handler = async (request, response) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await atom(page)(request, response);
    };
    server.on('/oai', hang, hang, hang, late);
    server.on('/api/query', atom(readFixture('arxiv/entry.synthetic.xml')));
    const reading = arxiv.metadata.records({}, never);
    const pages = () => server.requests.filter(({ path }) => path === '/oai').length;
    for (let time = 1; time <= 4; time++) {
      await expect.poll(pages).toBe(time);
      await arxiv.query({ ids: ['2603.90001'] });
    }
    expect((await reading).records).toHaveLength(22);
    expect(pages()).toBe(4);
  });

  it('end with the harvest’s own stop, which is no failure of arXiv', async () => {
    const { server, harvest } = await openHarvesting(oaiPapers(10));
    server.on('/oai', hang);
    const stop = new AbortController();
    const running = harvest.run(0, stop.signal);
    await expect.poll(() => server.requests.length).toBe(1);
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
  });
});

describe('a page', () => {
  it('is written in transactions of fifty papers, between which others get their turn', async () => {
    const { papers, options, plan } = await openHarvesting(oaiPapers(600));
    const sizes: number[] = [];
    const importBatch: typeof papers.importBatch = (records, context) => {
      sizes.push(records.length);
      return papers.importBatch(records, context);
    };
    await openHarvest(plan, { ...options, papers: { ...papers, importBatch } }).run(0, never);
    expect(sizes).toEqual(Array.from({ length: PAGE / 50 }, () => 50));
  });
});
