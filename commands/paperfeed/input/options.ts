/** Options of a feed, the same in every command that takes them. */
import type { ChoiceOption, IntegerOption, StringOption } from '../../../src/command/define.ts';
import {
  COUNT_MAX,
  FEED_PERIODS,
  OUTAGE_CHOICES,
  STYLE_CHOICES,
  THIN_CHOICES,
} from '../../../src/feeds/options/feed-options.ts';

const TERMS_LENGTH = 1_000;

export const SETTINGS_OPTIONS = {
  include: {
    type: 'string',
    description:
      'Only papers that match one of these: words, a "phrase", cs.RO, author:Name; separated by commas',
    maxLength: TERMS_LENGTH,
    list: true,
  },
  time: {
    type: 'string',
    description: 'Time of day, such as 9:30, 9am or 21h',
    maxLength: 20,
    input: 'time',
  },
  zone: {
    type: 'string',
    description: 'Time zone, such as Europe/Berlin',
    maxLength: 60,
    complete: 'zone',
  },
  days: {
    type: 'string',
    description: 'weekdays, daily, weekends, mon-thu or mon,wed,fri',
    maxLength: 80,
    input: 'weekdays',
  },
  period: {
    type: 'choice',
    description: 'Papers of the day, the past week or the past month',
    choices: FEED_PERIODS,
  },
  count: { type: 'integer', description: 'How many papers', min: 1, max: COUNT_MAX },
  exclude: {
    type: 'string',
    description:
      'No papers that match one of these: words, a "phrase", cs.RO, author:Name; separated by commas',
    maxLength: TERMS_LENGTH,
    list: true,
  },
  min_votes: { type: 'integer', description: 'Minimum number of Hugging Face votes', min: 0, max: 10_000 },
  if_few: {
    type: 'choice',
    formerly: 'thin',
    description: 'If too few papers match: post fewer, wait for more, or skip the day',
    choices: THIN_CHOICES,
  },
  style: {
    type: 'choice',
    description: 'A thread with one message per paper, or a single message',
    choices: STYLE_CHOICES,
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
} as const satisfies StringOption;
