/** Detects repeated events, which Discord may send after a resumed connection. */

const REMEMBERED = 10_000;

/** @returns a function that is true for an id among the last ten thousand */
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
