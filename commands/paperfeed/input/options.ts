/** The options of a feed, spelt alike wherever they can be said. */
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
    description: 'Only these: words, a "phrase", cs.RO, author:Name; with commas between',
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
    description: 'Time zone by its city, such as Europe/Berlin',
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
    description: 'Whose list: the day, the past week, the past month',
    choices: FEED_PERIODS,
  },
  count: { type: 'integer', description: 'How many papers', min: 1, max: COUNT_MAX },
  exclude: {
    type: 'string',
    description: 'None of these: words, a "phrase", cs.RO, author:Name; with commas between',
    maxLength: TERMS_LENGTH,
    list: true,
  },
  min_votes: { type: 'integer', description: 'Hugging Face votes at least', min: 0, max: 10_000 },
  if_few: {
    type: 'choice',
    formerly: 'thin',
    description: 'When too few papers fit: post fewer, wait for more, or skip the day',
    choices: THIN_CHOICES,
  },
  style: {
    type: 'choice',
    description: 'A thread with a message each, or one message',
    choices: STYLE_CHOICES,
  },
  if_source_down: {
    type: 'choice',
    formerly: 'outage',
    description: 'When Hugging Face does not answer: post what is here, or wait',
    choices: OUTAGE_CHOICES,
  },
} as const satisfies Readonly<Record<string, StringOption | IntegerOption | ChoiceOption>>;

export const FEED = {
  type: 'string',
  description: 'Which feed, where the channel has several',
  maxLength: 20,
  complete: 'feed',
} as const satisfies StringOption;
