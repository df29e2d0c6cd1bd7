/** Processor time that the event loop's thread uses in one go, however busy the machine is. */

export interface Turns {
  /** Milliseconds of the longest one so far. */
  longest(): number;
  stop(): void;
}

const BEAT_MS = 1;

/** An elapsed time includes the time for which the thread waits for a core. This one does not. */
export function watchTurns(): Turns {
  let longest = 0;
  let last = process.threadCpuUsage();
  const beat = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last);
    last = process.threadCpuUsage();
    longest = Math.max(longest, (user + system) / 1_000);
  }, BEAT_MS);
  return { longest: () => longest, stop: () => clearInterval(beat) };
}
