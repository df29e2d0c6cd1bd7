/** Phrases that set a digest: `send me a digest every week`, `weekly digest on friday at 8`. */

/** Before a time, or alone. */
export const DIGEST_NAMES = [
  'send me a digest',
  'send me the digest',
  'send me my digest',
  'send me digests',
  'send a digest',
  'i want a digest',
  "i'd like a digest",
  'give me a digest',
  'set up a digest',
  'my digest',
  'my inbox',
  'inbox',
  'digests',
];

const STOPS = [
  'stop the digest',
  'stop my digest',
  'stop digests',
  'stop digest',
  'stop sending me the digest',
  'stop sending me digests',
  'end the digest',
  'end my digest',
  'cancel the digest',
  'cancel my digest',
  'turn off the digest',
  'turn off my digest',
  'turn the digest off',
  'turn my digest off',
  'no more digests',
  'no digest',
];
const STARTS = [
  'turn on the digest',
  'turn on my digest',
  'turn the digest on',
  'start the digest',
  'start my digest',
];
const PACES = { daily: 'weekdays', weekday: 'weekdays', weekly: 'weekly', monthly: 'monthly' } as const;
const BEFORE = ['', 'a ', 'my ', 'send me a ', 'send me the ', 'i want a ', 'give me a ', 'set up a '];

/** The same with what they say. */
export const DIGEST_NAMES_WITH: Readonly<Record<string, string>> = Object.fromEntries([
  ...STOPS.map((name) => [name, 'when:off']),
  ...STARTS.map((name) => [name, 'when:on']),
  ...Object.entries(PACES).flatMap(([word, pace]) =>
    BEFORE.map((before) => [`${before}${word} digest`, `when:${pace}`]),
  ),
]);

export const DIGEST_SAID_AS = {
  weekdays: [
    '(?:on |every |each )?(?:weekdays?|work(?:ing)? ?days?)',
    '(?:every|each|once a|once per) (?:day|morning)',
    'daily',
    'monday (?:to|through|-) friday',
  ],
  weekly: ['(?:every|each|once a|once per|a) week', 'weekly'],
  monthly: ['(?:every|each|once a|once per|a) month', 'monthly'],
  on: ['^on$', '^yes$', '^start$'],
  off: ['^off$', '^no$', '^never$', '^stop$', '^end$', '^cancel$'],
} as const;

const dayNamed = (name: string, short: string) => [`(?:on |every |each )?(?:${name}s?|${short})`];

export const DAY_SAID_AS = {
  monday: dayNamed('monday', 'mon'),
  tuesday: dayNamed('tuesday', 'tue'),
  wednesday: dayNamed('wednesday', 'wed'),
  thursday: dayNamed('thursday', 'thu'),
  friday: dayNamed('friday', 'fri'),
  saturday: dayNamed('saturday', 'sat'),
  sunday: dayNamed('sunday', 'sun'),
} as const;

export const WITHOUT_SAID_AS = {
  trending: ['(?:without|no) (?:the )?trending(?: papers)?'],
  recommended: ['(?:without|no) (?:recommendations|recommended(?: papers)?)'],
  changes: ['(?:without|no) (?:the )?changes(?: (?:of|to) (?:my )?(?:saved )?papers)?'],
  team: ["(?:without|no) (?:(?:the|my) )?team(?:[’']s saves)?"],
} as const;
