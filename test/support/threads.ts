import type { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

/** Counts the threads that the test starts, and those of them that ended. */
export function countThreads(): { readonly started: number; readonly ended: number } {
  const counts = { started: 0, ended: 0 };
  const count = (thread: Worker) => {
    counts.started++;
    thread.once('exit', () => counts.ended++);
  };
  process.on('worker', count);
  onTestFinished(() => void process.off('worker', count));
  return counts;
}
