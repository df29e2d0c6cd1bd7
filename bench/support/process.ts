/** The program as a process, and its peak memory. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const CLI = join(import.meta.dirname, '../../dist/src/cli/main.js');

export const hasPeakMemory = existsSync('/proc/self/status');

/**
 * Peak resident memory of a process in megabytes: VmHWM of
 * https://man7.org/linux/man-pages/man5/proc_pid_status.5.html.
 * `undefined` if the process has ended.
 */
export function peakMemory(pid: number | undefined): number | undefined {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return undefined;
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(path, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1_000;
}
