/** Phrases and options of `/papers import`. */
import type { ChoiceOption, DayOption, StringOption } from '../../../src/command/define.ts';
import { READING_STATES } from '../../../src/search/search.ts';
import { TAGS } from './options.ts';

const POSTED =
  "(?:that )?(?:we|people|everyone|they|i)(?: have|[’']ve)? (?:posted|shared|linked|discussed|sent)";
const THIS_CHANNEL = "(?:this|the|our) (?:whole |entire )?(?:channel|thread|chat|room)(?:’s|'s)?";

export const IMPORTED_TEXT = {
  type: 'string',
  description: 'IDs, links, DOIs, titles, BibTeX or RIS; without it, a form opens',
  maxLength: 15_000,
  input: 'paragraph',
  reads: 'topic',
  keepsLines: true,
  alsoCalled: ['papers', 'links', 'bibtex', 'bib', 'ris', 'ids'],
  leftOut: [
    '^(?:all|every|each|everything|any)(?: of)?(?: the)?(?: arxiv)?(?: papers?| links?| pdfs?| messages?)?$',
    '^(?:the |our |these |those )?(?:papers?|links?|messages?|history|past messages)$',
    '^(?:of|from|in)$',
  ],
} as const satisfies StringOption;

export const IMPORT_TAGS = {
  ...TAGS,
  description: 'Tags for all of them, separated by commas',
  alsoCalled: ['tag', 'label'],
  said: ['with (?:the )?tag {}$', '(?:and )?tagged (?:as |with )?{}$'],
} as const satisfies StringOption;

export const IMPORT_STATE = {
  type: 'choice',
  description: 'Whether you have read them',
  choices: READING_STATES,
  input: 'none',
  synonyms: { unread: ['new', 'open', 'todo'], reading: ['started'], read: ['done', 'finished'] },
  saidAs: {
    unread: ['(?:and mark (?:them |it )?)?as unread$'],
    read: ['(?:and mark (?:them |it )?)?as (?:already )?read$'],
  },
} as const satisfies ChoiceOption;

export const IMPORT_FROM = {
  type: 'choice',
  description: 'channel finds the papers of this channel, and asks first',
  choices: ['channel'],
  input: 'none',
  synonyms: { channel: ['here', 'history', 'messages', 'thread'] },
  saidAs: {
    channel: [
      `${POSTED} (?:in|to|on) ${THIS_CHANNEL}$`,
      `${POSTED}(?: here)?$`,
      `(?:(?:posted|shared|linked|sent) )?(?:from |of |in |to |on )?(?:the history of )?${THIS_CHANNEL}(?: history)?$`,
      '(?:(?:posted|shared|linked|sent) )?(?:from )?(?:in )?here$',
      '^(?:from )?(?:the )?channel(?: history)?$',
    ],
  },
  standsAlone: true,
} as const satisfies ChoiceOption;

export const IMPORT_SINCE = {
  type: 'day',
  description: 'Only messages of the channel since this day',
  edge: 'start',
  input: 'none',
  alsoCalled: ['after', 'start'],
} as const satisfies DayOption;

export const IMPORT_UNTIL = {
  type: 'day',
  description: 'Only messages of the channel until this day',
  edge: 'end',
  input: 'none',
  alsoCalled: ['before', 'end'],
} as const satisfies DayOption;

export const IMPORT_NAMES = [
  'import',
  'import these papers',
  'import these links',
  'import these',
  'import the following papers',
  'import the following',
  'import this bibliography',
  'import this bibtex',
  'import my bibtex',
  'import bibtex',
  'import my papers',
  'import papers',
  'save these papers',
  'save these links',
  'save all these papers',
  'save all these',
  'save all of these',
  'save the following papers',
  'save the following',
  'add these papers',
  'add these links',
  'add all these papers',
  'add all these',
  'bulk save',
  'save many',
];

/** Lines about the papers of the channel that begin with a verb of another command. */
const SAVING = ['save', 'add', 'collect', 'get'];
const ALL = [
  'every paper',
  'all papers',
  'all the papers',
  'all links',
  'all the links',
  'everything',
  'the papers',
];
const WHERE = [
  'we posted in this channel',
  'we posted here',
  'we shared in this channel',
  'we shared here',
  'posted in this channel',
  'posted here',
  'shared here',
  'from this channel',
  'in this channel',
  'of this channel',
  'from here',
];

export const IMPORT_CHANNEL_NAMES: Readonly<Record<string, string>> = Object.fromEntries([
  ...SAVING.flatMap((verb) =>
    ALL.flatMap((what) => WHERE.map((where) => [`${verb} ${what} ${where}`, 'from:channel'] as const)),
  ),
  ['save this channel', 'from:channel'],
]);
