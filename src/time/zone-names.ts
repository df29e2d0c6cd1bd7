/** Names of time zones besides IANA's: cities, abbreviations, countries, and names such as Pacific Time. */
import { abbreviations, type RawTimeZone, rawTimeZones } from '@vvo/tzdb';

/** The most likely zones of an abbreviation or a name that several share, the likeliest first. */
const LIKELY = [
  ...['America/Los_Angeles', 'America/Denver', 'America/Phoenix', 'America/Chicago', 'America/New_York'],
  ...[
    'America/Toronto',
    'America/Halifax',
    'Pacific/Honolulu',
    'Europe/London',
    'Europe/Berlin',
    'Europe/Paris',
  ],
  ...['Europe/Lisbon', 'Europe/Athens', 'Europe/Helsinki', 'Europe/Kyiv', 'Africa/Cairo', 'Europe/Moscow'],
  ...['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem', 'Asia/Shanghai', 'Asia/Taipei', 'Asia/Tokyo'],
  ...['Asia/Seoul', 'Asia/Riyadh', 'Asia/Dubai', 'Asia/Dhaka', 'Asia/Manila', 'Asia/Bangkok'],
  ...['Africa/Johannesburg', 'Africa/Lagos', 'Africa/Nairobi', 'Africa/Harare', 'Africa/Maputo'],
  ...['Australia/Sydney', 'Australia/Adelaide', 'Pacific/Auckland', 'America/Mexico_City'],
];

/** The words in names such as `Eastern Standard Time` that are the same for all zones. */
const SEASON = / (?:(?:standard|daylight|summer) )?time$/;
/** Minutes by which clocks are put forward, everywhere but on Lord Howe Island. */
const SUMMER = 60;
const COUNTRIES: Readonly<Record<string, string>> = {
  uk: 'united kingdom',
  british: 'united kingdom',
  us: 'united states',
  usa: 'united states',
  indian: 'india',
  japanese: 'japan',
  chinese: 'china',
};

/** The zones of a large city, usually one. */
export function zonesOfCity(name: string): string[] {
  const wanted = plain(name);
  return found(({ mainCities }) => mainCities.some((city) => plain(city) === wanted));
}

/** Zones for an abbreviation (`IST`), a name (`Pacific Time`, `pacific`) or a country, most likely first. */
export function zonesCalled(name: string): string[] {
  const wanted = plain(name);
  const abbreviated = found(({ abbreviation, dstAbbreviation }) =>
    [abbreviation, dstAbbreviation].some((each) => each !== undefined && plain(each) === wanted),
  );
  if (abbreviated.length > 0) return abbreviated;
  const typed = wanted.replace(SEASON, '');
  // `PT` is short for a name, not for a season of it.
  const names = Object.entries(abbreviations).filter(([, short]) => plain(short) === wanted);
  const meant = [COUNTRIES[typed] ?? typed, ...names.map(([full]) => plain(full).replace(SEASON, ''))];
  return found(({ alternativeName, countryName }) =>
    [plain(alternativeName).replace(SEASON, ''), plain(countryName)].some((each) => meant.includes(each)),
  );
}

/** `UTC+2`, `GMT-5`, `UTC+5:30`, `UTC+5.5`, `+02:00`, `-0500`, in any dash. */
const OFFSET = /^(?:utc|gmt)? ?([+±-]) ?(\d{1,2}?)(?:[.,](25|5|75)|[:.]?(\d{2}))?(?: ?h(?:ours?)?)?$/u;

/** Minutes east of Greenwich; `undefined` for a text that is not an offset. */
export function offsetCalled(name: string): number | undefined {
  const plainName = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Pd}−]/gu, '-')
    .replace(/\s+/g, ' ')
    .trim();
  const [, sign, hours, fraction, typed = '0'] = OFFSET.exec(plainName) ?? [];
  const minutes = fraction === undefined ? Number(typed) : Number(`0.${fraction}`) * 60;
  if (hours === undefined || minutes > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + minutes) || 0;
}

/** Zones with this offset in winter or in summer. None stands for it: most offsets change twice a year. */
export function zonesAt(offset: number): string[] {
  return found(
    ({ rawOffsetInMinutes: winter, dstAbbreviation }) =>
      winter === offset || (dstAbbreviation !== undefined && winter + SUMMER === offset),
  );
}

function found(fits: (zone: RawTimeZone) => boolean): string[] {
  const rank = (zone: string) => (LIKELY.includes(zone) ? LIKELY.indexOf(zone) : LIKELY.length);
  return rawTimeZones
    .filter(fits)
    .map(({ name }) => name)
    .toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** `São Paulo`, `sao-paulo` and `SAO_PAULO` are the same. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_\p{Pd}]+/gu, ' ')
    .trim();
}
