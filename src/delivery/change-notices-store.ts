/** Turns changes of papers into notices: replies in threads, and daily messages. Runs in the store thread. */
import { counted } from '../cards/counts.ts';
import { briefEntry } from '../cards/paper-list.ts';
import type { PaperChange } from '../changes/changes.ts';
import { type ChangeTeller, mattersToReaders } from '../changes/telling.ts';
import type { PersonRef } from '../chat/caller.ts';
import type { Block, Card, Entry } from '../chat/card.ts';
import type { ChannelRef } from '../chat/refs.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import type { PaperTable } from '../db/tables/papers.ts';
import type { Paper } from '../papers/paper.ts';
import { toPaper } from '../papers/paper-row.ts';
import { dayOf } from '../time/clock.ts';
import { dueAfter } from '../watches/due.ts';
import { IN_THREAD, TO_READER } from './change-settings-store.ts';
import { openNoticeRows } from './ledger/notice-store.ts';

/** Changes of a paper within this time are one reply. */
const JOINED_MS = 3_600_000;
/** Older threads are not continued. */
const THREAD_MS = 90 * 86_400_000;
/** Changes, or people, in one transaction. */
const AT_ONCE = 50;
/** As in other lists. */
const PAPERS_IN_MESSAGE = 10;

interface Change {
  readonly id: number;
  /** Row of the paper. */
  readonly paper: number;
  readonly seen_at: string;
  readonly what: string;
  readonly sentence: string;
}

interface Reader extends PersonRef {
  readonly zone: string;
  readonly told: number;
}

const CHANGE = 'c.id, c.paper, c.seen_at, c.what, c.sentence';

export function openChangeTeller(connection: DatabaseConnection): ChangeTeller {
  const notices = openNoticeRows(connection);
  const paperOf = connection.prepare<[number], PaperTable>('SELECT * FROM papers WHERE pk = ?');
  const news = connection.prepare<[{ limit: number }], Change>(
    `SELECT ${CHANGE} FROM paper_changes c WHERE c.id > (SELECT last FROM told_changes) ORDER BY c.id LIMIT @limit`,
  );
  const moveOn = connection.prepare<[number]>('UPDATE told_changes SET last = ?');
  // Of a channel that still has a feed which posts.
  const threads = connection.prepare<
    [{ paper: number; since: number; until: number; today: string }],
    ChannelRef
  >(
    `SELECT DISTINCT root.platform, root.workspace, root.thread AS channel
     FROM deliveries reply JOIN deliveries root ON root.id = reply.root
     WHERE reply.paper IN (SELECT id FROM papers WHERE pk = @paper
         UNION ALL SELECT alias FROM paper_aliases WHERE paper_aliases.paper = @paper)
       AND reply.kind IN ('paper', 'late') AND reply.state = 'done' AND root.thread IS NOT NULL
       AND reply.posted_at BETWEEN @since AND @until
       AND NOT EXISTS (SELECT 1 FROM quiet_channels q WHERE q.platform = root.platform
         AND q.workspace = root.workspace AND q.channel = root.channel)
       AND EXISTS (SELECT 1 FROM feeds f WHERE f.platform = root.platform AND f.workspace = root.workspace
         AND f.channel = root.channel AND f.disabled IS NULL
         AND (f.paused_until IS NULL OR f.paused_until <= @today))`,
  );
  const waiting = connection.prepare<
    [ChannelRef & { topic: string; paper: number; before: number }],
    { about: string; due: number }
  >(
    `SELECT paper AS about, due FROM deliveries WHERE platform = @platform AND workspace = @workspace
       AND channel = @channel AND feed = @topic AND kind = 'notice' AND state = 'planned'
       AND paper IN (SELECT CAST(c.id AS TEXT) FROM paper_changes c WHERE c.paper = @paper AND c.id < @before)
     ORDER BY id DESC LIMIT 1`,
  );
  const between = connection.prepare<[{ paper: number; from: number; to: number }], Change>(
    `SELECT ${CHANGE} FROM paper_changes c WHERE c.paper = @paper AND c.id BETWEEN @from AND @to ORDER BY c.id`,
  );
  const readers = connection.prepare<[{ now: number; limit: number }], Reader>(
    `SELECT platform, workspace, person, zone, told FROM change_readers WHERE due <= @now ORDER BY due LIMIT @limit`,
  );
  const ofReader = connection.prepare<[Reader], Change>(
    `SELECT ${CHANGE} FROM paper_changes c
     JOIN (SELECT paper, min(saved_at) AS since FROM saves
       WHERE platform = @platform AND workspace = @workspace AND person = @person GROUP BY paper) AS list
     ON list.paper = c.paper AND c.seen_at >= list.since
     WHERE c.id > @told ORDER BY c.id`,
  );
  const readUntilNow = connection.prepare<[PersonRef & { due: number }]>(
    `UPDATE change_readers SET due = @due, told = (SELECT coalesce(max(id), 0) FROM paper_changes)
     WHERE platform = @platform AND workspace = @workspace AND person = @person`,
  );

  /** Adds to a reply about the paper that is not sent yet, or begins one. */
  function reply(to: ChannelRef, change: Change, paper: Paper, now: number): void {
    const { id } = change;
    const begun = waiting.get({ ...to, topic: IN_THREAD, paper: change.paper, before: id });
    const about = begun?.about ?? String(id);
    const due = begun?.due ?? now + JOINED_MS;
    const told = between.all({ paper: change.paper, from: Number(about), to: id });
    const card = replyCard(paper, told.filter(matters));
    notices.add({ to, topic: IN_THREAD, about, due, title: 'News about a paper', card });
  }

  const tellThreads = connection.transaction((now: Date): number => {
    const changes = news.all({ limit: AT_ONCE });
    for (const change of changes.filter(matters)) {
      const row = paperOf.get(change.paper);
      if (!row) continue;
      const until = Date.parse(change.seen_at);
      const times = { since: now.getTime() - THREAD_MS, until, today: dayOf(now) };
      for (const to of threads.all({ paper: change.paper, ...times }))
        reply(to, change, toPaper(row), now.getTime());
    }
    const last = changes.at(-1)?.id;
    if (last !== undefined) moveOn.run(last);
    return changes.length;
  });

  const tellReaders = connection.transaction((now: Date): number => {
    const due = readers.all({ now: now.getTime(), limit: AT_ONCE });
    for (const reader of due) {
      const { platform, workspace, person, zone } = reader;
      const to = { platform, workspace, person };
      const changes = ofReader.all(reader);
      const told = [...new Set(changes.map(({ paper }) => paper))].flatMap((key) => {
        const row = paperOf.get(key);
        return row ? [{ paper: toPaper(row), changes: changes.filter(({ paper }) => paper === key) }] : [];
      });
      if (told.length > 0) {
        const card = dailyCard(told);
        // Unique, so that it replaces no earlier message that is not sent yet.
        const about = now.toISOString();
        notices.add({ to, topic: TO_READER, about, due: now.getTime(), title: card.title ?? '', card });
      }
      readUntilNow.run({ ...to, due: dueAfter('daily', zone, now) });
    }
    return due.length;
  });

  return { tell: async (now) => tellThreads.immediate(now) + tellReaders.immediate(now) };
}

function matters({ what }: Change): boolean {
  return mattersToReaders(JSON.parse(what) as PaperChange[]);
}

function replyCard(paper: Paper, changes: readonly Change[]): Card {
  return {
    tone: 'plain',
    blocks: [changedEntry(paper, changes)],
    footer: ['Managers can turn this off: ', { kind: 'code', text: '/papers changes here:off' }],
  };
}

function dailyCard(
  news: ReadonlyArray<{ readonly paper: Paper; readonly changes: readonly Change[] }>,
): Card {
  const total = news.reduce((sum, { changes }) => sum + changes.length, 0);
  const shown = news.slice(0, PAPERS_IN_MESSAGE);
  const rest = news.length - shown.length;
  const more: Block[] = rest > 0 ? [{ kind: 'text', text: [`And ${counted(rest, 'more paper')}.`] }] : [];
  return {
    tone: 'plain',
    title: `${counted(total, 'change')} to your saved papers`,
    blocks: [
      ...shown.map(({ paper, changes }, at) =>
        changedEntry(paper, changes, news.length > 1 ? at + 1 : undefined),
      ),
      ...more,
    ],
    footer: [
      'All changes: ',
      { kind: 'code', text: '/papers changes' },
      ' · end these messages: ',
      { kind: 'code', text: '/papers changes tell:off' },
    ],
  };
}

/** The title and the sentences, which are all that the message is about. */
function changedEntry(paper: Paper, changes: readonly Change[], number?: number): Entry {
  return {
    ...briefEntry(paper, { meta: [], ...(number !== undefined && { number }) }),
    body: changes.map(({ sentence }) => [sentence]),
  };
}
