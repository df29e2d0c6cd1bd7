/** A thread for tests of threads: echoes, fails in every way, crashes on request. */
import { UserError } from '../../src/base/errors.ts';
import { serve, startData, tellStart } from '../../src/workers/serve.ts';

const { refuse, notices = [] } = startData<{ refuse?: boolean; notices?: readonly string[] }>();
if (refuse === true) throw new UserError('Not today. Try tomorrow.');

for (const notice of notices) tellStart(notice);

export interface Echo {
  same<T>(value: T): Promise<T>;
  user(): Promise<never>;
  disk(): Promise<never>;
  bug(): Promise<never>;
  die(): Promise<never>;
  hang(): Promise<never>;
}

const echo: Echo = {
  same: async (value) => value,
  user: async () => {
    throw new UserError('Say it again.');
  },
  disk: async () => {
    throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  },
  bug: async () => {
    throw Object.assign(new TypeError('x is not a function'), { code: 'ODD' });
  },
  die: async () => process.exit(3),
  hang: () => new Promise(() => {}),
};

serve({ echo }, (error) =>
  error instanceof Error && error.message.includes('full') ? new UserError('The disk is full.') : undefined,
);
