/** Phrases that say a watch: `tell me when something new by Yann LeCun comes out`. */

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

const NOUN = '(?:papers?|articles?|preprints?|publications?|works?|research|stuff|results?)';

/** Around what is to be watched. */
export const WATCH_LEFT_OUT = [
  "^(?:there (?:is|are|'s|’s)|there's|there’s|someone (?:posts|publishes|writes)|people (?:post|publish|write))(?= \\S)",
  `^(?:something|anything|everything)(?: (?:new|interesting))?(?: (?:appears|comes out))?(?: (?:about|on|regarding|concerning|from))?(?= \\S)`,
  `^(?:(?:a|an|any|some|all|the|every) )?(?:new|recent|latest|upcoming) ${NOUN}(?: (?:(?:comes?|come) out|appears?))?(?: (?:about|on|regarding|concerning))?(?= (?!like|similar)\\S)`,
  `^(?:(?:a|an|any|some|all|the|every) )?${NOUN} (?:about|on|regarding|concerning)(?= \\S)`,
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
