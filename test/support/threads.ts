import { readdirSync, readFileSync } from 'node:fs';
import { codeOf } from '../../src/base/errors.ts';

const TASKS = '/proc/self/task';

/** Number of worker threads of this process. Only Linux lists them; elsewhere `undefined`. */
export function countThreads(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return readdirSync(TASKS).filter((task) => nameOf(task) === 'WorkerThread').length;
}

function nameOf(task: string): string | undefined {
  try {
    return readFileSync(`${TASKS}/${task}/comm`, 'utf8').trim();
  } catch (error) {
    // The thread ended meanwhile.
    if (['ENOENT', 'ESRCH'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}
