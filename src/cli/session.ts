/** What every subcommand needs: the configuration, the log, and the database behind its threads for as long as it works. */

import { openStores, type Stores } from '../app/stores.ts';
import { messageOf, UserError } from '../base/errors.ts';
import { type Config, type Environment, parseConfig, readEnvironment } from '../config/config.ts';

export function readConfig(): Config {
  return parseConfig(readEnvironment());
}

/** Opens the stores for one piece of work and closes them whatever comes of it. */
export async function withStores<Result>(
  config: Config,
  work: (stores: Stores) => Promise<Result>,
): Promise<Result> {
  // A dead thread rejects the call that waits for it: the work fails by itself.
  const { stores, close } = await openStores(config.databasePath, () => {});
  try {
    return await work(stores);
  } finally {
    await close();
  }
}

/** Standard output is for what was asked for; everything about the work goes to standard error. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Ends a command: a sentence for what its user can mend, the whole error for what only we can. */
export function fail(error: unknown): void {
  const stack = error instanceof Error ? error.stack : undefined;
  say(error instanceof UserError ? error.message : `Paperboy failed: ${stack ?? messageOf(error)}`);
  process.exitCode = 1;
}

/** Who started this process, read as early as possible: it may be gone before the configuration is read. */
const PARENT = process.ppid;

/** Milliseconds between two looks at whether npm's shell is still there. */
const PARENT_CHECK_MS = 250;

/** Aborted by the first Ctrl-C or SIGTERM; a second one ends the process at once, as without us. */
export function interruption(environment: Environment): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  if (environment['npm_lifecycle_event'] !== undefined) abortWhenOrphaned(controller);
  return controller.signal;
}

/** Resolves when the signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/**
 * Takes the death of npm's shell for a SIGTERM: npm passes that signal on to the shell alone, which ends without
 * passing it on, and nothing else tells the bot. A process that npm did not start may outlive its parent (`nohup`).
 */
function abortWhenOrphaned(controller: AbortController): void {
  const timer = setInterval(() => {
    if (process.ppid !== PARENT) controller.abort();
  }, PARENT_CHECK_MS);
  timer.unref();
  controller.signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
