/** Attempts of one measurement. A busy machine, or garbage collected meanwhile, lengthens some of them. */
const ATTEMPTS = 5;
/** So many times the limit: no machine is as busy, and the next attempt would take as long. */
const HOPELESS = 10;

/**
 * Milliseconds of processor time that this process has used. Unlike elapsed time, it does not count the time
 * of other processes. It still grows on a busy machine, because processes share caches and frequency.
 */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * The least processor time of up to five runs, in milliseconds; one run below the limit is enough. Choose a
 * limit of at least five times what a quiet machine needs: what these tests look for takes a hundred times as
 * long. Speed is measured in `bench/`.
 */
export function leastCpuTime(limit: number, run: () => unknown): number {
  return least(limit, () => {
    const started = cpuTime();
    run();
    return cpuTime() - started;
  });
}

/** `leastCpuTime` of something asynchronous. */
export function leastCpuTimeAsync(limit: number, run: () => Promise<unknown>): Promise<number> {
  return leastAsync(limit, async () => {
    const started = cpuTime();
    await run();
    return cpuTime() - started;
  });
}

function least(limit: number, measure: () => number): number {
  let best = measure();
  for (let attempt = 1; mayStill(best, limit, attempt); attempt++) best = Math.min(best, measure());
  return best;
}

/** The least of up to five measurements; one below the limit is enough. */
export async function leastAsync(limit: number, measure: () => Promise<number>): Promise<number> {
  let best = await measure();
  for (let attempt = 1; mayStill(best, limit, attempt); attempt++) best = Math.min(best, await measure());
  return best;
}

function mayStill(best: number, limit: number, attempt: number): boolean {
  return attempt < ATTEMPTS && best >= limit && (limit === 0 || best < HOPELESS * limit);
}
