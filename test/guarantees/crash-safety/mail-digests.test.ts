/**
 * No digest is mailed twice, whatever write or answer the process is killed at, by a server that loses
 * answers. The person is told of each one that may not have arrived, and can read it in the chat.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { openChangeRecorder } from '../../../src/changes/change-recorder-store.ts';
import { migrate } from '../../../src/db/migrator.ts';
import { openDatabase } from '../../../src/db/open.ts';
import { openAddressSeal } from '../../../src/inbox/address-seal.ts';
import { openInboxStore } from '../../../src/inbox/inbox-store.ts';
import { openMailAddresses } from '../../../src/inbox/mail-address-store.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openFakeSmtp } from '../../fakes/smtp/fake-smtp.ts';
import { openTestSqlite, temporaryFolder } from '../../support/database.ts';
import { seededRandom } from '../../support/delivery.ts';
import { listedPapers } from '../../support/papers.ts';

const IS_LONG = process.env['TEST_FAULTS'] !== undefined;
const KILLS = IS_LONG ? 200 : 6;
const PEOPLE = 12;
/** Writes of one life: more than a few digests have, and fewer than all of them. */
const MOST_WRITES = 120;
const MORNINGS = ['2026-06-01T09:00:30Z', '2026-06-02T09:00:30Z', '2026-06-03T09:00:30Z'];
/** Between two lives of a morning. */
const RESTART_MS = 120_000;
const PROCESS = join(import.meta.dirname, '../../support/mail-process.ts');

async function prepare(path: string): Promise<void> {
  const connection = openDatabase(path);
  await migrate(connection);
  const asked = new Date('2026-05-29T12:00:00Z');
  const addresses = openMailAddresses(connection);
  const seal = openAddressSeal(undefined);
  for (let at = 0; at < PEOPLE; at++) {
    const person = { platform: 'slack', workspace: 'T1', person: `p${at}` };
    await openInboxStore(connection).set({ ...person, team: 'slack:T1' }, {}, 'UTC', asked);
    const address = seal.keep(`p${at}@lab.example`, person);
    await addresses.addCode({ person, address, addressHash: Buffer.of(at), code: '123456' }, asked);
    await addresses.tryCode(person, '123456', { id: `address-${at}`, token: `token-${at}` }, asked);
  }
  const papers = openPaperStore(connection, openChangeRecorder(connection));
  const at = '2026-05-31T12:00:00Z';
  await papers.importBatch(listedPapers('2026-05-29', 12), { source: 'hugging-face', at });
  connection.close();
}

/** Keys of the mails that a server has taken, in the order of their arrival. */
function keysOf(received: ReadonlyArray<{ readonly raw: string }>): string[] {
  return received.map(({ raw }) => /^Message-ID: <([^@]+)@/im.exec(raw)?.[1] ?? '');
}

async function endOf(child: ChildProcess): Promise<boolean> {
  const errors = child.stderr ? text(child.stderr) : '';
  const [status, signal] = await once(child, 'exit');
  if (signal !== 'SIGKILL') expect(status, await errors).toBe(0);
  return signal === 'SIGKILL';
}

it('no digest is mailed twice, and none is lost without a word', {
  timeout: IS_LONG ? 7_200_000 : 240_000,
}, async () => {
  const folder = temporaryFolder();
  const prepared = join(folder, 'prepared.db');
  await prepare(prepared);
  const random = seededRandom(28);
  const figures = { kills: 0, digests: 0, parked: 0, lost: 0 };
  for (let round = 0; figures.kills < KILLS; round++) {
    const path = join(folder, `${round}.db`);
    copyFileSync(prepared, path);
    const smtp = await openFakeSmtp();
    const run = (now: Date, killAt: number) =>
      spawn(process.execPath, [PROCESS, path, now.toISOString(), smtp.url, String(killAt)]);

    /** Killed by itself at a write, or by us while the server has a mail and has not confirmed it. */
    async function live(now: Date): Promise<boolean> {
      if (figures.kills >= KILLS) return endOf(run(now, 0));
      if (random() < 0.5) {
        const stage = random() < 0.5 ? 'answer' : random() < 0.5 ? 'body' : 'recipient';
        smtp.fail(stage, { kind: 'die' });
      }
      if (random() < 0.7) return endOf(run(now, 1 + Math.floor(random() * MOST_WRITES)));
      smtp.fail('answer', { kind: 'hang' });
      const before = smtp.received.length;
      const child = run(now, 0);
      const ending = endOf(child);
      await Promise.race([ending, expect.poll(() => smtp.received.length).toBeGreaterThan(before)]);
      child.kill('SIGKILL');
      return ending;
    }

    for (const morning of MORNINGS) {
      let now = new Date(morning);
      let isKilled = true;
      while (isKilled) {
        isKilled = await live(now);
        figures.kills += Number(isKilled);
        now = new Date(now.getTime() + RESTART_MS);
      }
    }
    const connection = await openTestSqlite(path);
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
    const rows = connection
      .prepare<[], { key: string; state: string; reason: string | null }>(
        `SELECT key, state, reason FROM deliveries WHERE platform = 'email'`,
      )
      .all();
    const keys = keysOf(smtp.received);
    expect(new Set(keys).size).toBe(keys.length);
    // On Monday everyone gets five papers of twelve, on Tuesday five, on Wednesday the rest.
    expect(rows).toHaveLength(PEOPLE * MORNINGS.length);
    for (const { key, state, reason } of rows) {
      if (state === 'done') expect(keys).toContain(key);
      else expect([state, reason]).toEqual(['parked', expect.stringMatching(/^it may have been sent/)]);
    }
    const parked = rows.filter(({ state }) => state === 'parked');
    const told = connection
      .prepare<[], string>(`SELECT paper FROM deliveries WHERE feed = 'unconfirmed'`)
      .pluck()
      .all();
    expect(told.toSorted()).toEqual(parked.map(({ key }) => key).toSorted());
    figures.digests += rows.length;
    figures.parked += parked.length;
    figures.lost += parked.filter(({ key }) => !keys.includes(key)).length;
    expect(figures.lost).toBeLessThanOrEqual(figures.kills);
  }
  expect(figures.parked).toBeGreaterThan(0);
  if (IS_LONG) process.stdout.write(`mail digests: ${JSON.stringify(figures)}\n`);
});
