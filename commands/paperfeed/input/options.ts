/** Options of a feed, the same in every command that takes them. */
import type { ChoiceOption, IntegerOption, StringOption } from '../../../src/command/define.ts';
import { FEED_RANKS } from '../../../src/feeds/feed.ts';
import {
  COUNT_MAX,
  FEED_PERIODS,
  LEARNED_CHOICES,
  OUTAGE_CHOICES,
  STYLE_CHOICES,
  THIN_CHOICES,
} from '../../../src/feeds/options/feed-options.ts';

import { COUNT_SAID, VOTES_SAID } from '../../papers/input/options.ts';
import {
  DAYS_SAID,
  DAYS_SAID_AS,
  DAYS_UNREAD,
  EXCLUDE_SAID,
  IF_FEW_SAID_AS,
  isZoneName,
  LEARNED_SAID_AS,
  PERIOD_SAID_AS,
  RANK_SAID_AS,
  STYLE_SAID_AS,
  TIME_SAID,
  TIME_UNREAD,
  ZONE_SAID,
} from './said.ts';

const TERMS_LENGTH = 1_000;

/** When a digest comes, in a channel or to a person. */
export const TIME_OF_DAY = {
  type: 'string',
  description: 'Time of day, such as 9:30, 9am or 21h',
  maxLength: 20,
  input: 'time',
  alsoCalled: ['at', 'hour'],
  said: TIME_SAID,
  unread: TIME_UNREAD,
} as const satisfies StringOption;

export const ZONE = {
  type: 'string',
  description: 'Time zone or city, such as Europe/Berlin',
  maxLength: 60,
  complete: 'zone',
  alsoCalled: ['timezone', 'tz'],
  said: ZONE_SAID,
  saidWith: 'time',
} as const satisfies StringOption;

export const SETTINGS_OPTIONS = {
  include: {
    type: 'string',
    description:
      'Only papers that match one of these: words, a "phrase", cs.RO, author:Name; separated by commas',
    maxLength: TERMS_LENGTH,
    list: true,
    reads: 'topic',
    alsoCalled: ['about', 'topics', 'topic'],
  },
  time: TIME_OF_DAY,
  zone: { ...ZONE, description: 'Time zone, such as Europe/Berlin', fits: isZoneName },
  days: {
    type: 'string',
    description: 'weekdays, daily, weekends, mon-thu or mon,wed,fri',
    maxLength: 80,
    input: 'weekdays',
    alsoCalled: ['day', 'on', 'weekday'],
    said: DAYS_SAID,
    unread: DAYS_UNREAD,
    saidAs: DAYS_SAID_AS,
  },
  period: {
    type: 'choice',
    description: 'Papers of the day, the past week or the past month',
    choices: FEED_PERIODS,
    saidAs: PERIOD_SAID_AS,
    standsAlone: true,
  },
  count: {
    type: 'integer',
    description: 'How many papers',
    min: 1,
    max: COUNT_MAX,
    alsoCalled: ['limit', 'max', 'top', 'n', 'number'],
    said: ['{}(?: papers?)? (?=(?:a|per|each|every) day)', ...COUNT_SAID],
  },
  exclude: {
    type: 'string',
    description:
      'No papers that match one of these: words, a "phrase", cs.RO, author:Name; separated by commas',
    maxLength: TERMS_LENGTH,
    list: true,
    alsoCalled: ['without', 'not', 'except', 'excluding'],
    said: EXCLUDE_SAID,
  },
  min_votes: {
    type: 'integer',
    description: 'Minimum number of Hugging Face votes',
    min: 0,
    max: 10_000,
    alsoCalled: ['votes', 'upvotes', 'likes'],
    said: VOTES_SAID,
  },
  if_few: {
    type: 'choice',
    formerly: 'thin',
    description: 'If too few papers match: post fewer, wait for more, or skip the day',
    choices: THIN_CHOICES,
    saidAs: IF_FEW_SAID_AS,
  },
  style: {
    type: 'choice',
    description: 'A thread with one message per paper, or a single message',
    choices: STYLE_CHOICES,
    alsoCalled: ['as'],
    saidAs: STYLE_SAID_AS,
    standsAlone: true,
  },
  rank: {
    type: 'choice',
    description: 'Rank by votes, by likeness to what is saved here, by date, or by both votes and likeness',
    choices: FEED_RANKS,
    alsoCalled: ['sort', 'order', 'ranked_by'],
    synonyms: { votes: ['trending', 'popular'], new: ['newest', 'date', 'latest'], likeness: ['similar'] },
    saidAs: RANK_SAID_AS,
  },
  learned: {
    type: 'choice',
    description: 'Learn from what this channel saves, discusses and dismisses',
    choices: LEARNED_CHOICES,
    alsoCalled: ['learn', 'learning'],
    synonyms: { on: ['yes', 'true'], off: ['no', 'false'] },
    saidAs: LEARNED_SAID_AS,
  },
  if_source_down: {
    type: 'choice',
    formerly: 'outage',
    description: 'If Hugging Face is down: post the papers that are loaded, or wait',
    choices: OUTAGE_CHOICES,
  },
} as const satisfies Readonly<Record<string, StringOption | IntegerOption | ChoiceOption>>;

export const FEED = {
  type: 'string',
  description: 'Feed to use, if the channel has several',
  maxLength: 20,
  complete: 'feed',
  // A letter, or a number that the answer corrects: “unfollow b” is no search.
  fits: (word) => /^(?:feed|#?\d{1,2}|[a-z])$/i.test(word),
} as const satisfies StringOption;
