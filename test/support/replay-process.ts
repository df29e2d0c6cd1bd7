/**
 * Replays responses of sources into a database, as a process that kills itself at the n-th write:
 * `replay-process.ts DATABASE EVENTS POSITION KILL_AT`. The position is stored after each response, so a kill
 * in between repeats that response, as polling does.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { openChangeRecorder } from '../../src/changes/change-recorder-store.ts';
import { migrate } from '../../src/db/migrator.ts';
import { openDatabase } from '../../src/db/open.ts';
import { openLibrary } from '../../src/library/library-store.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { openPaperStore } from '../../src/papers/paper-store.ts';
import type { SourceName } from '../../src/papers/source-names.ts';
import { killAtWrite } from './kill-at-write.ts';

interface Replayed {
  readonly at: string;
  readonly source: SourceName;
  readonly records: readonly PaperRecord[];
}

const WRITTEN = ['papers', 'paper_changes', 'saves'];
const ADA = { platform: 'terminal', workspace: 'local', person: 'ada', team: 'lab' };

const [database = '', events = '', position = '', killAt = '0'] = process.argv.slice(2);

const connection = openDatabase(database);
await migrate(connection);
killAtWrite(connection, WRITTEN, Number(killAt));
const papers = openPaperStore(connection, openChangeRecorder(connection));
const library = openLibrary(connection);
const lines = readFileSync(events, 'utf8').trim().split('\n');
const from = existsSync(position) ? Number(readFileSync(position, 'utf8')) : 0;
for (const [index, line] of lines.entries()) {
  if (index < from) continue;
  const { at, source, records } = JSON.parse(line) as Replayed;
  await papers.importBatch(records, { source, at });
  for (const { id } of records) if (id !== undefined) await library.save(ADA, id, at);
  writeFileSync(position, String(index + 1));
}
connection.close();
