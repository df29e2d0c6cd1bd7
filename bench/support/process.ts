/** The program as a process, and its peak memory. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const CLI = join(import.meta.dirname, '../../dist/src/cli/main.js');

/** `getconf CLK_TCK`, the same on all common machines. */
const TICKS_A_SECOND = 100;

export const hasPeakMemory = existsSync('/proc/self/status');

/**
 * Peak resident memory of a process in megabytes: VmHWM of
 * https://man7.org/linux/man-pages/man5/proc_pid_status.5.html.
 * `undefined` if the process has ended.
 */
export function peakMemory(pid: number | undefined): number | undefined {
  return megabytes(pid, 'VmHWM');
}

/** Resident memory now: VmRSS. */
export function residentMemory(pid: number | undefined): number | undefined {
  return megabytes(pid, 'VmRSS');
}

function megabytes(pid: number | undefined, field: string): number | undefined {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return undefined;
  const kilobytes = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(path, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1_000;
}

/**
 * Seconds for which the present threads of a process waited for a processor that others used: the second
 * number of https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat.
 */
export function waitingSeconds(pid: number | undefined): number {
  const tasks = `/proc/${pid}/task`;
  const waited = readdirSync(tasks).map((task) => {
    const path = join(tasks, task, 'schedstat');
    return existsSync(path) ? Number(readFileSync(path, 'utf8').split(' ')[1]) : 0;
  });
  return waited.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e9;
}

/** Seconds of processor time so far: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html. */
export function processorSeconds(pid: number | undefined): number {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return 0;
  const [, fields = ''] = readFileSync(path, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  return ((user ?? 0) + (system ?? 0)) / TICKS_A_SECOND;
}
