/** Work that was begun and has not ended: a stop waits for it, and so does what depends on it. */

export interface InFlight {
  /** Counts the work until it ends, whatever comes of it, and gives it back. */
  follow<Result>(work: Promise<Result>): Promise<Result>;
  /** Resolves when all that is under way now has ended. */
  settled(): Promise<void>;
}

export function openInFlight(): InFlight {
  const underWay = new Set<Promise<void>>();
  return {
    follow(work) {
      const ended = work.then(
        () => void underWay.delete(ended),
        () => void underWay.delete(ended),
      );
      underWay.add(ended);
      return work;
    },
    async settled() {
      await Promise.all(underWay);
    },
  };
}
