/** Phrases that say a watch: `tell me when something new by Yann LeCun comes out`. */
import type { RawValues } from '../../../src/command/define.ts';

/** Before what is to be watched. */
export const WATCH_NAMES = [
  'tell me when',
  'tell me if',
  'tell me as soon as',
  'tell me about new',
  'tell me about any new',
  'alert me about',
  'alert me when',
  'alert me if',
  'alert me to',
  'alert me on',
  'alert me of',
  'notify me about',
  'notify me when',
  'notify me if',
  'notify me of',
  'notify me on',
  'let me know when',
  'let me know if',
  'let me know about',
  'keep me posted on',
  'keep me posted about',
  'keep me updated on',
  'keep me informed about',
  'keep an eye on',
  'watch out for',
  'watch for',
  'look out for',
  'set up an alert for',
  'create an alert for',
  'make an alert for',
  ...['message me', 'ping me', 'dm me', 'inform me'].flatMap((verb) =>
    ['about', 'when', 'if', 'on'].map((word) => `${verb} ${word}`),
  ),
  ...['alerts', 'an alert', 'notifications', 'a notification'].flatMap((noun) =>
    ['send me', 'give me', 'i want', "i'd like", 'i need'].flatMap((verb) =>
      ['for', 'about', 'on', 'when'].map((word) => `${verb} ${noun} ${word}`),
    ),
  ),
  'i want to be notified about',
  'i want to be notified when',
  'i want to be told about',
  'i want to know when',
  "i'd like to know when",
];

/** The same for the channel. */
export const WATCH_US_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'tell us when',
    'tell us if',
    'tell us about new',
    'alert us about',
    'alert us when',
    'alert us to',
    'notify us about',
    'notify us when',
    'let us know when',
    'let us know about',
    'keep us posted on',
    'keep us updated on',
  ].map((name) => [name, 'to:channel']),
);

const DAILY = '(?:daily|every day|each day|every morning|each morning|once a day|once per day|once daily)';
const AT_ONCE =
  '(?:at once|immediately|instantly|right away|straight away|as soon as possible|the moment|as it happens)';
const ABOUT = '(?:about|of|on|for|when|whenever|if|to)';
const ALERTS = '(?:an? |the )?(?:new )?(?:alerts?|notifications?|pings?)';

/** How often, in the middle of a sentence: `notify me daily about diffusion`. */
function saidTo(whom: 'me' | 'us', often: string): string[] {
  const subject = whom === 'me' ? 'i' : 'we';
  return [
    `(?:tell|notify|alert|ping|inform|update|message|dm) ${whom} ${often} ${ABOUT} {query}`,
    `let ${whom} know ${often} (?:about|when|whenever|if) {query}`,
    `keep ${whom} (?:posted|updated|informed) ${often} (?:on|about|with) {query}`,
    `(?:send|give|get) ${whom} ${ALERTS} ${often} ${ABOUT} {query}`,
    `(?:send|give|get) ${whom} (?:an? )?${often} (?:alerts?|notifications?|updates?) ${ABOUT} {query}`,
    `${subject}(?:'d like| would like| want| need)(?: to (?:be|get))? (?:notified|alerted|informed|told|pinged|alerts|notifications) ${often} ${ABOUT} {query}`,
  ];
}

export const WATCH_SAID_BY: Readonly<Record<string, RawValues>> = Object.fromEntries([
  ...saidTo('me', DAILY).map((said) => [said, { when: 'daily' }]),
  ...saidTo('us', DAILY).map((said) => [said, { when: 'daily', to: 'channel' }]),
  ...saidTo('me', AT_ONCE).map((said) => [said, { when: 'at-once' }]),
  ...saidTo('us', AT_ONCE).map((said) => [said, { when: 'at-once', to: 'channel' }]),
  [
    '(?:set up |create |make |add )?(?:an? )?daily (?:alerts?|notifications?|watch) (?:for|on|about) {query}',
    { when: 'daily' },
  ],
  [`watch ${DAILY} (?:for )?{query}`, { when: 'daily' }],
]);

const NOUN = '(?:papers?|articles?|preprints?|publications?|works?|research|stuff|results?)';

/** Around what is to be watched. */
export const WATCH_LEFT_OUT = [
  "^(?:there (?:is|are|'s|’s)|there's|there’s|someone (?:posts|publishes|writes)|people (?:post|publish|write))(?= \\S)",
  `^(?:something|anything|everything)(?: (?:new|interesting))?(?: (?:appears|comes out))?(?: (?:about|on|regarding|concerning|from))?(?= \\S)`,
  `^(?:(?:a|an|any|some|all|the|every) )?(?:new|recent|latest|upcoming) ${NOUN}(?: (?:(?:comes?|come) out|appears?))?(?: (?:about|on|regarding|concerning))?(?= (?!like|similar)\\S)`,
  `^(?:(?:a|an|any|some|all|the|every) )?${NOUN} (?:about|on|regarding|concerning)(?= \\S)`,
  '(?<=\\S )(?:publish(?:es)?|posts?|writes?|releases?|uploads?|puts? out)(?: (?:something|anything|an?|any|some))?(?: new)?(?: (?:papers?|preprints?|work))?$',
  '^(?:new|any) (?=\\S+ papers?$)',
  '(?:comes? out|(?:is|are|gets?) (?:published|posted|released|announced|uploaded|out)|appears?|(?:shows?|pops?|turns?) up)$',
  'for me$',
];

export const WHEN_SAID_AS = {
  daily: [
    'once (?:a|per|each|every) day',
    'once daily',
    '(?:every|each) (?:day|morning)$',
    '(?:as a )?daily(?: (?:digest|summary|list))?$',
  ],
  'at-once': [
    '(?:at once|immediately|right away|straight away|instantly|as soon as (?:possible|they appear|it appears|they come out|they are out))$',
  ],
} as const;

export const TO_SAID_AS = {
  channel: [
    '(?:in|to|into|for|with) (?:this|our|the) channel',
    'here$',
    'for (?:us|the (?:lab|team|group)|everyone|everybody)$',
  ],
  me: [
    '(?:just |only )?(?:to|for) me(?: (?:only|alone))?$',
    '(?:by|in|as) (?:a )?(?:dm|direct message|private message)$',
    'privately$',
  ],
} as const;
