/** Time of lists and searches of one person with 10,000 saved papers, next to bare SQL with LIKE. */
import { join } from 'node:path';
import type { DatabaseConnection } from '../src/db/connection.ts';
import type { ListQuery, Person } from '../src/library/library.ts';
import { openLibrary } from '../src/library/library-store.ts';
import type { PaperRecord } from '../src/papers/paper.ts';
import { openSearchService } from '../src/search/search-service.ts';
import { toIndex } from '../src/text/index-text.ts';
import { openImported } from './support/bare-fts.ts';
import type { Benchmark } from './support/figure.ts';
import { learnMeanings } from './support/learned.ts';
import { readArxivPapers } from './support/papers.ts';
import { quantile } from './support/statistics.ts';

const PAPERS = 80_000;
const SAVES = 10_000;
const PEOPLE = 3;
const QUERIES = 200;
const PERSON: Person = { platform: 'slack', workspace: 'T1', person: 'U0', team: 'slack:T1' };
const OF = { platform: 'slack', workspace: 'T1', person: 'U0' };
const PAGE = { limit: 5, offset: 0 } as const;

export const libraryBenchmark: Benchmark = {
  prefix: 'library',
  async run({ data, scratch, report, skip }) {
    const papers = await readArxivPapers(data, PAPERS);
    if (!papers) return skip('library', 'no arxiv/arxiv_meta.jsonl.gz in the data');
    const path = join(scratch, 'library.db');
    const connection = await openImported(path, papers);
    fill(connection, papers);
    // As in the program, a while after the import.
    await learnMeanings(connection);
    const library = openLibrary(connection);
    const search = openSearchService(connection);
    await search.warmUp();
    const like = openLike(connection);
    const texts = papers
      .filter((_, at) => at % Math.floor(papers.length / QUERIES) === 0)
      .map(({ title }) => title.split(/\s+/).slice(0, 2).join(' '));

    const kinds: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
      words: (text) =>
        search.search({ text, filter: { savedBy: OF, saved: { of: OF } }, sort: 'relevance', ...PAGE }),
      team: (text) =>
        search.search({
          text,
          filter: { savedBy: { team: PERSON.team }, saved: { of: OF } },
          sort: 'relevance',
          ...PAGE,
        }),
      tagged: (text) =>
        search.search({
          text,
          filter: { savedBy: OF, saved: { of: OF, tag: 'tag3', state: 'unread' } },
          sort: 'relevance',
          ...PAGE,
        }),
      words_oldest: (text) => library.list(PERSON, listOf({ text, sort: 'oldest' })),
      newest: () => library.list(PERSON, listOf({})),
      by_title: () => library.list(PERSON, listOf({ sort: 'title' })),
      unread_first: () => library.list(PERSON, listOf({ sort: 'unread' })),
      by_tag: () => library.list(PERSON, listOf({ filter: { tag: 'tag3', state: 'unread' } })),
      team_list: () => library.list(PERSON, listOf({ scope: 'team' })),
    };
    for (const [kind, ask] of Object.entries(kinds)) {
      const ours: number[] = [];
      const theirs: number[] = [];
      for (const text of texts) {
        ours.push(await timed(() => ask(text)));
        theirs.push(await timed(async () => like(text)));
      }
      report(`library.${kind}.p50_ms`, quantile(ours, 0.5), 'ms', quantile(theirs, 0.5));
      report(`library.${kind}.p99_ms`, quantile(ours, 0.99), 'ms', quantile(theirs, 0.99));
    }
    connection.close();
  },
};

function listOf(query: Partial<ListQuery>): ListQuery {
  return { scope: 'mine', filter: {}, sort: 'newest', ...PAGE, ...query };
}

/** Every eighth paper is saved by each person, with a note of words from another abstract. */
function fill(connection: DatabaseConnection, papers: readonly PaperRecord[]): void {
  const save = connection.prepare(`INSERT INTO saves VALUES ('slack:T1', 'slack', 'T1', ?, ?, ?)`);
  const note = connection.prepare(
    `INSERT INTO save_details (platform, workspace, person, paper, note, words, state, updated_at)
     VALUES ('slack', 'T1', ?, ?, ?, ?, ?, '2026-01-01')`,
  );
  const tag = connection.prepare(`INSERT INTO save_tags VALUES ('slack', 'T1', ?, ?, ?)`);
  const states = ['unread', 'reading', 'read'];
  connection.transaction(() => {
    for (let person = 0; person < PEOPLE; person++) {
      for (let at = 0; at < SAVES; at++) {
        const pk = at * Math.floor(papers.length / SAVES) + person + 1;
        const day = new Date(Date.UTC(2026, 0, 1) + at * 600_000).toISOString();
        save.run(`U${person}`, pk, day);
        const words = papers[(pk * 7) % papers.length]?.abstract.split(/\s+/).slice(0, 12).join(' ') ?? '';
        note.run(`U${person}`, pk, words, toIndex(words), states[at % states.length]);
        tag.run(`U${person}`, pk, `tag${at % 50}`);
      }
    }
  })();
  connection.exec('ANALYZE');
}

/** The same rows, read by LIKE. */
function openLike(connection: DatabaseConnection): (text: string) => unknown {
  const statement = connection.prepare(
    `SELECT p.pk FROM saves s JOIN papers p ON p.pk = s.paper
     LEFT JOIN save_details d ON d.paper = s.paper AND d.platform = s.platform
       AND d.workspace = s.workspace AND d.person = s.person
     WHERE s.platform = 'slack' AND s.workspace = 'T1' AND s.person = 'U0'
       AND (p.title LIKE @text OR p.abstract LIKE @text OR d.note LIKE @text)
     ORDER BY s.saved_at DESC LIMIT 5`,
  );
  return (text) => statement.all({ text: `%${text}%` });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
