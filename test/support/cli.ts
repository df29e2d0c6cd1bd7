/** The program as a process, run as from a shell. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
/** Compiled by the set-up of the whole run (`build.ts`). */
const CLI = join(ROOT, 'dist/src/cli/main.js');
/**
 * Node caches compiled code: this saves a fifth of the processor time of a start, about a hundred times in a
 * run.
 */
const COMPILE_CACHE = join(ROOT, 'node_modules/.cache/compiled');

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** `DATA_DIR`, and other differences from a shell with an empty environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Ends the process with the test if it is still running. No source is polled unless `env` turns one on. */
export function startCli(args: readonly string[], options: CliOptions): ChildProcessWithoutNullStreams {
  return startProcess(process.execPath, [CLI, ...args], options);
}

/** Runs `npm start` in the project's folder. */
export function startByNpm({ env }: CliOptions): ChildProcessWithoutNullStreams {
  return startProcess('npm', ['start', '--silent'], { env, cwd: ROOT });
}

function startProcess(command: string, args: readonly string[], { env, cwd }: CliOptions) {
  const child = spawn(command, args, {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      NO_COLOR: '1',
      SOURCES: 'none',
      ...env,
    },
    ...(cwd !== undefined && { cwd }),
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** @param input all input, up to its end */
export async function runCli(args: readonly string[], options: CliOptions, input = ''): Promise<CliResult> {
  const child = startCli(args, options);
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, stdout, stderr };
}

/** Resolves with the printed text once it contains `expected`. */
export async function printed(stream: Readable, expected: string): Promise<string> {
  let all = '';
  for await (const chunk of stream.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    all += String(chunk);
    if (all.includes(expected)) break;
  }
  return all;
}
