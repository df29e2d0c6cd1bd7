import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Store and search run in real worker threads inside the tests: processes, not threads, keep them apart.
    pool: 'forks',
    globalSetup: './test/support/build.ts',
    testTimeout: 20_000,
    reporters: ['default', './test/support/count-reporter.ts'],
  },
});
