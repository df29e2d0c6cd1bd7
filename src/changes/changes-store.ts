/** Reads recorded changes, and stores when saved papers were last checked. */

import { compact } from '../base/compact.ts';
import type { PersonRef } from '../chat/caller.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { OF_TEAM, type TeamNames, toTeamNames } from '../library/library-store.ts';
import { IS_FOLLOWED } from './change-recorder-store.ts';
import type { ChangesPage, ChangesStore, FollowedPapers, PaperChange, SeenChange } from './changes.ts';

interface ChangeRow {
  readonly id: number;
  readonly paper: string;
  readonly title: string;
  readonly seen_at: string;
  readonly version: number | null;
  readonly what: string;
  readonly sentence: string;
}

type Page = Readonly<Record<'limit' | 'offset', number>>;

const BY_PERSON = 'platform = @platform AND workspace = @workspace AND person = @person';
const COLUMNS = `paper_changes.id, papers.id AS paper, papers.title, paper_changes.seen_at, paper_changes.version,
  paper_changes.what, paper_changes.sentence`;
const CHANGES = 'paper_changes JOIN papers ON papers.pk = paper_changes.paper';

/** Changes of the papers that pass, since each was first saved. */
function sinceSaved(saved: string): string {
  return `${CHANGES} JOIN (SELECT paper, min(saved_at) AS since FROM saves WHERE ${saved} GROUP BY paper) AS list
    ON list.paper = paper_changes.paper AND paper_changes.seen_at >= list.since`;
}

/** Runs in the store thread. */
export function openChangesStore(connection: DatabaseConnection): ChangesStore & FollowedPapers {
  const since = connection.prepare<[number, number], ChangeRow>(
    `SELECT ${COLUMNS} FROM ${CHANGES} WHERE paper_changes.id > ? ORDER BY paper_changes.id LIMIT ?`,
  );
  const newest = connection.prepare<[], number>('SELECT coalesce(max(id), 0) FROM paper_changes').pluck();
  const listOf = <Who>(saved: string) => ({
    count: connection.prepare<[Who], number>(`SELECT count(*) FROM ${sinceSaved(saved)}`).pluck(),
    page: connection.prepare<[Who & Page], ChangeRow>(
      `SELECT ${COLUMNS} FROM ${sinceSaved(saved)} ORDER BY paper_changes.id DESC LIMIT @limit OFFSET @offset`,
    ),
  });
  const mine = listOf<PersonRef>(BY_PERSON);
  const ofTeam = listOf<TeamNames>(OF_TEAM);
  const latest = connection.prepare<[{ ids: string; since: string }], ChangeRow>(
    `SELECT ${COLUMNS} FROM json_each(@ids) AS asked
     JOIN papers ON papers.id = asked.value
     JOIN paper_changes ON paper_changes.id =
       (SELECT max(id) FROM paper_changes WHERE paper = papers.pk AND seen_at >= @since)
     ORDER BY asked.key`,
  );
  const followed = connection
    .prepare<[{ ids: string }], string>(
      `SELECT papers.id FROM json_each(@ids) AS asked JOIN papers ON papers.id = asked.value
       WHERE ${IS_FOLLOWED.replaceAll('@paper', 'papers.pk')} ORDER BY asked.key`,
    )
    .pluck();
  const due = connection
    .prepare<[{ before: string; limit: number }], string>(
      `SELECT papers.id FROM (SELECT DISTINCT paper FROM saves) AS saved
       JOIN papers ON papers.pk = saved.paper
       LEFT JOIN paper_checks ON paper_checks.paper = papers.pk
       WHERE substr(papers.id, 1, 3) <> 'pb-' AND (checked_at IS NULL OR checked_at < @before)
       ORDER BY checked_at, papers.pk LIMIT @limit`,
    )
    .pluck();
  const check = connection.prepare<[{ ids: string; at: string }]>(
    `INSERT INTO paper_checks (paper, checked_at)
     SELECT papers.pk, @at FROM json_each(@ids) AS asked JOIN papers ON papers.id = asked.value
     WHERE true ON CONFLICT (paper) DO UPDATE SET checked_at = excluded.checked_at`,
  );
  return {
    since: async (id, limit) => since.all(id, limit).map(toChange),
    newest: async () => newest.get() ?? 0,
    forPerson: async ({ platform, workspace, person }, limit, offset) => {
      const who = { platform, workspace, person };
      return toPage(mine.count.get(who), mine.page.all({ ...who, limit, offset }));
    },
    forTeam: async (team, limit, offset) => {
      const names = toTeamNames(team);
      return toPage(ofTeam.count.get(names), ofTeam.page.all({ ...names, limit, offset }));
    },
    latestOf: async (ids, from) => latest.all({ ids: JSON.stringify(ids), since: from }).map(toChange),
    followedAmong: async (ids) => followed.all({ ids: JSON.stringify(ids) }),
    dueForCheck: async (before, limit) => due.all({ before, limit }),
    checked: async (ids, at) => void check.run({ ids: JSON.stringify(ids), at }),
  };
}

function toPage(total: number | undefined, rows: readonly ChangeRow[]): ChangesPage {
  return { total: total ?? 0, changes: rows.map(toChange) };
}

function toChange({ id, paper, title, seen_at, version, what, sentence }: ChangeRow): SeenChange {
  return {
    id,
    paper,
    title,
    seenAt: seen_at,
    ...compact({ version }),
    what: JSON.parse(what) as PaperChange[],
    sentence,
  };
}
