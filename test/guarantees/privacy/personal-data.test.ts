import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cleanUp } from '../../../src/app/scheduler.ts';
import { emptyJournal } from '../../../src/db/erase.ts';
import { MIGRATIONS, migrate } from '../../../src/db/migrator.ts';
import { openDatabase } from '../../../src/db/open.ts';
import { openMailAddresses } from '../../../src/inbox/mail-address-store.ts';
import { openMailHandOvers } from '../../../src/inbox/mail-hand-over-store.ts';
import { openLearnedLists } from '../../../src/learning/learned-lists-store.ts';
import { openLibrary } from '../../../src/library/library-store.ts';
import { openMessageStore } from '../../../src/messages/message-store.ts';
import { openBudgetStore } from '../../../src/model/budget-store.ts';
import { openPaperStore } from '../../../src/papers/paper-store.ts';
import { openPersonalData } from '../../../src/privacy/personal-data-store.ts';
import { openPaces } from '../../../src/processes/paces-store.ts';
import { openWatchStore } from '../../../src/watches/watch-store.ts';
import { temporaryFolder } from '../../support/database.ts';
import { seededRandom } from '../../support/delivery.ts';
import { listeningLog } from '../../support/listening-log.ts';

const CANARY = 'U0CANARY0PERSON';
const AT = '2026-05-29T12:00:00.000Z';
const OTHER = 'U0SOMEBODY0ELSE';
/** One row of each kind. */
const KEPT = {
  saves: 1,
  notes: 1,
  tags: 1,
  read: 1,
  links: 1,
  reactions: 1,
  channels: 1,
  named: 1,
  questions: 1,
  notices: 0,
  watches: 1,
  changes: 1,
  digests: 1,
  addresses: 1,
  libraries: 1,
  // A paper, a subject, and a setting.
  opinions: 3,
};
/** Columns with the ID of a person, in any table. */
const NAMING = ['person', 'manager', 'named_by'];

async function openFile() {
  const path = join(temporaryFolder(), 'paperboy.db');
  const connection = openDatabase(path);
  await migrate(connection);
  connection.pragma('foreign_keys = OFF');
  const tables = connection
    .prepare<[string], string>(
      `SELECT DISTINCT m.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c
       WHERE m.type = 'table' AND c.name IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .all(JSON.stringify(NAMING));
  return { path, connection, tables };
}

const KINDS: Readonly<Record<string, string>> = {
  feedback: 'more',
  taste_subjects: 'like',
  channel_acts: 'saved',
};

it('a person’s data is deleted from every table that names people, and from the bytes of the file and its journal', async () => {
  const { path, connection, tables } = await openFile();
  expect(tables.length).toBeGreaterThanOrEqual(5);
  for (const table of tables) {
    for (const person of [CANARY, OTHER]) {
      const columns = connection
        .prepare<[], { name: string; type: string }>(`SELECT name, type FROM pragma_table_info('${table}')`)
        .all();
      const given: Readonly<Record<string, unknown>> = {
        platform: 'slack',
        workspace: 'T1',
        origin: 'command',
        id: person === CANARY ? 'a' : 'b',
        token: person === CANARY ? 'a' : 'b',
        pk: person === CANARY ? 1 : 2,
        state: 'read',
        kind: KINDS[table],
        hash: Buffer.from(person),
        channel: person === CANARY ? 'C1' : 'C2',
      };
      const values = columns.map(({ name, type }) => {
        if (NAMING.includes(name)) return person;
        if (name === 'id' && type === 'INTEGER') return null;
        return given[name] ?? (type === 'INTEGER' ? 1 : type === 'BLOB' ? Buffer.from('x') : 'x');
      });
      connection.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`).run(...values);
    }
  }
  const people = openPersonalData(connection);
  const canary = { platform: 'slack', workspace: 'T1', person: CANARY };
  expect(await people.of(canary)).toEqual(KEPT);
  await people.forget({ ...canary, workspace: 'T2' }, AT);
  expect(await people.of(canary)).toEqual(KEPT);
  await people.forget(canary, AT);
  const nothing = Object.fromEntries(Object.keys(KEPT).map((kind) => [kind, 0]));
  expect(await people.of(canary)).toEqual(nothing);
  expect(await people.of({ ...canary, person: OTHER })).toMatchObject({ saves: 1, reactions: 1 });
  for (const file of [path, `${path}-wal`]) expect(readFileSync(file).includes(CANARY)).toBe(false);
  expect(readFileSync(path).includes(OTHER)).toBe(true);
  connection.close();
});

/** The bytes of the file and its journal, as a hex editor shows them. */
function bytesOf(path: string): Buffer {
  return Buffer.concat([readFileSync(path), readFileSync(`${path}-wal`)]);
}

it('leaves no byte of any of fifty people who saved, reacted and asked for months', async () => {
  const { path, connection } = await openFile();
  const papers = Array.from({ length: 300 }, (_, at) => ({
    id: `2605.${String(10_000 + at)}`,
    title: `Paper ${at}`,
    abstract: 'On routing.',
  }));
  await openPaperStore(connection).importBatch(papers, { source: 'export', at: AT });
  const library = openLibrary(connection);
  const messages = openMessageStore(connection);
  const people = openPersonalData(connection);
  const next = seededRandom(7);
  const random = (below: number) => Math.floor(next() * below);
  const idOf = (at: number) => `U0P${String(at * 7_919).padStart(9, '0')}`;
  const callerOf = (at: number) => ({
    platform: 'slack',
    workspace: 'T1',
    person: idOf(at),
    team: 'slack:T1',
  });
  for (let round = 0; round < 1_500; round++) {
    const caller = callerOf(random(50));
    const { id } = papers[random(300)] ?? { id: '' };
    if (round % 3 === 2) await library.unsave(caller, id);
    else await library.save(caller, id, AT);
    if (round % 10 > 0) continue;
    const message = { platform: 'slack', workspace: 'T1', channel: `C${random(9)}`, message: `${round}.1` };
    await messages.show(message, [{ paper: id }], AT);
    await messages.react({ message, caller, emoji: '🔖', added: true, found: false }, id, AT);
    const lines = new Map([[`key ${caller.person}`, `/papers ask “Does ${caller.person} know?”`]]);
    await messages.keepLines(lines, { platform: 'slack', workspace: 'T1', person: caller.person }, AT);
  }
  for (let at = 0; at < 50; at++) {
    const person = idOf(at);
    expect(bytesOf(path).includes(person)).toBe(true);
    await people.forget({ platform: 'slack', workspace: 'T1', person }, AT);
    expect(bytesOf(path).includes(person), person).toBe(false);
  }
  connection.close();
});

it('a person’s notes and tags are gone from the bytes of the file, and nobody else’s from the search', async () => {
  const { path, connection } = await openFile();
  const papers = Array.from({ length: 60 }, (_, at) => ({
    id: `2605.${String(10_000 + at)}`,
    title: `Paper ${at}`,
    abstract: 'On routing.',
  }));
  await openPaperStore(connection).importBatch(papers, { source: 'export', at: AT });
  const library = openLibrary(connection);
  const people = openPersonalData(connection);
  const callerOf = (person: string) => ({ platform: 'slack', workspace: 'T1', person, team: 'slack:T1' });
  for (const [at, { id }] of papers.entries()) {
    for (const person of [CANARY, OTHER]) {
      const secret = person === CANARY ? 'qzvwxjkk' : 'unrelated';
      await library.change(callerOf(person), id, { note: `${secret} ${at}`, addTags: [secret] }, AT);
    }
  }
  expect(bytesOf(path).includes('qzvwxjkk')).toBe(true);
  await people.forget(callerOf(CANARY), AT);
  expect(bytesOf(path).includes('qzvwxjkk')).toBe(false);
  const left = {
    scope: 'mine',
    filter: {},
    text: 'unrelated 7',
    sort: 'newest',
    limit: 5,
    offset: 0,
  } as const;
  expect((await library.list(callerOf(OTHER), left)).papers.map(({ paper }) => paper.title)).toEqual([
    'Paper 7',
  ]);
  connection.close();
});

it('goes with the nightly clean-up from a journal that was being read when somebody was forgotten', async () => {
  const { path, connection } = await openFile();
  const messages = openMessageStore(connection);
  const people = openPersonalData(connection);
  const canary = { platform: 'slack', workspace: 'T1', person: CANARY };
  await messages.keepLines(new Map([[`key ${CANARY}`, '/papers stats']]), canary, AT);
  const reader = openDatabase(path, { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT * FROM line_people').all();
  await people.forget(canary, AT);
  expect(bytesOf(path).includes(CANARY)).toBe(true);

  const { log, lines } = listeningLog();
  const database = { emptyJournal: async () => emptyJournal(connection) };
  const night = () =>
    cleanUp(
      {
        database,
        messages,
        budget: openBudgetStore(connection),
        watches: openWatchStore(connection),
        learning: openLearnedLists(connection),
        mailAddresses: openMailAddresses(connection),
        mailHandOvers: openMailHandOvers(connection),
        paces: openPaces(connection),
      },
      log,
      new Date(AT),
    );
  await night();
  expect(lines()).toEqual([expect.stringContaining('clean-up: journal in use')]);
  reader.exec('COMMIT');
  await night();
  expect(lines()).toHaveLength(1);
  expect(bytesOf(path).includes(CANARY)).toBe(false);
  reader.close();
  connection.close();
});

it('takes the lines of a person’s buttons along, and leaves those that somebody else asked for too', async () => {
  const { connection } = await openFile();
  const messages = openMessageStore(connection);
  const lab = { platform: 'slack', workspace: 'T1' };
  await messages.keepLines(new Map([['own', '/papers ask mine']]), { ...lab, person: CANARY }, AT);
  for (const person of [CANARY, OTHER])
    await messages.keepLines(new Map([['both', '/papers ask ours']]), { ...lab, person }, AT);
  await messages.keepLines(new Map([['post', '/papers show 1']]), lab, AT);
  await openPersonalData(connection).forget({ ...lab, person: CANARY }, AT);
  expect(await messages.lineOf('own')).toBeUndefined();
  expect(await messages.lineOf('both')).toBe('/papers ask ours');
  expect(await messages.lineOf('post')).toBe('/papers show 1');
  connection.close();
});

it('is gone from the free pages of a file of an older Paperboy, once it is brought up to date', async () => {
  const path = join(temporaryFolder(), 'paperboy.db');
  const connection = openDatabase(path);
  await migrate(connection, MIGRATIONS.slice(0, 17));
  connection.pragma('secure_delete = OFF');
  const save = connection.prepare(
    `INSERT INTO feed_managers (platform, workspace, channel, person, name, named_by, named_at)
     VALUES ('slack', 'T1', ?, ?, '@x', '', '${AT}')`,
  );
  connection.transaction(() => {
    for (let at = 0; at < 2_000; at++) save.run(`C${at}`, CANARY);
  })();
  connection.exec('DELETE FROM feed_managers');
  connection.pragma('wal_checkpoint(TRUNCATE)');
  expect(readFileSync(path).includes(CANARY)).toBe(true);
  connection.pragma('secure_delete = ON');
  await migrate(connection);
  connection.pragma('wal_checkpoint(TRUNCATE)');
  expect(readFileSync(path).includes(CANARY)).toBe(false);
  connection.close();
});
