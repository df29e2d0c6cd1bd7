/** Phrases for the options of a feed: `every weekday at 8am`, `robotics, but not surveys`. */
import { parsedOrNothing } from '../../../src/base/errors.ts';
import { parseZone } from '../../../src/time/zones.ts';

const DAY =
  '(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)';
const JOINING = '(?: ?(?:,|/|and|&|,? and|-|–|to|through) ?)';
/** Numbers of other things: “at 30 fps”. */
const NO_UNIT =
  '(?! ?(?:fps|hz|khz|ghz|%|percent|k\\b|x\\b|bits?|tokens?|degrees?|years?|months?|nm|db|kelvin|tev|gev|mev))';
const CLOCK = `(\\d{1,2}(?:[:.h]\\d{2})? ?(?:am|pm|a\\.m\\.|p\\.m\\.|h)?)(?: o'clock| uhr| sharp)?${NO_UNIT}(?!:\\d)`;

/** What may follow a day in an order; “SAT solvers” and “weekend effect” are topics. */
const ENDS =
  '(?=[\\s,.;]*(?:$|,|;|@|\\d|(?:at|in|from|with|no|not|without|but|except|excluding|top|only|on|and|max|about|as|to|for|starting|please|noon|midnight|papers?|morning|utc|gmt)\\b))';

export const TIME_SAID = [
  `(?:the )?time (?:to|of|is) ${CLOCK}`,
  `(?:at|@|around) ${CLOCK}`,
  '(?:at )?(\\d{1,2}:\\d{2} ?(?:am|pm|a\\.m\\.|p\\.m\\.)?)',
  '(?:at )?(\\d{1,2} ?(?:am|pm|a\\.m\\.|p\\.m\\.)|\\d{3,4} ?(?:am|pm))',
  `(?:at )?((?:[01]?\\d|2[0-3])h(?:[0-5]\\d)?)${ENDS}`,
  'at (noon|midnight)',
  '^(noon|midnight)(?=$| in | \\p{Lu})',
  '(?<= )(noon|midnight)$',
];

const ABBREVIATIONS = '[CEW]ES?T|[ECMP][SD]T|IST|BST|MSK|JST|AES?T|HKT|SGT|KST';

/** Refused later, with places: “UTC+2”, “gmt -5:30”, and “+02:00” behind a time. */
const OFFSETS = ['(?:utc|gmt) ?[+−–-] ?\\d{1,2}(?::?\\d{2})?', '[+−-]\\d{1,2}:\\d{2}'];

export const ZONE_SAID = [
  ...OFFSETS.map((offset) => `(?:in )?(${offset})(?: time)?`),
  `(?:in )?(${ABBREVIATIONS})(?: time)?`,
  '(?:in |on )?([a-z]+/[a-z_]+(?:/[a-z_]+)?)',
  '(?:in |on )?(utc|gmt)',
  '(?:in |on )?(\\p{Lu}[\\p{L}.-]+(?: \\p{Lu}[\\p{L}.-]+){0,2}) (?:local )?time',
  '(?:in |on )?([a-z]+(?: [a-z]+)?) (?:local )?time$',
  '(?:in )?(\\p{Lu}[\\p{L}.-]+(?: \\p{Lu}[\\p{L}.-]+){0,2})$',
];

export const DAYS_SAID = [
  `(?:every|each|on|only on) (${DAY}(?:${JOINING}${DAY})*)${ENDS}`,
  `(${DAY}(?:${JOINING}${DAY})+)${ENDS}`,
  '(?:on |every )?((?:mon|tues|wednes|thurs|fri|satur|sun)days)(?= \\S)',
  '(mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?)$',
];

export const DAYS_SAID_AS = {
  daily: [
    `(?:every|each) (?:single )?day${ENDS}`,
    `(?:per|a) day${ENDS}`,
    'daily$',
    '^daily(?: papers?| list| digest)(?: on| about| of)?',
    '(?:all )?(?:7|seven) days(?: a week)?',
    '(?:every|each) morning',
  ],
  weekdays: [
    `(?:on |every |each )(?:weekdays?|work(?:ing)? ?days?|business days?)${ENDS}`,
    '^weekdays(?= \\S)',
    `(?:weekdays|work(?:ing)? ?days|business days)${ENDS}`,
    'weekday$',
    `monday (?:to|through|-) friday${ENDS}`,
  ],
  weekends: [`(?:on |at |every |each )(?:the )?weekends?${ENDS}`, `weekends${ENDS}`],
} as const;

export const PERIOD_SAID_AS = {
  day: [],
  week: [
    '(?:once a|every|each) week',
    'weekly$',
    '^weekly(?: papers?| list| digest| summary)?(?: on| about| of)(?= \\S)',
    '(?:the )?(?:papers? )?of the week',
  ],
  month: [
    '(?:once a|every|each) month',
    'monthly$',
    '^monthly(?: papers?| list| digest| summary)?(?: on| about| of)(?= \\S)',
    '(?:the )?(?:papers? )?of the month',
  ],
} as const;

const KIND =
  '(?:surveys?|reviews?|benchmarks?|datasets?|position papers?|tutorials?|theses|overviews?|case studies)(?:(?: (?:and|or)|,) (?:surveys?|reviews?|benchmarks?|datasets?))*';

export const EXCLUDE_SAID = [
  `(?:, )?(?:but |and )?(?:not|no|without|except(?: for)?|excluding|exclude|minus|skip) (?:any )?(${KIND})`,
  '(?:, )?(?:but not|but no|but without|except(?: for)?|excluding) (?:papers (?:on|about) )?(?!(?:on |at |every )?(?:(?:week|mon|tues|wednes|thurs|fri|satur|sun)(?:day|end)s?)(?:\\s|$))(\\S[^,]*)$',
];

export const STYLE_SAID_AS = {
  thread: ['as (?:a )?threads?', '(?:in|with) a thread$'],
  single: [
    '(?:all )?(?:as|in|into) (?:a|one|a single|just one) (?:single )?(?:message|post)',
    '(?:single|one) (?:message|post)$',
    '(?:as a list,? )?(?:without a|no) threads?$',
    'without threads?$',
    'as a (?:single )?list$',
  ],
} as const;

export const IF_FEW_SAID_AS = {
  fewer: [],
  wait: [],
  skip: ['skip (?:the )?(?:day|days)(?: if (?:there are )?(?:too )?few)?'],
} as const;

export const LEARNED_SAID_AS = {
  on: [
    '(?:and )?(?:learn|learning) (?:from )?(?:what|whatever) (?:we|this channel|people here|the channel) (?:saves?|likes?|reads?|discuss(?:es)?)(?: and (?:saves?|likes?|reads?|discuss(?:es)?|dismiss(?:es)?))*',
    '(?:and )?learn (?:from us|what we like)$',
  ],
  off: ['(?:and )?(?:without learning|stop learning|do not learn)$'],
} as const;

export const RANK_SAID_AS = {
  votes: ['(?:ranked|sorted|ordered) by (?:votes|popularity)'],
  likeness: ['(?:ranked|sorted|ordered) by (?:likeness|similarity)'],
  new: ['(?:ranked|sorted|ordered) by date', '(?:the )?newest first'],
  mixed: [],
} as const;

/** A time that was not read: “at half past eight”, “25:00”. */
export const TIME_UNREAD = [
  `(?<=^|\\s)(?:at|@) (?:half past|quarter|\\d{1,2}${NO_UNIT}(?=[\\s:.,]|$)).*`,
  '(?<=^|\\s)\\d{1,2}:\\d{2}(?=\\s|$)',
  '(?<=^|\\s)\\d{1,2} ?(?:am|pm)(?=\\s|$)',
];

/** Days that were not read: “twice a week”, “daily, but …”. */
export const DAYS_UNREAD = [
  `(?<=^|\\s)(?:every|each) (?:other |second |\\d+(?:nd|rd|th)? )?(?:day|week|month|morning|evening|night|afternoon|${DAY})(?=[\\s,]|$)`,
  '(?<=^|\\s)(?:once|twice|two times|three times|\\d+ times) (?:a|per) (?:day|week|month)',
  '(?<=^|\\s)(?:daily|weekly|monthly)(?=,|$| but| and (?:only|not))',
  '(?<=^|\\s)(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?= \\d|$)',
];

/** True for an IANA name, a large city, UTC, or an abbreviation or offset, refused with advice later. */
export function isZoneName(text: string): boolean {
  if (new RegExp(`^(?:${[ABBREVIATIONS, ...OFFSETS].join('|')})$`, 'i').test(text)) return true;
  return parsedOrNothing(() => parseZone(text)) !== undefined;
}
