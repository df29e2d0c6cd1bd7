/** IDs and times in Slack's format. */

export interface Ids {
  /** Such as `C0000000001`. The letter is the kind of object. */
  next(letter: string): string;
  /** The time of a message: seconds and microseconds, unique and increasing. */
  ts(): string;
}

export function openIds(now: () => number): Ids {
  let count = 0;
  let last = 0;
  return {
    next: (letter) => `${letter}${(++count).toString(36).toUpperCase().padStart(10, '0')}`,
    ts() {
      last = Math.max(now() * 1_000, last + 1);
      return toTs(last);
    },
  };
}

function toTs(microseconds: number): string {
  const digits = String(microseconds).padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/** Sorts by time. Strings of equal length compare like numbers, apart from the dot. */
export function isBefore(one: string, other: string): boolean {
  const [seconds = '', rest = ''] = one.split('.');
  const [otherSeconds = '', otherRest = ''] = other.split('.');
  if (seconds !== otherSeconds) return Number(seconds) < Number(otherSeconds);
  return rest.padEnd(6, '0') < otherRest.padEnd(6, '0');
}
