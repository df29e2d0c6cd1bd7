/** Parses IANA time zones as people type them. */
import { closest, distance } from 'fastest-levenshtein';
import { UserError } from '../base/errors.ts';
import { clip } from '../chat/clip.ts';
import { offsetCalled, zonesAt, zonesCalled, zonesOfCity } from './zone-names.ts';

/** Current names of zones that the runtime lists under an older name. */
const RENAMED = [
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Europe/Kyiv',
];
/** What follows the time in ISO 8601. */
const MILITARY = /^(?:z|zulu)$/;
const ADVICE = 'Use a name such as Europe/Berlin, or UTC';
const LONGEST = 40;
/** Edits in a misspelt name that is still recognised. */
const SLIPS = 3;
/** Shorter words count as abbreviations. At this length a prefix fits few names, a misspelling many. */
const SHORTEST_GUESSED = 4;
/** Maximum number of suggested zones. */
const CHOICES = 4;
const all = new Intl.ListFormat('en-GB', { type: 'conjunction' });

let known: readonly string[] | undefined;

function allZones(): readonly string[] {
  known ??= [
    ...new Set([...Intl.supportedValuesOf('timeZone'), ...RENAMED.filter(isZone), 'UTC']),
  ].toSorted();
  return known;
}

/**
 * The proper spelling of an IANA name, from any spelling, from its city or from a large city in one zone.
 * Rejects abbreviations (EST, CET) and offsets (UTC+2), which are ambiguous or have no summer time; an offset
 * of nothing is UTC.
 * @throws UserError with the nearest name, or the zones that an abbreviation can mean
 */
export function parseZone(text: string): string {
  const typed = plain(text);
  if (MILITARY.test(typed) || offsetCalled(text.slice(0, LONGEST)) === 0) return 'UTC';
  const zone = allZones().find((each) => key(each) === typed || cityKey(each) === typed) ?? alias(typed);
  const [only, ...others] = zone === undefined ? zonesOfCity(text.slice(0, LONGEST)) : [zone];
  if (only !== undefined && others.length === 0) return only;
  throw new UserError(`“${clip(text, LONGEST)}” is not a time zone. ${adviceFor(text.slice(0, LONGEST))}`);
}

/** Suggests a zone. A wrong guess is worse than none, so an ambiguous name gets a list of its zones. */
function adviceFor(text: string): string {
  const offset = offsetCalled(text);
  const cities = offset === undefined ? zonesOfCity(text) : zonesAt(offset);
  const meant = cities.length > 0 ? cities : zonesCalled(text);
  const near = meant.length > 0 ? meant[0] : nearestZone(plain(text));
  if (near === undefined) return `${ADVICE}.`;
  if (meant.length < 2) return `Did you mean ${near}?`;
  const shown = meant.slice(0, CHOICES);
  const listed = all.format(meant.length > CHOICES ? [...shown, 'others'] : shown);
  return `It can mean ${listed}. Use the one you mean.`;
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
  if (typed.length < SHORTEST_GUESSED) return undefined;
  const [begun, ...others] = suggestZones(typed, 2);
  if (begun !== undefined) return others.length === 0 ? begun : undefined;
  if (typed.length <= SHORTEST_GUESSED) return undefined;
  const names = new Map(
    allZones().flatMap((zone) => [[key(zone), zone] as const, [cityKey(zone), zone] as const]),
  );
  const found = closest(typed, [...names.keys()]);
  return distance(typed, found) <= Math.min(SLIPS, typed.length / 4) ? names.get(found) : undefined;
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
