/** Runs tasks with the same key in order. */

/** Starts when all earlier work with the same key has settled. */
export type Turns = (key: string, work: () => Promise<void>) => Promise<void>;

export function openTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return (key, work) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work);
    const ended = turn.catch(() => undefined);
    last.set(key, ended);
    void ended.then(() => last.get(key) === ended && last.delete(key));
    return turn;
  };
}
