/** Work that must not overtake other work on the same thing. */

/** Begins when all earlier work under that key has ended, whatever came of it. */
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
