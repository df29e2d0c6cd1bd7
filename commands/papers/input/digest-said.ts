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
  'send my digest',
  'send the digest',
  'send digests',
  ...['email', 'e-mail', 'mail'].flatMap((verb) => [
    `${verb} me a digest`,
    `${verb} me the digest`,
    `${verb} me my digest`,
    `${verb} me digests`,
    `${verb} my digest`,
    `${verb} the digest`,
  ]),
  'get my digest',
  'get the digest',
  'i want my digest',
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
const NO_MAIL = ['emailing', 'e-mailing', 'mailing'].flatMap((verb) => [
  `stop ${verb} me`,
  `stop ${verb} me the digest`,
  `stop ${verb} me my digest`,
  `stop ${verb} me digests`,
]);
const DIRECTLY = ['back to direct messages', 'back to dms', 'back to private messages'];
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
  ...DIRECTLY.map((name) => [name, 'by:direct']),
  ...NO_MAIL.map((name) => [name, 'when:off']),
  ...DIRECTLY.map((name) => [name, 'by:direct']),
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

/** They mean the digest only if a code follows. */
export const DIGEST_MEANT_BY = { 'my code is': '', 'the code is': '', 'my digest code is': '' } as const;

/** As Slack writes addresses, too: `<mailto:ada@lab.example|ada@lab.example>`. */
const ADDRESS = String.raw`<?(?:mailto:)?([^\s@<>|,;]+@[^\s@<>|,;]+\.[\p{L}\d-]{2,63})(?:\|[^\s>]*)?>?`;

export const EMAIL_SAID = [
  `(?:(?:instead )?(?:to|at|by|via|with|on) )?(?:my |the |an )?(?:e-?mail )?(?:address )?(?:is |to |at )?${ADDRESS}`,
];

export const CODE_SAID = ['(?:(?:my |the )?code (?:is )?)?(\\d{3}[ -]?\\d{3})'];

/** Without an address. */
export const BY_SAID_AS = {
  email: [
    '(?:by|via|as|through|per|in) (?:an )?e-?mails?',
    '(?:to|at) (?:my |an )?(?:e-?mail(?: address)?|mailbox)',
    '^e-?mail$',
  ],
  direct: [
    '(?:back to|by|via|as|through|in|with) (?:a )?(?:direct|private) messages?',
    '(?:back to|by|via|as|through|in) dms?',
    '^(?:direct|private) messages?$',
    '^dms?$',
    'back here',
    '(?:not|no longer|no more) by e-?mail',
    'without e-?mail',
  ],
} as const;
