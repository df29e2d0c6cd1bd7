/** The program as a process of its own, as somebody at a shell runs it. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** Compiled by the set-up of the whole run (`build.ts`). */
const CLI = join(import.meta.dirname, '../../dist/src/cli.js');

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** `DATA_DIR`, and whatever else differs from a shell where nothing is set. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Ended with the test if it has not ended by itself. No source is polled unless `env` says so. */
export function startCli(args: readonly string[], { env, cwd }: CliOptions): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', SOURCES: 'none', ...env },
    ...(cwd !== undefined && { cwd }),
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** @param input everything that is typed, before the end of the input */
export async function runCli(args: readonly string[], options: CliOptions, input = ''): Promise<CliResult> {
  const child = startCli(args, options);
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, stdout, stderr };
}
