/** Shared by subcommands: configuration, stores, messages, errors and interruption. */

import { openStores, type Stores } from '../app/stores.ts';
import { messageOf, UserError } from '../base/errors.ts';
import { type Config, parseConfig } from '../config/config.ts';
import { type Environment, readEnvironment } from '../config/environment.ts';

export function readConfig(): Config {
  return parseConfig(readEnvironment());
}

/** Opens the stores, runs `work`, and closes them even if it fails. */
export async function withStores<Result>(
  config: Config,
  work: (stores: Stores) => Promise<Result>,
  options: Parameters<typeof openStores>[3] = {},
): Promise<Result> {
  // If a worker dies, the pending call rejects and `work` fails.
  const { stores, close } = await openStores(config.database, () => {}, sayUpgrade, options);
  try {
    return await work(stores);
  } finally {
    await close();
  }
}

/** A person who sees nothing for minutes would stop the program. */
export function sayUpgrade(): void {
  say(
    'The database is being upgraded, after a backup. A large one takes some minutes; if it is interrupted, nothing is lost.',
  );
}

/** Writes a message to standard error; standard output is for results. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Reports a failure: only the message of a `UserError`, the stack of any other error. */
export function fail(error: unknown): void {
  const stack = error instanceof Error ? error.stack : undefined;
  say(error instanceof UserError ? error.message : `Paperboy failed: ${stack ?? messageOf(error)}`);
  process.exitCode = 1;
}

/** Parent process, read as early as possible because it may end before the configuration is read. */
const PARENT = process.ppid;

/** Milliseconds between checks that npm's shell still runs. */
const PARENT_CHECK_MS = 250;

/** Aborted by the first Ctrl-C or SIGTERM. A second one ends the process at once, by Node's default. */
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
 * Treats the end of npm's shell as a SIGTERM: npm sends that signal only to the shell, which does not forward
 * it. A process that npm did not start may outlive its parent (`nohup`).
 */
function abortWhenOrphaned(controller: AbortController): void {
  const timer = setInterval(() => {
    if (process.ppid !== PARENT) controller.abort();
  }, PARENT_CHECK_MS);
  timer.unref();
  controller.signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
