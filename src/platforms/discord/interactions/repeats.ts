/** After a resumed connection Discord may deliver again what it delivered shortly before. */

const REMEMBERED = 10_000;

/** @returns whether an id was asked about before, of the last ten thousand */
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
