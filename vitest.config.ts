import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

const COMMANDS = ['test/commands/{*,papers/*,paperfeed/*}.test.ts'];

/** The real clients over sockets to fake platforms, and the fakes' own tests. */
const PLATFORMS = ['test/platforms/{discord,slack}/**/*.test.ts', 'test/{fakes,support}/**/*.test.ts'];

/** The program as a process of its own. */
const PROCESS = [
  'test/cli/**/*.test.ts',
  'test/docs/readme.test.ts',
  'test/guarantees/crash-safety/{,slack-,several-}{process,processes}.test.ts',
];

/** Suites by guarantee, and what else takes many seeded cases or seconds of real learning to try. */
const GUARANTEES = [
  'test/guarantees/**/*.test.ts',
  'test/delivery/{engine,planning/*,publishing/late-additions}.test.ts',
  'test/{import/import-papers,export/export-papers,sources/polling/daily-jobs}.test.ts',
  'test/sources/{harvest/*,arxiv/catch-up-job}.test.ts',
  'test/search/{embedders,lsa,indexing,nearest}/*.test.ts',
];

/**
 * Waits 70 s of real time repeatedly, so it only runs in `npm run test:faults`. `crash.test.ts` tests the
 * same with a held clock.
 */
const LONG =
  process.env['TEST_FAULTS'] === undefined ? ['test/guarantees/crash-safety/slack-process.test.ts'] : [];

/**
 * Time limits only end tests that hang: with 25 times the load, each step takes 25 times as long.
 */
const MINUTE = 60_000;

/** Tests do not measure speed, so fake platforms wait longer for the bot: `test/support/patience.ts`. */
const PATIENT = { TEST_PATIENCE: '30' };

/** Need a server. */
const POSTGRES_ONLY = [
  'test/db/{moving/move,postgres/postgres,postgres/migrate-postgres}.test.ts',
  'test/search/word-index/several-processes.test.ts',
];
/** Suites of stores that also hold on PostgreSQL. */
const ON_POSTGRES = [
  ...POSTGRES_ONLY,
  'test/changes/changes-store.test.ts',
  'test/delivery/{post-now,skipped-list,watch-notices-store}.test.ts',
  'test/delivery/digests/composer.test.ts',
  'test/delivery/ledger/*.test.ts',
  'test/delivery/planning/planner.test.ts',
  'test/delivery/publishing/failure.test.ts',
  'test/feeds/feed-store.test.ts',
  'test/inbox/inbox-sender.test.ts',
  'test/learning/learned-lists-store.test.ts',
  'test/library/library-store.test.ts',
  'test/messages/message-store.test.ts',
  'test/model/{budget-store,text-generator}.test.ts',
  'test/papers/{paper-counts-store,paper-store}.test.ts',
  'test/processes/*-store.test.ts',
  'test/recommend/recommender.test.ts',
  'test/search/{hybrid-search,suggestions,word-forms,spellings,long-query}.test.ts',
  'test/search/indexing/vector-store.test.ts',
  'test/search/nearest/nearest-search.test.ts',
  'test/sources/{fresh-day,lookup,source-store}.test.ts',
  'test/summary/generated-summary.test.ts',
  'test/trending/trending-store.test.ts',
  'test/watches/*-store.test.ts',
  'test/watches/matching/matcher-store.test.ts',
  'test/workspaces/installations.test.ts',
  'test/zotero/{accounts,sync-service}.test.ts',
];
/** These open several databases or sessions, of which PGlite has one. */
const NOT_ON_PGLITE = [
  'test/db/**',
  'test/recommend/recommender.test.ts',
  'test/search/indexing/vector-store.test.ts',
  'test/search/word-forms.test.ts',
  'test/search/word-index/several-processes.test.ts',
];

/** Those that take longer there, because they store thousands of papers: only in `npm run test:postgres`. */
const LONG_ON_POSTGRES = [
  'test/delivery/publishing/late-additions.test.ts',
  'test/import/import-papers.test.ts',
  'test/papers/random-paper-store.test.ts',
  'test/search/{indexed-search,search-service}.test.ts',
  'test/search/indexing/reindex.test.ts',
  'test/search/nearest/{kept-nearest,nearest}.test.ts',
  'test/search/ranking/hits.test.ts',
  'test/search/text/phrases.test.ts',
  'test/search/word-index/{damage,index-writer}.test.ts',
  'test/watches/matching/{recorded-watches,watch-index}.test.ts',
  'test/workspaces/workspace-store.test.ts',
];

export default defineConfig({
  test: {
    // Store and search run in real worker threads inside the tests: processes, not threads, keep them apart.
    pool: 'forks',
    // Modules have no state, so test files share loaded modules. Together with the last core, this halves the
    // time.
    isolate: false,
    // One more than cores: tests of the program as a process wait for most of their time.
    maxWorkers: availableParallelism() + 1,
    reporters: ['default', './test/support/count-reporter.ts'],
    testTimeout: 2 * MINUTE,
    hookTimeout: 2 * MINUTE,
    expect: { poll: { timeout: MINUTE, interval: 20 } },
    provide: { platform: 'terminal' },
    env: PATIENT,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [
            ...configDefaults.exclude,
            ...COMMANDS,
            ...PLATFORMS,
            ...GUARANTEES,
            ...PROCESS,
            ...POSTGRES_ONLY,
          ],
        },
      },
      // The suite of commands, typed into each platform.
      ...(['terminal', 'discord', 'slack'] as const).map((platform) => ({
        extends: true as const,
        test: { name: `commands in ${platform}`, include: COMMANDS, provide: { platform } },
      })),
      { extends: true, test: { name: 'platforms', include: PLATFORMS } },
      {
        extends: true,
        test: { name: 'guarantees', include: GUARANTEES, exclude: [...configDefaults.exclude, ...PROCESS] },
      },
      {
        extends: true,
        test: {
          name: 'process',
          include: PROCESS,
          exclude: [...configDefaults.exclude, ...LONG],
          globalSetup: ['./test/support/build.ts', './test/support/used-data.ts'],
          testTimeout: 5 * MINUTE,
          expect: { poll: { timeout: 3 * MINUTE, interval: 50 } },
        },
      },
      // On the server of `TEST_DATABASE_URL`, on PGlite (`pglite`), or on one that is started for the run.
      {
        extends: true,
        test: {
          name: 'postgres',
          include:
            process.env['TEST_POSTGRES'] === undefined ? ON_POSTGRES : [...ON_POSTGRES, ...LONG_ON_POSTGRES],
          exclude: [
            ...configDefaults.exclude,
            ...(process.env['TEST_DATABASE_URL'] === 'pglite' ? NOT_ON_PGLITE : []),
          ],
          globalSetup: ['./test/support/postgres.ts'],
        },
      },
    ],
  },
});
