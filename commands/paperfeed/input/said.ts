/** Phrases for the options of a feed: `every weekday at 8am`, `robotics, but not surveys`. */
import { parsedOrNothing } from '../../../src/base/errors.ts';
import { parseZone } from '../../../src/time/zones.ts';

const DAY =
  '(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)';
const JOINING = '(?: ?(?:,|and|&|,? and|-|–|to|through) ?)';
const CLOCK = "(\\d{1,2}(?:[:.h]\\d{2})? ?(?:am|pm|a\\.m\\.|p\\.m\\.|h)?)(?: o'clock| uhr| sharp)?";

export const TIME_SAID = [
  `(?:the )?time (?:to|of|is) ${CLOCK}`,
  `(?:at|@|around) ${CLOCK}`,
  '(?:at )?(\\d{1,2}:\\d{2} ?(?:am|pm|a\\.m\\.|p\\.m\\.)?)',
  '(?:at )?(\\d{1,2} ?(?:am|pm|a\\.m\\.|p\\.m\\.)|\\d{1,2}h\\d{0,2})',
  '(?:at )?(noon|midnight)',
];

export const ZONE_SAID = [
  '(?:in |on )?([a-z]+/[a-z_]+(?:/[a-z_]+)?)',
  '(?:in |on )?(utc|gmt)',
  '(?:in |on )?(\\p{Lu}[\\p{L}.-]+(?: \\p{Lu}[\\p{L}.-]+){0,2}) (?:local )?time',
  '(?:in |on )?([a-z]+(?: [a-z]+)?) (?:local )?time$',
  '(?:in )?(\\p{Lu}[\\p{L}.-]+(?: \\p{Lu}[\\p{L}.-]+){0,2})$',
];

export const DAYS_SAID = [
  `(?:every|each|on|only on) (${DAY}(?:${JOINING}${DAY})*)`,
  `(${DAY}(?:${JOINING}${DAY})+)`,
  '(mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?)$',
];

export const DAYS_SAID_AS = {
  daily: [
    '(?:every|each|per|a) (?:single )?day',
    'daily$',
    '^daily(?: papers?| list| digest)(?: on| about| of)?',
    '(?:all )?(?:7|seven) days(?: a week)?',
    'every morning',
  ],
  weekdays: [
    '(?:on |every |each )?(?:weekdays?|work(?:ing)? ?days?|business days?)',
    'monday (?:to|through|-) friday',
  ],
  weekends: ['(?:on |at |every |each )?(?:the )?weekends?'],
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
  '(?:, )?(?:but not|but no|but without|except(?: for)?|excluding) (?:papers (?:on|about) )?(\\S[^,]*)$',
];

export const STYLE_SAID_AS = {
  thread: ['(?:as|in|with) (?:a )?threads?'],
  single: [
    '(?:all )?(?:as|in|into) (?:a|one|a single|just one) (?:single )?(?:message|post)',
    '(?:single|one) (?:message|post)$',
    '(?:without|no) (?:a )?threads?',
  ],
} as const;

export const IF_FEW_SAID_AS = {
  fewer: [],
  wait: [],
  skip: ['skip (?:the )?(?:day|days)(?: if (?:there are )?(?:too )?few)?'],
} as const;

/** True for an IANA name, a large city, or UTC. */
export function isZoneName(text: string): boolean {
  return parsedOrNothing(() => parseZone(text)) !== undefined;
}
