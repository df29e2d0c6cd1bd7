/** Each digest is in the ledger once, even if the process is killed at any write. */
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openChangeRecorder } from '../../../src/changes/change-recorder-store.ts';
import { migrate } from '../../../src/db/migrator.ts';
import { openDatabase } from '../../../src/db/open.ts';
import { DIGEST_PACES } from '../../../src/inbox/inbox.ts';
import { openInboxStore } from '../../../src/inbox/inbox-store.ts';
import { openLibrary } from '../../../src/library/library-store.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openTestSqlite, temporaryFolder } from '../../support/database.ts';
import { seededRandom } from '../../support/delivery.ts';
import { listedPapers, samplePaper } from '../../support/papers.ts';

const IS_LONG = process.env['TEST_FAULTS'] !== undefined;
const KILLS = IS_LONG ? 200 : 8;
const PEOPLE = 12;
/** Writes of one life: more than one digest has, and fewer than all of them. */
const MOST_WRITES = 60;
/** A Monday on which all paces are due, and the days after it. */
const MORNINGS = ['2026-06-01T09:00:30Z', '2026-06-02T09:00:30Z', '2026-06-03T09:00:30Z'];
const PROCESS = join(import.meta.dirname, '../../support/digest-process.ts');

async function prepare(path: string): Promise<void> {
  const connection = openDatabase(path);
  await migrate(connection);
  const papers = openPaperStore(connection, openChangeRecorder(connection));
  const [asked, later] = ['2026-05-29T12:00:00Z', '2026-05-31T12:00:00Z'];
  const saved = { id: '2605.00001', version: 1, title: 'Routing Tokens' };
  await papers.importBatch([samplePaper(saved)], { source: 'arxiv', at: asked });
  for (let at = 0; at < PEOPLE; at++) {
    const person = { platform: 'slack', workspace: 'T1', person: `p${at}`, team: 'slack:T1' };
    const pace = DIGEST_PACES[at % DIGEST_PACES.length];
    await openInboxStore(connection).set(person, pace ? { pace } : {}, 'UTC', new Date(asked));
    if (at % 2 === 0) await openLibrary(connection).save(person, saved.id, asked);
  }
  const changed = samplePaper({ ...saved, version: 2, title: 'Routing Tokens Twice' });
  await papers.importBatch([changed], { source: 'arxiv', at: later });
  await papers.importBatch(listedPapers('2026-05-29', 12), { source: 'hugging-face', at: later });
  connection.close();
}

/** @returns true if the process was killed */
function send(path: string, now: string, killAt: number): boolean {
  const args = [PROCESS, path, now, String(killAt)];
  const { status, signal, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (signal !== 'SIGKILL') expect(status, stderr).toBe(0);
  return signal === 'SIGKILL';
}

async function outcomeIn(path: string) {
  const connection = await openTestSqlite(path);
  expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
  const all = (sql: string) => connection.prepare(sql).all();
  return {
    digests:
      all(`SELECT r.person, d.day, d.card FROM deliveries AS d JOIN recipients AS r ON d.channel = '@' || r.id
      ORDER BY r.person, d.day, d.paper`),
    shown: all(`SELECT person, paper FROM inbox_papers JOIN inboxes ON id = inbox ORDER BY person, paper`),
    next: all('SELECT person, next_at, changes_seen, since FROM inboxes ORDER BY person'),
  };
}

it('each digest is added once with its papers, whatever write the process is killed at', {
  timeout: IS_LONG ? 7_200_000 : 240_000,
}, async () => {
  const folder = temporaryFolder();
  const prepared = join(folder, 'prepared.db');
  await prepare(prepared);
  const calm = join(folder, 'calm.db');
  copyFileSync(prepared, calm);
  for (const now of MORNINGS) send(calm, now, 0);
  const expected = await outcomeIn(calm);
  // Everyone gets one on Monday, and those with a digest every weekday the rest of the list afterwards.
  expect(expected.digests.length).toBeGreaterThan(PEOPLE);
  const random = seededRandom(26);
  let kills = 0;
  for (let round = 0; kills < KILLS; round++) {
    const path = join(folder, `${round}.db`);
    copyFileSync(prepared, path);
    for (const now of MORNINGS) {
      let isKilled = true;
      while (isKilled) {
        isKilled = send(path, now, kills < KILLS ? 1 + Math.floor(random() * MOST_WRITES) : 0);
        kills += Number(isKilled);
      }
    }
    expect(await outcomeIn(path)).toEqual(expected);
  }
});
