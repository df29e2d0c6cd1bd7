/** Detects events that Discord delivers a second time, as it may after a resumed connection. */

const REMEMBERED = 10_000;

/** @returns a check that is true if an id is among the last ten thousand seen */
export function openRepeats(): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return true;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return false;
  };
}
