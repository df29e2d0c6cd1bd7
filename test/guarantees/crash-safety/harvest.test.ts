/**
 * A first harvest of all papers is complete and has each paper once, although its process is killed at any
 * write and the server fails in every way it can.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openHttpServer } from '../../fakes/sources/http-server.ts';
import { type OaiFault, oaiHandler, openOaiPapers } from '../../fakes/sources/oai-server.ts';
import { openTestSqlite, temporaryFolder } from '../../support/database.ts';
import { seededRandom } from '../../support/delivery.ts';
import { oaiPaper, oaiPapers } from '../../support/oai-papers.ts';

const IS_LONG = process.env['TEST_FAULTS'] !== undefined;
const [PAPERS, PAGE] = IS_LONG ? [100_000, 1_300] : [2_000, 100];
const KILLS = 20;
const PROCESS = join(import.meta.dirname, '../../support/harvest-process.ts');
const FAULTS: readonly OaiFault[] = ['busy', 'down', 'cut', 'drop', 'forget', 'repeat', 'end'];

/** @returns the signal that ended the process, or null */
async function harvest(database: string, url: string, killAt: number): Promise<NodeJS.Signals | null> {
  const args = [PROCESS, database, url, String(killAt)];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: 'ignore' });
  const [status, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (signal === null) expect(status).toBe(0);
  return signal;
}

it('a harvest is complete and has each paper once, after 20 kills and with a server that fails', {
  timeout: IS_LONG ? 3_600_000 : 240_000,
}, async () => {
  const random = seededRandom(11);
  const papers = openOaiPapers(oaiPapers(PAPERS));
  const server = await openHttpServer();
  const today = () => new Date().toISOString().slice(0, 10);
  server.on(
    '/oai',
    oaiHandler({
      ...{ papers, now: () => new Date(), pageSize: PAGE, idPageSize: 10 * PAGE },
      fault() {
        // A change of a paper, which moves it to the end of the list.
        if (random() < 0.1) papers.put(oaiPaper(Math.floor(random() * PAPERS), today()));
        return random() < 0.15 ? FAULTS[Math.floor(random() * FAULTS.length)] : undefined;
      },
    }),
  );
  const database = join(temporaryFolder(), 'paperboy.db');
  let kills = 0;
  while (kills < KILLS) {
    // Each write is counted twice.
    const killAt = 2 + Math.floor(random() * (PAPERS / KILLS) * 2);
    const signal = await harvest(database, server.url, killAt);
    if (signal === 'SIGKILL') kills += 1;
    else break;
  }
  expect(kills).toBe(KILLS);
  expect(await harvest(database, server.url, 0)).toBeNull();
  const connection = await openTestSqlite(database);
  expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
  const ids = connection.prepare<[], string>('SELECT id FROM papers ORDER BY id').pluck().all();
  const expected = papers
    .sorted()
    .map(({ id }) => id)
    .toSorted();
  expect(ids.length).toBe(expected.length);
  expect(ids).toEqual(expected);
  const indexed = connection.prepare<[], number>('SELECT count(*) FROM papers_fts').pluck().get();
  expect(indexed).toBe(PAPERS);
  const state = connection.prepare('SELECT phase, complete_to FROM harvests').get();
  expect(state).toEqual({ phase: 'rest', complete_to: expect.any(String) });
});
