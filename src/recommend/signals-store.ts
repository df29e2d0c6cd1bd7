/** Reads what recommendations go by: saves, notes and opinions. */
import { sql } from 'kysely';
import type { PersonRef } from '../chat/caller.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { queryOver } from '../db/query.ts';
import { OF_TEAM, PEOPLE, toTeamNames } from '../library/library-store.ts';
import type { Condition } from '../search/retrieval/filter-store.ts';
import type { WatchTerms } from '../watches/watch.ts';
import type { NamedPaper, RecommendFor } from './recommend.ts';

/** A paper that somebody saved or judged. */
export interface PaperSignal {
  readonly paper: number;
  /** ISO 8601 instant. */
  readonly at: string;
  readonly kind: 'saved' | 'more' | 'less';
  readonly isNoted: boolean;
  readonly isRead: boolean;
  /** People in the team who saved it; 1 for a person. */
  readonly people: number;
}

export interface SubjectSignal {
  readonly subject: string;
  readonly kind: 'like' | 'avoid';
}

export interface Signals {
  readonly isOff: boolean;
  /** The latest first. */
  readonly papers: readonly PaperSignal[];
  readonly subjects: readonly SubjectSignal[];
  /** Names in the person's watches. */
  readonly authors: readonly string[];
  /** Papers that are never recommended. */
  readonly known: ReadonlySet<number>;
}

export interface PaperFacts {
  readonly pk: number;
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
}

/** Papers of a person or team that count, the latest. More add time, and nothing that can be measured. */
const MOST_SIGNALS = 200;
const BY_PERSON = 'platform = @platform AND workspace = @workspace AND person = @person';

type SignalRow = Pick<PaperSignal, 'paper' | 'at' | 'people'> & {
  readonly kind: PaperSignal['kind'];
  readonly noted: number;
  readonly read: number;
};

export function openSignalReader(connection: DatabaseConnection) {
  const query = queryOver(connection);
  const taste = connection.prepare<[PersonRef], { isOff: number; since: string | null }>(
    `SELECT is_off AS isOff, since FROM tastes WHERE ${BY_PERSON}`,
  );
  const ofPerson = connection.prepare<[PersonRef & { since: string; limit: number }], SignalRow>(
    `SELECT s.paper, max(s.saved_at) AS at, 'saved' AS kind, 1 AS people,
       EXISTS (SELECT 1 FROM save_details d WHERE d.paper = s.paper AND d.platform = @platform
         AND d.workspace = @workspace AND d.person = @person AND d.note <> '') AS noted,
       EXISTS (SELECT 1 FROM save_details d WHERE d.paper = s.paper AND d.platform = @platform
         AND d.workspace = @workspace AND d.person = @person AND d.state <> 'unread') AS read
     FROM saves s WHERE ${BY_PERSON} AND s.saved_at > @since
     GROUP BY s.paper ORDER BY at DESC, s.paper LIMIT +@limit`,
  );
  const feedback = connection.prepare<[PersonRef], SignalRow>(
    `SELECT paper, given_at AS at, kind, 1 AS people, 0 AS noted, 0 AS read FROM feedback
     WHERE ${BY_PERSON} ORDER BY at DESC`,
  );
  const ofTeam = connection.prepare<[{ team: string; but: string | null; limit: number }], SignalRow>(
    `SELECT paper, max(saved_at) AS at, 'saved' AS kind, ${PEOPLE} AS people, 0 AS noted, 0 AS read
     FROM saves WHERE ${OF_TEAM} GROUP BY paper ORDER BY at DESC, paper LIMIT +@limit`,
  );
  const savedBy = connection
    .prepare<[PersonRef], number>(`SELECT DISTINCT paper FROM saves WHERE ${BY_PERSON}`)
    .pluck();
  const savedIn = connection
    .prepare<[{ team: string; but: string | null }], number>(
      `SELECT DISTINCT paper FROM saves WHERE ${OF_TEAM}`,
    )
    .pluck();
  const subjects = connection.prepare<[PersonRef], SubjectSignal>(
    `SELECT subject, kind FROM taste_subjects WHERE ${BY_PERSON} ORDER BY said_at, key`,
  );
  const watched = connection
    .prepare<[PersonRef], string>(
      `SELECT terms FROM watches WHERE ${BY_PERSON} AND channel = '' AND paused = 0 ORDER BY id`,
    )
    .pluck();
  const newest = connection.prepare<[], number | null>('SELECT max(pk) FROM papers').pluck();
  const facts = connection.prepare<
    [string],
    Omit<PaperFacts, 'authors' | 'categories'> & { authors: string; categories: string }
  >(
    `SELECT pk, title, abstract, authors, categories FROM papers
     WHERE pk IN (SELECT CAST(value AS BIGINT) FROM json_each(?))`,
  );
  const withdrawn = connection
    .prepare<[string], number>(
      'SELECT pk FROM papers WHERE withdrawn = 1 AND pk IN (SELECT CAST(value AS BIGINT) FROM json_each(?))',
    )
    .pluck();
  const named = connection.prepare<[number], NamedPaper>('SELECT id, title FROM papers WHERE pk = ?');
  const byVotes = connection
    .prepare<[number, number], number>(
      'SELECT pk FROM papers WHERE pk > ? AND withdrawn = 0 ORDER BY votes DESC, published DESC, pk DESC LIMIT +?',
    )
    .pluck();

  function personSignals({ platform, workspace, person }: PersonRef): Signals {
    const who = { platform, workspace, person };
    const { isOff = 0, since = null } = taste.get(who) ?? {};
    const judged = feedback.all(who);
    const isJudged = new Set(judged.map(({ paper }) => paper));
    const saved = ofPerson
      .all({ ...who, since: since ?? '', limit: MOST_SIGNALS })
      .filter(({ paper }) => !isJudged.has(paper));
    return {
      isOff: isOff === 1,
      papers: [...judged, ...saved].map(toSignal),
      subjects: subjects.all(who),
      authors: watched.all(who).flatMap((terms) => (JSON.parse(terms) as WatchTerms).author ?? []),
      known: new Set([...savedBy.all(who), ...isJudged]),
    };
  }

  return {
    signalsOf(audience: RecommendFor): Signals {
      if (audience.kind === 'person') return personSignals(audience.person);
      const names = toTeamNames(audience.team);
      return {
        isOff: false,
        papers: ofTeam.all({ ...names, limit: MOST_SIGNALS }).map(toSignal),
        subjects: [],
        authors: [],
        known: new Set(savedIn.all(names)),
      };
    },

    newestKey: () => newest.get() ?? 0,
    factsOf: (papers: readonly number[]) =>
      facts.all(JSON.stringify(papers)).map(
        (row): PaperFacts => ({
          ...row,
          authors: JSON.parse(row.authors) as string[],
          categories: JSON.parse(row.categories) as string[],
        }),
      ),
    withdrawnAmong: (papers: readonly number[]) => new Set(withdrawn.all(JSON.stringify(papers))),
    nameOf: (paper: number) => named.get(paper),
    /** The papers with the most votes among those stored after this key. */
    mostVoted: (after: number, limit: number) => byVotes.all(after, limit),

    /** The subset of these papers that passes. */
    async passing(papers: readonly number[], condition: Condition): Promise<number[]> {
      const { byKey, others } = condition;
      const conditions = [byKey(sql`p.pk`), others].filter((part) => part !== undefined);
      if (conditions.length === 0) return [...papers];
      const { rows } = await sql<{ pk: number }>`
        SELECT p.pk FROM json_each(${JSON.stringify(papers)}) w JOIN papers p ON p.pk = CAST(w.value AS BIGINT)
        WHERE ${sql.join(conditions, sql` AND `)}`.execute(query);
      return rows.map(({ pk }) => pk);
    },
  };
}

function toSignal({ paper, at, kind, people, noted, read }: SignalRow): PaperSignal {
  return { paper, at, kind, people, isNoted: noted === 1, isRead: read === 1 };
}
