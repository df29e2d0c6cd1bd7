import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

const COMMANDS = ['test/commands/{*,feed/*}.test.ts'];

/** The real clients over sockets to fake platforms, and the fakes' own tests. */
const PLATFORMS = ['test/chat/{discord,slack}/**/*.test.ts', 'test/support/**/*.test.ts'];

/** Guarantees that take many seeded cases, or seconds of real learning, to try. */
const GUARANTEES = [
  'test/delivery/{crash,due-times,engine,late-risers,planner}.test.ts',
  'test/embedding/**/*.test.ts',
  'test/model/injections.test.ts',
  'test/papers/{import,export/export}.test.ts',
  'test/sources/polling/daily-jobs.test.ts',
];

/** The program as a process of its own. */
const PROCESS = ['test/cli/*.test.ts', 'test/delivery/{,slack-}{process,processes}.test.ts'];

/** Waits 70 s of real time again and again: for `npm run test:faults` alone. `crash.test.ts` tries the same by a held clock. */
const LONG = process.env['TEST_FAULTS'] === undefined ? ['test/delivery/slack-process.test.ts'] : [];

/** Limits are there to end a test that hangs: on a machine with 25 times the work, each step takes 25 times as long. */
const MINUTE = 60_000;

export default defineConfig({
  test: {
    // Store and search run in real worker threads inside the tests: processes, not threads, keep them apart.
    pool: 'forks',
    // No module keeps state, so the files of one process share what is loaded; that and the last core halve the time.
    isolate: false,
    // One more than cores: tests of the program as a process wait for most of their time.
    maxWorkers: availableParallelism() + 1,
    globalSetup: './test/support/build.ts',
    reporters: ['default', './test/support/count-reporter.ts'],
    testTimeout: 2 * MINUTE,
    hookTimeout: 2 * MINUTE,
    expect: { poll: { timeout: MINUTE, interval: 20 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...COMMANDS, ...PLATFORMS, ...GUARANTEES, ...PROCESS],
        },
      },
      // The suite of commands, typed into each platform.
      ...(['terminal', 'discord', 'slack'] as const).map((platform) => ({
        extends: true as const,
        test: { name: `commands in ${platform}`, include: COMMANDS, provide: { platform } },
      })),
      { extends: true, test: { name: 'platforms', include: PLATFORMS } },
      { extends: true, test: { name: 'guarantees', include: GUARANTEES } },
      {
        extends: true,
        test: {
          name: 'process',
          include: PROCESS,
          exclude: [...configDefaults.exclude, ...LONG],
          testTimeout: 5 * MINUTE,
          env: { TEST_PATIENCE: '30' },
          expect: { poll: { timeout: 3 * MINUTE, interval: 50 } },
        },
      },
    ],
  },
});
