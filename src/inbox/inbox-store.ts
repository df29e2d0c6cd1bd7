/** Stores inboxes, and puts their digests into the ledger. Runs in the store thread. */

import { compact } from '../base/compact.ts';
import { UserError } from '../base/errors.ts';
import type { PersonRef } from '../chat/caller.ts';
import { mailTo } from '../chat/direct-messages.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import type { InboxTable } from '../db/tables/people.ts';
import { openNoticeRows } from '../delivery/ledger/notice-store.ts';
import { nextSlot } from '../delivery/planning/slots.ts';
import {
  DIGEST_PARTS,
  DIGEST_TOPIC,
  type DigestPart,
  type DueInbox,
  type Inbox,
  type InboxChange,
  type InboxDigest,
  type Inboxes,
  type InboxOutbox,
  type InboxSettings,
} from './inbox.ts';

type Row = Omit<InboxTable, 'id'> & { readonly id: number };
type DueRow = Row & { readonly next_at: number; readonly is_mailed: 0 | 1 };

const WHO = 'platform = @platform AND workspace = @workspace AND person = @person';
const WEEKDAYS = [1, 2, 3, 4, 5];
const DEFAULTS = { pace: 'weekdays', weekday: 1, time: '09:00', leftOut: [] } as const;

export function openInboxStore(connection: DatabaseConnection): Inboxes & InboxOutbox {
  const notices = openNoticeRows(connection);
  const find = connection.prepare<[PersonRef], Row>(`SELECT * FROM inboxes WHERE ${WHO}`);
  const newestChange = connection
    .prepare<[], number>('SELECT coalesce(max(id), 0) FROM paper_changes')
    .pluck();
  const write = connection.prepare<[Omit<Row, 'id'>]>(
    `INSERT INTO inboxes (platform, workspace, person, team, pace, weekday, time, zone, left_out, changes_seen,
       since, next_at)
     VALUES (@platform, @workspace, @person, @team, @pace, @weekday, @time, @zone, @left_out, @changes_seen,
       @since, @next_at)
     ON CONFLICT (platform, workspace, person) DO UPDATE SET team = @team, pace = @pace, weekday = @weekday,
       time = @time, zone = @zone, left_out = @left_out, changes_seen = @changes_seen, since = @since,
       next_at = @next_at`,
  );
  const turnOff = connection.prepare<[PersonRef]>(
    `UPDATE inboxes SET next_at = NULL WHERE ${WHO} AND next_at IS NOT NULL`,
  );
  const due = connection.prepare<[{ now: number; at: number; team: string; id: number }], DueRow>(
    `SELECT *, EXISTS (SELECT 1 FROM mail_addresses WHERE platform = inboxes.platform
         AND workspace = inboxes.workspace AND person = inboxes.person AND ended_by IS NULL) AS is_mailed
     FROM inboxes WHERE next_at <= @now AND (next_at, team, id) > (@at, @team, @id)
     ORDER BY next_at, team, id LIMIT 1`,
  );
  const addressOf = connection
    .prepare<[PersonRef], string>(`SELECT id FROM mail_addresses WHERE ${WHO} AND ended_by IS NULL`)
    .pluck();
  const newTo = connection
    .prepare<[PersonRef & { inbox: number; ids: string }], string>(
      `SELECT papers.id FROM json_each(@ids) AS asked JOIN papers ON papers.id = asked.value
       WHERE NOT EXISTS (SELECT 1 FROM inbox_papers WHERE inbox = @inbox AND paper = papers.pk)
         AND NOT EXISTS (SELECT 1 FROM saves WHERE paper = papers.pk AND ${WHO})
         AND NOT EXISTS (SELECT 1 FROM watches JOIN watch_hits ON watch = watches.id
           WHERE ${WHO} AND channel = '' AND watch_hits.paper = papers.pk AND told_at IS NOT NULL)
       ORDER BY asked.key`,
    )
    .pluck();
  const moveOn = connection.prepare<[{ id: number; due: number; next: number | null }]>(
    'UPDATE inboxes SET next_at = @next WHERE id = @id AND next_at = @due',
  );
  const tell = connection.prepare<[{ id: number; seen: number; at: number }]>(
    'UPDATE inboxes SET changes_seen = max(changes_seen, @seen), since = @at WHERE id = @id',
  );
  const show = connection.prepare<[{ id: number; papers: string }]>(
    `INSERT INTO inbox_papers (inbox, paper)
     SELECT @id, papers.pk FROM json_each(@papers) AS shown JOIN papers ON papers.id = shown.value
     WHERE true ON CONFLICT DO NOTHING`,
  );

  const set = connection.transaction(
    (person: PersonRef & { team: string }, change: InboxChange, defaultZone: string, now: Date): Inbox => {
      const { platform, workspace, person: name, team } = person;
      const known = find.get({ platform, workspace, person: name });
      const settings = changed(known ? toSettings(known) : { ...DEFAULTS, zone: defaultZone }, change);
      const nextAt = nextDigest(settings, now);
      const isOn = known !== undefined && known.next_at !== null;
      write.run({
        platform,
        workspace,
        person: name,
        team,
        pace: settings.pace,
        weekday: settings.weekday,
        time: settings.time,
        zone: settings.zone,
        left_out: JSON.stringify(settings.leftOut),
        changes_seen: isOn ? known.changes_seen : (newestChange.get() ?? 0),
        since: isOn ? known.since : now.getTime(),
        next_at: nextAt?.getTime() ?? null,
      });
      return { ...settings, ...compact({ nextAt }) };
    },
  );

  const put = connection.transaction(
    (inbox: DueInbox, digest: InboxDigest | undefined, now: Date): boolean => {
      const { id, person, due: slot, isMailed } = inbox;
      const next = nextDigest(inbox, now)?.getTime() ?? null;
      // The slot in the condition is the claim: of two that composed the same digest, only one adds it.
      if (moveOn.run({ id, due: slot.getTime(), next }).changes === 0) return false;
      if (digest === undefined) return true;
      const { message, papers, changesSeen } = digest;
      tell.run({ id, seen: changesSeen, at: now.getTime() });
      show.run({ id, papers: JSON.stringify(papers) });
      const address = isMailed ? addressOf.get(person) : undefined;
      // Named by its slot, so that it does not replace an earlier one that is not sent yet.
      notices.add({
        to: address === undefined ? person : mailTo(address),
        topic: DIGEST_TOPIC,
        about: slot.toISOString(),
        due: now.getTime(),
        ...message,
      });
      return true;
    },
  );

  const stop = connection.transaction(({ platform, workspace, person }: PersonRef): boolean => {
    const who = { platform, workspace, person };
    const address = addressOf.get(who);
    // Mail can wait for hours because of the limit.
    if (address !== undefined) notices.remove({ to: mailTo(address), topic: DIGEST_TOPIC });
    notices.remove({ to: who, topic: DIGEST_TOPIC });
    return turnOff.run(who).changes > 0;
  });

  return {
    async of({ platform, workspace, person }) {
      const row = find.get({ platform, workspace, person });
      if (row === undefined) return undefined;
      return { ...toSettings(row), ...(row.next_at !== null && { nextAt: new Date(row.next_at) }) };
    },
    set: async (person, change, defaultZone, now) => set.immediate(person, change, defaultZone, now),
    stop: async (person) => stop.immediate(person),
    async due(now, after) {
      const { due: at = new Date(0), team = '', id = 0 } = after ?? {};
      const row = due.get({ now: now.getTime(), at: at.getTime(), team, id });
      return row && toDue(row);
    },
    newTo: async ({ id, person }, paperIds) =>
      newTo.all({ ...person, inbox: id, ids: JSON.stringify(paperIds) }),
    put: async (inbox, digest, now) => put.immediate(inbox, digest, now),
  };
}

/** The first slot after an instant. */
function nextDigest({ pace, weekday, time, zone }: InboxSettings, after: Date): Date | undefined {
  const days = pace === 'weekly' ? [weekday] : WEEKDAYS;
  const period = pace === 'monthly' ? 'month' : 'day';
  return nextSlot({ createdAt: after.toISOString(), settings: { time, zone, days, period } }, after)?.due;
}

function changed(
  before: InboxSettings,
  { pace, weekday, time, zone, include, leaveOut }: InboxChange,
): InboxSettings {
  const out = new Set(before.leftOut);
  if (include !== undefined) out.delete(include);
  if (leaveOut !== undefined) out.add(leaveOut);
  if (out.size === DIGEST_PARTS.length) {
    throw new UserError('A digest needs at least one part. To stop it: /papers digest off');
  }
  return { ...before, ...compact({ pace, weekday, time, zone }), leftOut: [...out] };
}

function toSettings({ pace, weekday, time, zone, left_out }: Row): InboxSettings {
  return { pace, weekday, time, zone, leftOut: JSON.parse(left_out) as DigestPart[] };
}

function toDue(row: DueRow): DueInbox {
  const { id, platform, workspace, person, team, changes_seen, since, next_at, is_mailed } = row;
  return {
    ...toSettings(row),
    id,
    person: { platform, workspace, person },
    team,
    changesSeen: changes_seen,
    since: new Date(since),
    due: new Date(next_at),
    isMailed: is_mailed === 1,
  };
}
