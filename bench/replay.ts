/**
 * Replays two years of recorded daily lists, feeds and pairs of versions in order, with every paper saved.
 * Each version, publication, withdrawal and link to code that an independent count expects must be recorded
 * once, and nothing else.
 */
import { join } from 'node:path';
import { openChangeRecorder } from '../src/changes/change-recorder-store.ts';
import { openChangesStore } from '../src/changes/changes-store.ts';
import { migrate } from '../src/db/migrator.ts';
import { openDatabase } from '../src/db/open.ts';
import type { PaperRecord } from '../src/papers/paper.ts';
import { openPaperStore } from '../src/papers/paper-store.ts';
import { isWithdrawn, withdrawalTold } from '../src/papers/withdrawal.ts';
import type { Benchmark } from './support/figure.ts';
import { type ReplayEvent, readReplay } from './support/replay-events.ts';

export const replayBenchmark: Benchmark = {
  prefix: 'replay',
  async run({ data, scratch, report, skip }) {
    const events = readReplay(data);
    if (!events) return skip('replay', `no recorded lists and versions in ${data}`);
    const connection = openDatabase(join(scratch, 'replay.db'));
    await migrate(connection);
    const papers = openPaperStore(connection, openChangeRecorder(connection));
    const changes = openChangesStore(connection);
    const saveAll = connection.prepare<[string]>(
      `INSERT OR IGNORE INTO saves (team, platform, workspace, person, paper, saved_at)
       SELECT 'lab', 'terminal', 'local', 'ada', pk, added_at
       FROM json_each(?) AS asked JOIN papers ON papers.id = asked.value`,
    );
    const expected = openExpectation();
    const from = performance.now();
    for (const event of events) {
      const ids = event.records.flatMap(({ id }) => id ?? []);
      const stored = new Set(
        (await papers.findMany(ids)).filter((paper) => !isWithdrawn(paper)).map(({ id }) => id),
      );
      const records = event.isReplacement
        ? event.records.filter(({ id }) => id !== undefined && stored.has(id))
        : event.records;
      // Each response comes twice, as after a restart.
      for (const _ of [1, 2]) await papers.importBatch(records, { source: event.source, at: event.at });
      saveAll.run(JSON.stringify(ids));
      for (const record of records) expected.take(record, event);
    }
    const seconds = (performance.now() - from) / 1000;
    const recorded = await changes.since(0, 1_000_000);
    const found = recorded.map(({ paper, seenAt }) => `${paper} ${seenAt}`);
    const wanted = expected.keys();
    const missed = [...wanted].filter((key) => !found.includes(key));
    const none = recorded.filter(({ paper, seenAt }) => !wanted.has(`${paper} ${seenAt}`));
    if (process.env['CHANGES_SHOW'] !== undefined) {
      const lines = [
        ...missed.map((key) => `missed ${key}`),
        ...none.map((each) => `false ${JSON.stringify(each)}`),
      ];
      process.stdout.write(`${lines.slice(0, 40).join('\n')}\n`);
    }
    report(
      'replay.records',
      events.reduce((sum, { records }) => sum + records.length, 0),
      'records',
    );
    report('replay.changes', found.length, 'changes');
    report('replay.missed', missed.length, 'changes');
    report('replay.false', none.length, 'changes');
    report('replay.twice', found.length - new Set(found).size, 'changes');
    report('replay.seconds', seconds, 's');
    connection.close();
  },
};

interface Known {
  version: number | undefined;
  readonly since: string;
  isPublished: boolean;
  isFromArxiv: boolean;
  isOnList: boolean;
  hasCode: boolean;
  isWithdrawn: boolean;
}

/** Counts the changes that each record brings, from versions and facts alone. */
function openExpectation() {
  const known = new Map<string, Known>();
  const found = new Set<string>();
  return {
    keys: () => found,
    take(record: PaperRecord, { at, source }: ReplayEvent) {
      const { id = '', version, doi, journalRef, codeUrl, replacedOn } = record;
      const paper = known.get(id);
      const isPublished = doi !== undefined || journalRef !== undefined;
      const isGone = withdrawalTold(record) === true;
      if (!paper) {
        known.set(id, {
          version,
          since: at,
          isPublished,
          isFromArxiv: source === 'arxiv',
          isOnList: source === 'hugging-face',
          hasCode: codeUrl !== undefined,
          isWithdrawn: isGone,
        });
        return;
      }
      const isArxiv = source === 'arxiv' && version !== undefined;
      const isOlder = isArxiv && version < (paper.version ?? 0);
      const isNewVersion =
        isArxiv &&
        (paper.version === undefined
          ? version > 1 && replacedOn !== undefined && replacedOn > paper.since.slice(0, 10)
          : version > paper.version);
      const isNews =
        (isNewVersion && !paper.isWithdrawn) ||
        (isGone && !paper.isWithdrawn && !isOlder) ||
        (isArxiv && !isOlder && isPublished && !paper.isPublished && paper.isFromArxiv) ||
        (source === 'hugging-face' && codeUrl !== undefined && !paper.hasCode && paper.isOnList);
      if (isNews) found.add(`${id} ${at}`);
      if (isArxiv && !isOlder) paper.version = version;
      paper.isPublished ||= isPublished;
      paper.isFromArxiv ||= isArxiv;
      paper.isOnList ||= source === 'hugging-face';
      paper.hasCode ||= codeUrl !== undefined;
      paper.isWithdrawn ||= isGone && !isOlder;
    },
  };
}
