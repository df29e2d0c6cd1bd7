import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Rows of unknown fate wait 70 s of real time: for `npm run test:faults` alone. `crash.test.ts` tries the same by a held clock. */
const LONG = ['test/delivery/slack-process.test.ts'];

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
    projects: [
      {
        test: {
          name: 'paperboy',
          include: ['test/**/*.test.ts'],
          exclude: process.env['TEST_FAULTS'] === undefined ? LONG : [],
          testTimeout: 20_000,
          provide: { platform: 'terminal' },
        },
      },
      {
        // The suite of commands once more, typed into Discord.
        test: {
          name: 'in discord',
          include: ['test/commands/{*,feed/*}.test.ts'],
          testTimeout: 20_000,
          provide: { platform: 'discord' },
        },
      },
      {
        // And into Slack.
        test: {
          name: 'in slack',
          include: ['test/commands/{*,feed/*}.test.ts'],
          testTimeout: 20_000,
          provide: { platform: 'slack' },
        },
      },
    ],
  },
});
