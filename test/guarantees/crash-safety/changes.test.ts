/** Each change of a saved paper is stored once, even if the process is killed at any write. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openChangesStore } from '../../../src/changes/changes-store.ts';
import { openTestSqlite, temporaryFolder } from '../../support/database.ts';
import { seededRandom } from '../../support/delivery.ts';

const IS_LONG = process.env['TEST_FAULTS'] !== undefined;
const KILLS = IS_LONG ? 200 : 5;
/** Writes of one life: more than one response has, and fewer than all of them. */
const MOST_WRITES = 24;
const EVENTS = join(import.meta.dirname, '../../fixtures/changes/replay.jsonl');
const PROCESS = join(import.meta.dirname, '../../support/replay-process.ts');

/** @returns true if the process was killed */
function replay(folder: string, killAt = 0): boolean {
  const path = (name: string) => join(folder, name);
  const args = [PROCESS, path('paperboy.db'), EVENTS, path('position'), String(killAt)];
  const { status, signal, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (signal !== 'SIGKILL') expect(status, stderr).toBe(0);
  return signal === 'SIGKILL';
}

async function changesIn(folder: string) {
  const connection = await openTestSqlite(join(folder, 'paperboy.db'));
  expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
  const changes = await openChangesStore(connection).since(0, 1_000);
  return changes.map(({ paper, version, sentence }) => ({ paper, version, sentence }));
}

describe('changes of saved papers', () => {
  it('are each stored once, whatever write the process is killed at', {
    timeout: IS_LONG ? 7_200_000 : 120_000,
  }, async () => {
    const calm = temporaryFolder();
    replay(calm);
    const expected = await changesIn(calm);
    expect(expected.length).toBeGreaterThan(10);
    const random = seededRandom(21);
    let kills = 0;
    while (kills < KILLS) {
      const folder = temporaryFolder();
      let isKilled = true;
      while (isKilled) {
        isKilled = replay(folder, kills < KILLS ? 1 + Math.floor(random() * MOST_WRITES) : 0);
        kills += Number(isKilled);
      }
      expect(await changesIn(folder)).toEqual(expected);
    }
  });
});
