/** Stores watches. Runs in the store thread. */
import { UserError } from '../base/errors.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import type { PaperTable } from '../db/tables/papers.ts';
import type { WatchTable } from '../db/tables/people.ts';
import { toPaper } from '../papers/paper-row.ts';
import { dueAfter } from './due.ts';
import {
  type ListedWatch,
  MOST_WATCHES,
  type Watch,
  type Watched,
  type Watches,
  type WatchRequest,
  type WatchTarget,
  type WatchTerms,
} from './watch.ts';
import { checkTerms, termsKey } from './watch-terms.ts';

/** Milliseconds. */
const RECENT = 30 * 86_400_000;

/** The columns that say whom a watch tells. */
export type TargetColumns = Pick<WatchTable, 'platform' | 'workspace' | 'channel' | 'person'>;

type Row = Omit<WatchTable, 'id'> & { readonly id: number };
type OfWatch = TargetColumns & { readonly id: number };

const OF_TARGET =
  'platform = @platform AND workspace = @workspace AND channel = @channel AND person = @person';

export function openWatchStore(connection: DatabaseConnection): Watches {
  const all = connection.prepare<[TargetColumns & { since: string }], Row & { recentHits: number }>(
    `SELECT *, (SELECT count(*) FROM watch_hits h WHERE h.watch = w.id AND h.found_at >= @since) AS recentHits
     FROM watches w WHERE ${OF_TARGET} ORDER BY id`,
  );
  const same = connection.prepare<[TargetColumns & { key: string }], Row>(
    `SELECT * FROM watches WHERE ${OF_TARGET} AND key = @key`,
  );
  const count = connection
    .prepare<[TargetColumns], number>(`SELECT count(*) FROM watches WHERE ${OF_TARGET}`)
    .pluck();
  // The newest number of the queue, even if that paper was taken from it.
  const newest = `coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'new_papers'), 0)`;
  const add = connection
    .prepare<[Omit<Row, 'id' | 'since' | 'paused'>], number>(
      `INSERT INTO watches (platform, workspace, channel, person, manager, key, terms, pace, zone, paused, since, created_at)
     VALUES (@platform, @workspace, @channel, @person, @manager, @key, @terms, @pace, @zone, 0, ${newest}, @created_at) RETURNING id`,
    )
    .pluck();
  const change = connection.prepare<[{ id: number; pace: string; zone: string }]>(
    `UPDATE watches SET pace = @pace, zone = @zone,
       since = CASE WHEN paused = 1 THEN ${newest} ELSE since END, paused = 0 WHERE id = @id`,
  );
  const postpone = connection.prepare<[{ id: number; due: number }]>(
    'UPDATE watch_hits SET due = @due WHERE watch = @id AND told_at IS NULL',
  );
  const remove = connection.prepare<[OfWatch]>(`DELETE FROM watches WHERE ${OF_TARGET} AND id = @id`);
  const dropHits = connection.prepare<[{ id: number }]>('DELETE FROM watch_hits WHERE watch = @id');
  const dropWaiting = connection.prepare<[{ id: number }]>(
    'DELETE FROM watch_hits WHERE watch = @id AND told_at IS NULL',
  );
  const pause = connection.prepare<[OfWatch]>(
    `UPDATE watches SET paused = 1 WHERE ${OF_TARGET} AND id = @id AND paused = 0`,
  );
  const resume = connection.prepare<[OfWatch]>(
    `UPDATE watches SET paused = 0, since = ${newest} WHERE ${OF_TARGET} AND id = @id AND paused = 1`,
  );
  const foundTotal = connection
    .prepare<[OfWatch], number>(
      `SELECT count(*) FROM watch_hits WHERE watch = (SELECT id FROM watches WHERE ${OF_TARGET} AND id = @id)`,
    )
    .pluck();
  const found = connection.prepare<
    [{ id: number; limit: number; offset: number }],
    PaperTable & { why: string }
  >(
    `SELECT p.*, h.why FROM watch_hits h JOIN papers p ON p.pk = h.paper
     WHERE h.watch = @id ORDER BY h.found_at DESC, h.paper LIMIT +@limit OFFSET +@offset`,
  );
  const forget = connection.prepare<[string]>(
    'DELETE FROM watch_hits WHERE told_at < ? OR watch NOT IN (SELECT id FROM watches)',
  );

  const watchOnce = connection.transaction((request: WatchRequest, now: Date): Watched => {
    const { target, terms, pace, zone, defaultZone, by } = request;
    checkTerms(terms);
    const columns = toColumns(target);
    const key = termsKey(terms);
    const known = same.get({ ...columns, key });
    if (known) {
      const wanted = { id: known.id, pace: pace ?? known.pace, zone: zone ?? known.zone };
      const isSame = wanted.pace === known.pace && wanted.zone === known.zone && known.paused === 0;
      if (!isSame) {
        change.run(wanted);
        postpone.run({ id: known.id, due: dueAfter(wanted.pace, wanted.zone, now) });
      }
      const watch = toWatch({ ...known, ...wanted, paused: 0 });
      return { watch, outcome: isSame ? 'same' : 'changed' };
    }
    if ((count.get(columns) ?? 0) >= MOST_WATCHES) throw new UserError(whyTooMany(target));
    const row = {
      ...columns,
      manager: target.kind === 'channel' ? by : null,
      key,
      terms: JSON.stringify(terms),
      pace: pace ?? 'at-once',
      zone: zone ?? defaultZone,
      created_at: now.toISOString(),
    };
    const id = Number(add.get(row));
    return { watch: toWatch({ ...row, id, paused: 0, since: 0 }), outcome: 'added' };
  });

  const removeAll = connection.transaction((watch: OfWatch): boolean => {
    if (remove.run(watch).changes === 0) return false;
    dropHits.run({ id: watch.id });
    return true;
  });
  const pauseOne = connection.transaction((watch: OfWatch): boolean => {
    if (pause.run(watch).changes === 0) return false;
    dropWaiting.run({ id: watch.id });
    return true;
  });

  return {
    watch: async (request, now) => watchOnce.immediate(request, now),
    async of(target, now) {
      const since = new Date(now.getTime() - RECENT).toISOString();
      return all
        .all({ ...toColumns(target), since })
        .map((row): ListedWatch => ({ ...toWatch(row), recentHits: row.recentHits }));
    },
    unwatch: async (target, id) => removeAll.immediate({ ...toColumns(target), id }),
    pause: async (target, id) => pauseOne.immediate({ ...toColumns(target), id }),
    resume: async (target, id) => resume.run({ ...toColumns(target), id }).changes > 0,
    async found(target, id, limit, offset) {
      const total = foundTotal.get({ ...toColumns(target), id }) ?? 0;
      const rows = total === 0 ? [] : found.all({ id, limit, offset });
      return { papers: rows.map(({ why, ...row }) => ({ paper: toPaper(row), why })), total };
    },
    forgetHits: async (before) => void forget.run(before),
  };
}

function whyTooMany({ kind }: WatchTarget): string {
  const who = kind === 'person' ? 'You already have' : 'This channel already has';
  return `${who} ${MOST_WATCHES} watches, the maximum. End one of them first: /papers watches`;
}

export function toColumns(target: WatchTarget): TargetColumns {
  if (target.kind === 'channel') {
    const { platform, workspace, channel } = target.channel;
    return { platform, workspace, channel, person: '' };
  }
  const { platform, workspace, person } = target.person;
  return { platform, workspace, channel: '', person };
}

export function toTarget({ platform, workspace, channel, person }: TargetColumns): WatchTarget {
  return channel === ''
    ? { kind: 'person', person: { platform, workspace, person } }
    : { kind: 'channel', channel: { platform, workspace, channel } };
}

function toWatch(row: Row): Watch {
  return {
    id: row.id,
    target: toTarget(row),
    terms: JSON.parse(row.terms) as WatchTerms,
    pace: row.pace,
    zone: row.zone,
    isPaused: row.paused === 1,
  };
}
