/** Reads trending lists from the database. */

import { compact } from '../base/compact.ts';
import type { Team } from '../chat/caller.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import type { PaperTable } from '../db/tables/papers.ts';
import { OF_TEAM, PEOPLE, type TeamNames, toTeamNames } from '../library/library-store.ts';
import { toPaper } from '../papers/paper-row.ts';
import { openWordSearch } from '../search/matching/word-search.ts';
import { openWordIndexOf } from '../search/word-index/index-reader.ts';
import { type Clock, type Day, dayOf } from '../time/clock.ts';
import { type Span, spanOf } from './periods.ts';
import { compareScored, type RankReason, reasonAbove, trendingScore } from './score.ts';
import { hasCategory, isInArchive, parseTopic } from './topic.ts';
import type { TrendingService } from './trending.ts';

/** Papers without a list, at most. A category of arXiv has fewer in a day. */
const MOST_UNLISTED = 500;
/** Milliseconds between publication and storage of a paper that counts as new. Announcements take days. */
const NEW_MS = 7 * 86_400_000;
/** Time span for growth. */
const GROWTH_WINDOW_MS = 48 * 3_600_000;

/** A paper without its text, which would be megabytes for a month's list. */
interface ListedRow {
  readonly pk: number;
  readonly id: string;
  readonly categories: string;
  /** Earliest day in the period that lists the paper. */
  readonly day: Day;
  readonly votes: number;
  readonly comments: number;
  readonly stars: number;
  readonly saves: number;
}

type RankedRow = ListedRow & { readonly growth?: number; readonly age: number; readonly score: number };

interface Look {
  readonly paper: number;
  readonly votes: number;
}

/** Runs in the store thread. */
export function openTrendingService(
  connection: DatabaseConnection,
  clock: Clock,
  wordIndex = openWordIndexOf(connection),
): TrendingService {
  const listed = connection.prepare<[{ from: Day; to: Day } & TeamNames], ListedRow>(`
    SELECT pk, id, categories, min(day) AS day,
      coalesce(papers.votes, max(appearances.votes)) AS votes,
      coalesce(papers.comments, max(appearances.comments)) AS comments,
      coalesce(code_stars, 0) AS stars,
      (SELECT ${PEOPLE} FROM saves WHERE saves.paper = pk AND ${OF_TEAM}) AS saves
    FROM appearances JOIN papers ON pk = appearances.paper
    WHERE day BETWEEN @from AND @to
    GROUP BY pk`);
  const unlisted = connection.prepare<
    [{ from: Day; to: Day; since: Day; limit: number } & TeamNames],
    ListedRow
  >(`
    SELECT pk, id, categories, substr(added_at, 1, 10) AS day, coalesce(votes, 0) AS votes,
      coalesce(comments, 0) AS comments, coalesce(code_stars, 0) AS stars,
      (SELECT ${PEOPLE} FROM saves WHERE saves.paper = pk AND ${OF_TEAM}) AS saves
    FROM papers
    WHERE published >= @since AND added_at >= @from AND substr(added_at, 1, 10) <= @to AND withdrawn = 0
      AND NOT EXISTS (SELECT 1 FROM appearances WHERE paper = pk)
    ORDER BY published DESC, pk DESC LIMIT +@limit`);
  const looks = connection.prepare<[{ from: Day; to: Day; since: string; until: string }], Look>(`
    SELECT paper, votes FROM vote_snapshots
    WHERE paper IN (SELECT paper FROM appearances WHERE day BETWEEN @from AND @to)
      AND at BETWEEN @since AND @until
    ORDER BY paper, at`);
  const words = openWordSearch(connection, wordIndex);
  const wholePaper = connection.prepare<[number], PaperTable>('SELECT * FROM papers WHERE pk = ?');
  const latestDay = connection.prepare<[], Day | null>('SELECT max(day) FROM appearances').pluck();
  const dayBefore = connection
    .prepare<[Day], Day | null>('SELECT max(day) FROM appearances WHERE day < ?')
    .pluck();
  const dayAfter = connection
    .prepare<[Day], Day | null>('SELECT min(day) FROM appearances WHERE day > ?')
    .pluck();

  /** Votes gained in the window before `moment`, for papers polled at least twice. */
  function growthUntil(moment: number, { from, to }: Span): Map<number, number> {
    const since = new Date(moment - GROWTH_WINDOW_MS).toISOString();
    const until = new Date(moment).toISOString();
    const first = new Map<number, number>();
    const growth = new Map<number, number>();
    for (const { paper, votes } of looks.iterate({ from, to, since, until })) {
      const before = first.get(paper);
      if (before === undefined) first.set(paper, votes);
      else growth.set(paper, votes - before);
    }
    return growth;
  }

  function aboutTopic(rows: readonly ListedRow[], text: string): readonly ListedRow[] {
    const topic = parseTopic(text);
    switch (topic?.kind) {
      case undefined:
        return rows;
      case 'nothing':
        return [];
      case 'category':
        return rows.filter((row) => hasCategory(categoriesOf(row), topic.category));
      case 'words': {
        const { archive } = topic;
        const found = new Set(
          words.among(
            topic.match,
            rows.map(({ pk }) => pk),
          ),
        );
        return rows.filter(
          (row) => found.has(row.pk) || (archive !== undefined && isInArchive(categoriesOf(row), archive)),
        );
      }
    }
  }

  /** The whole list, best first. */
  function rank(span: Span, team: Team, topic: string, withNew = false): RankedRow[] {
    const moment = Math.min(span.endsAt, clock.now().getTime());
    const growth = growthUntil(moment, span);
    const days = { from: span.from, to: span.to, ...toTeamNames(team) };
    const since = dayOf(new Date(span.startsAt - NEW_MS));
    const added = withNew ? unlisted.all({ ...days, since, limit: MOST_UNLISTED }) : [];
    return aboutTopic([...listed.all(days), ...added], topic)
      .map((row) => {
        const activity = { ...row, ...compact({ growth: growth.get(row.pk) }) };
        const age = (moment - Date.parse(row.day)) / (span.endsAt - span.startsAt);
        return { ...activity, age, score: trendingScore(activity, age) };
      })
      .sort(compareScored);
  }

  return {
    async list({ period, date, topic = '', of, limit, offset, withNew }) {
      const span = spanOf(period, date ?? latestDay.get() ?? dayOf(clock.now()));
      const ranked = rank(span, of, topic, withNew);
      const entries = ranked.slice(offset, offset + limit).flatMap((ranking, index) => {
        const row = wholePaper.get(ranking.pk);
        if (row === undefined) return [];
        const { score, saves, growth, day } = ranking;
        const rank = offset + index + 1;
        const reason = reasonAmong(ranking, ranked.slice(rank));
        return [{ paper: toPaper(row), rank, score, saves, day, ...compact({ growth, reason }) }];
      });
      return {
        period,
        from: span.from,
        to: span.to,
        entries,
        total: ranked.length,
        ...compact({ previous: dayBefore.get(span.from), next: dayAfter.get(span.to) }),
      };
    },
  };
}

/** @param below the papers that rank lower, best first */
function reasonAmong(ranking: RankedRow, below: readonly RankedRow[]): RankReason | undefined {
  const passed = below.find(({ votes }) => votes > ranking.votes);
  return passed && reasonAbove(ranking, passed);
}

function categoriesOf({ categories }: ListedRow): string[] {
  return JSON.parse(categories) as string[];
}
