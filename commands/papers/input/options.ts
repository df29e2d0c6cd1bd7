/** Options that several commands share, so that they have the same names and limits. */
import { parsedOrNothing } from '../../../src/base/errors.ts';
import type { ChoiceOption, DayOption, IntegerOption, StringOption } from '../../../src/command/define.ts';
import { LONGEST_NOTE } from '../../../src/library/library.ts';
import { parsePaperReference } from '../../../src/text/ids.ts';

/** A number of papers. */
export const COUNT_SAID = [
  '(?:the )?(?:top|first|best|max|maximum|at most|up to|only|just|limit|limited to) {} (?:papers?|results?|ones|hits)',
  '^(?:the )?(?:top|first|best) {}(?! (?:accuracy|error|errors|recall|precision|hits?|predictions?|classification|days?|weeks?|months?|years?|hours?|minutes?|orders?|stages?|steps?|layers?|moments?|principles?))',
  '(?:the )?{} (?:best|top|most popular|newest|latest) papers?',
  '(?:the )?(?:top|first|best|max|maximum|at most|up to|limit|limited to|show) {}$',
  '{} (?:papers?|results?|hits)(?: per page| a page| please)?$',
  '^{} (?:papers?|results?)',
  '{} per page',
  'only {}$',
];

/** A number of votes. */
export const VOTES_SAID = [
  '(?:with |having |and )?(?:at least|min(?:imum)?(?: of)?|no fewer than|not less than|over|more than|above|>=?|≥) ?{}\\+? (?:up)?(?:votes?|likes?)',
  '(?:with |having )?{} (?:or more|plus) (?:up)?(?:votes?|likes?)',
  '(?:with |having )?{}(?: or more|\\+) ?(?:up)?(?:votes?|likes?)(?: or more| and more| and up)?',
  '(?:with |having ){} (?:up)?(?:votes?|likes?)(?: or more| at least| and up)?',
  '(?:up)?voted (?:at least )?{}(?: or more)? times',
  'min(?:imum)?[ _]?(?:up)?votes? ?(?:of |>=?|≥|=)? ?{}',
  '(?:up)?votes? ?(?:>=?|≥|over|above|at least) ?{}',
];

function isPaperReference(text: string): boolean {
  return parsedOrNothing(() => parsePaperReference(text)) !== undefined;
}

export const PAPER = {
  type: 'string',
  description: 'arXiv ID, link, or words from the title',
  required: true,
  maxLength: 300,
  complete: 'paper',
  reads: 'paper',
  isSurely: isPaperReference,
} as const satisfies StringOption;

export const NOTE = {
  type: 'string',
  description: 'Your note, which only you can see',
  maxLength: LONGEST_NOTE,
  input: 'paragraph',
} as const satisfies StringOption;

export const TAGS = {
  type: 'string',
  description: 'Tags, separated by commas; -tag removes one',
  maxLength: 1_500,
  complete: 'tag',
} as const satisfies StringOption;

export const LEVEL = {
  type: 'choice',
  description: 'One line, a few points, or words for newcomers',
  choices: ['line', 'short', 'newcomers'],
  default: 'short',
  alsoCalled: ['length', 'for', 'style', 'detail'],
  synonyms: {
    line: ['one', '1', 'tldr', 'sentence', 'brief', 'one line'],
    short: ['points', 'normal', 'medium'],
    newcomers: ['newcomer', 'beginner', 'beginners', 'simple', 'easy', 'eli5', 'layperson', 'students'],
  },
  saidAs: {
    line: ['(?:in|as) (?:just )?(?:a|one|1) (?:single )?(?:line|sentence)$', 'one line$', 'briefly$'],
    short: ['in (?:a few )?points$', 'in short$'],
    newcomers: [
      '(?:for|to) (?:a |an )?(?:newcomers?|beginners?|dummies|lay ?(?:people|persons?|man)|non-?experts?|students?|outsiders?|kids|children)$',
      "like (?:i'm|i’m|i am) (?:five|5)$",
      'in (?:simple|plain|easy) (?:terms|words|english|language)$',
      '(?:eli5|simply)$',
    ],
  },
} as const satisfies ChoiceOption;

export const CATEGORY = {
  type: 'string',
  description: 'arXiv category such as cs.LG, or cs for all',
  maxLength: 30,
  complete: 'category',
  alsoCalled: ['cat', 'categories', 'subject'],
  said: [
    '(?:(?:in|from|only|under|within|category|cat)(?: the)?(?: category)? )?\\[?{}\\]?(?: only| papers?)?',
  ],
} as const satisfies StringOption;

export const SINCE = {
  type: 'day',
  description: 'Published on this day or later',
  edge: 'start',
  alsoCalled: ['from', 'after', 'start', 'newer_than'],
} as const satisfies DayOption;

export const UNTIL = {
  type: 'day',
  description: 'Published on this day or earlier',
  edge: 'end',
  alsoCalled: ['to', 'before', 'till', 'end', 'older_than'],
} as const satisfies DayOption;

export const MIN_VOTES = {
  type: 'integer',
  description: 'Minimum number of Hugging Face votes',
  min: 1,
  alsoCalled: ['votes', 'upvotes', 'likes', 'minimum_votes', 'at_least'],
  said: VOTES_SAID,
} as const satisfies IntegerOption;

export const LIMIT = {
  type: 'integer',
  description: 'Papers per page',
  min: 1,
  max: 10,
  default: 5,
  alsoCalled: ['max', 'count', 'top', 'results', 'size', 'n', 'number', 'show', 'per_page'],
  said: COUNT_SAID,
} as const satisfies IntegerOption;

export const PAGE = {
  type: 'integer',
  description: 'Page',
  min: 1,
  max: 1000,
  default: 1,
  input: 'none',
  alsoCalled: ['p', 'pg'],
  said: [
    '(?:on |show )?page ?(?:no\\.? |number |#)?{}',
    'p ?{}$',
    '(?:the )?{}(?:st|nd|rd|th) page$',
    '(?:the )?(second|third|fourth|fifth) page$',
  ],
} as const satisfies IntegerOption;

export const WATCH = {
  type: 'string',
  description: 'The watch’s number, or its words',
  maxLength: 200,
  complete: 'watch',
  reads: 'plain',
} as const satisfies StringOption;

export const AUTHOR_SAID = [
  '(?:(?:that (?:was|were) )?(?:written|authored|published|co-authored) )?by (?:the )?(?:authors? )?{}',
  'from (?:the )?authors? {}',
  '(?:the )?authors? (?:is )?{}$',
];

export const AUTHOR = {
  type: 'string',
  description: 'Name of an author',
  maxLength: 100,
  complete: 'author',
  alsoCalled: ['au', 'authors', 'by', 'writer'],
  said: AUTHOR_SAID,
} as const satisfies StringOption;
