/** Parses IANA time zones as people type them. */
import { closest, distance } from 'fastest-levenshtein';
import { UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';

/** Current names of zones that the runtime lists under an older name. */
const RENAMED = [
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Europe/Kyiv',
];
const ADVICE = 'Use a name such as Europe/Berlin, or UTC';
const LONGEST = 40;
/** Edits in a misspelt name that is still recognised. */
const SLIPS = 3;

let known: readonly string[] | undefined;

function allZones(): readonly string[] {
  known ??= [
    ...new Set([...Intl.supportedValuesOf('timeZone'), ...RENAMED.filter(isZone), 'UTC']),
  ].toSorted();
  return known;
}

/**
 * The proper spelling of an IANA name, from any spelling or from its city. Rejects abbreviations (EST, CET),
 * which are ambiguous or have no summer time.
 * @throws UserError with the nearest name
 */
export function parseZone(text: string): string {
  const typed = plain(text);
  const zone = allZones().find((each) => key(each) === typed || cityKey(each) === typed) ?? alias(typed);
  if (zone !== undefined) return zone;
  const near = nearestZone(typed);
  const mend = near === undefined ? `${ADVICE}.` : `Did you mean ${near}?`;
  throw new UserError(`“${clip(text, LONGEST)}” is not a time zone. ${mend}`);
}

/** Zones for a prefix of their city or, after those, of their name. */
export function suggestZones(text: string, limit: number): string[] {
  const typed = plain(text);
  const byCity = allZones().filter((zone) => cityKey(zone).startsWith(typed));
  const byName = allZones().filter((zone) => key(zone).startsWith(typed));
  return [...new Set(typed === '' ? byName : [...byCity, ...byName])].slice(0, limit);
}

/** Resolves an older name such as `US/Pacific`. */
function alias(typed: string): string | undefined {
  if (!typed.includes('/') && typed !== 'gmt') return undefined;
  return isZone(typed)
    ? new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone
    : undefined;
}

function nearestZone(typed: string): string | undefined {
  if (typed.length < 3) return undefined;
  const begun = suggestZones(typed, 1)[0];
  if (begun !== undefined) return begun;
  const names = new Map(
    allZones().flatMap((zone) => [[key(zone), zone] as const, [cityKey(zone), zone] as const]),
  );
  const found = closest(typed, [...names.keys()]);
  return distance(typed, found) <= Math.min(SLIPS, typed.length / 3) ? names.get(found) : undefined;
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

function plain(text: string): string {
  return key(text.slice(0, LONGEST).normalize('NFKC').trim());
}

/** `New York`, `new_york` and `New-York` are the same. */
function key(name: string): string {
  return name.toLowerCase().replace(/[\s\p{Pd}]/gu, '_');
}

function cityKey(zone: string): string {
  return key(zone.slice(zone.lastIndexOf('/') + 1));
}
