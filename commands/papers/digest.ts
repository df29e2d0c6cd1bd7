/** `/papers digest`: sets when the caller gets a digest by private message, shows it, or stops it. */

import { compact } from '../../src/base/compact.ts';
import { UserError } from '../../src/base/errors.ts';
import { sentence } from '../../src/chat/card.ts';
import type { Command } from '../../src/command/define.ts';
import {
  DIGEST_PACES,
  DIGEST_PARTS,
  DIGEST_TOPIC,
  type DigestPace,
  type InboxChange,
} from '../../src/inbox/inbox.ts';
import { parseTime } from '../../src/time/times.ts';
import { parseZone } from '../../src/time/zones.ts';
import { TIME_SAID, TIME_UNREAD, ZONE_SAID } from '../paperfeed/input/said.ts';
import { defineCommand, type Services } from '../services.ts';
import { digestIsOff, digestSettings, noDigestYet } from '../views/digest-card.ts';
import {
  DAY_SAID_AS,
  DIGEST_NAMES,
  DIGEST_NAMES_WITH,
  DIGEST_SAID_AS,
  WITHOUT_SAID_AS,
} from './input/digest-said.ts';
import { personOf } from './input/saved-by.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export const digest: Command<Services> = defineCommand({
  root: 'papers',
  name: 'digest',
  group: { name: 'watch', as: 'digest' },
  description: 'Get trending papers, and news of your saved papers, by private message.',
  visibility: 'private',
  options: {
    when: {
      type: 'choice',
      description: 'Every weekday, once a week or once a month; off stops it',
      choices: [...DIGEST_PACES, 'on', 'off'],
      alsoCalled: ['pace', 'how_often', 'every'],
      synonyms: {
        weekdays: ['daily', 'weekday', 'day'],
        weekly: ['week'],
        monthly: ['month'],
        on: ['yes', 'start'],
        off: ['no', 'never', 'stop', 'none'],
      },
      saidAs: DIGEST_SAID_AS,
      standsAlone: true,
    },
    day: {
      type: 'choice',
      description: 'Day of a weekly digest; Monday if you do not say',
      choices: WEEKDAYS,
      alsoCalled: ['on', 'weekday'],
      synonyms: {
        monday: ['mon', 'mondays'],
        tuesday: ['tue', 'tuesdays'],
        wednesday: ['wed', 'wednesdays'],
        thursday: ['thu', 'thursdays'],
        friday: ['fri', 'fridays'],
        saturday: ['sat', 'saturdays'],
        sunday: ['sun', 'sundays'],
      },
      saidAs: DAY_SAID_AS,
      standsAlone: true,
    },
    time: {
      type: 'string',
      description: 'Time of day, such as 9:30, 9am or 21h',
      maxLength: 20,
      input: 'time',
      alsoCalled: ['at', 'hour'],
      said: TIME_SAID,
      unread: TIME_UNREAD,
    },
    zone: {
      type: 'string',
      description: 'Time zone or city of the time, such as Europe/Berlin',
      maxLength: 60,
      complete: 'zone',
      alsoCalled: ['timezone', 'tz'],
      said: ZONE_SAID,
      saidWith: 'time',
    },
    without: {
      type: 'choice',
      description: 'A part to leave out',
      choices: DIGEST_PARTS,
      alsoCalled: ['leave_out', 'exclude'],
      saidAs: WITHOUT_SAID_AS,
    },
    with: {
      type: 'choice',
      description: 'A part that was left out, to get it again',
      choices: DIGEST_PARTS,
      alsoCalled: ['include'],
    },
    words: {
      type: 'string',
      description: 'The same, in words',
      maxLength: 100,
      reads: 'topic',
      input: 'none',
    },
  },
  rest: 'words',
  textIsOptions: true,
  changes: true,
  alsoCalled: DIGEST_NAMES,
  calledWith: DIGEST_NAMES_WITH,
  examples: ['/papers digest weekdays', '/papers digest weekly day:friday time:8:00', '/papers digest off'],
  async run({ args, services: { inboxes, notices, delivery }, caller, now }) {
    const { words: _, ...typed } = args;
    const person = personOf(caller);
    const before = await inboxes.of(person);
    if (Object.keys(compact(typed)).length === 0) {
      if (before === undefined) return noDigestYet();
      const failure = await notices.lastFailure(person, DIGEST_TOPIC);
      return before.nextAt === undefined ? digestIsOff() : digestSettings(before, before.nextAt, { failure });
    }
    if (typed.when === 'off') {
      const wasOn = await inboxes.stop(person);
      return wasOn ? digestIsOff('stopped') : sentence('You get no digest. Start with /papers digest on');
    }
    const after = await inboxes.set(
      { ...person, team: caller.team },
      changeOf(typed),
      delivery.defaultZone,
      now,
    );
    if (after.nextAt === undefined) throw new UserError('This digest would never come. Choose another time.');
    return digestSettings(after, after.nextAt, { before });
  },
});

interface Typed {
  readonly when?: DigestPace | 'on' | 'off';
  readonly day?: (typeof WEEKDAYS)[number];
  readonly time?: string;
  readonly zone?: string;
  readonly without?: InboxChange['leaveOut'];
  readonly with?: InboxChange['include'];
}

/** @throws UserError for a day that the digest does not have */
function changeOf({ when, day, time, zone, without, with: include }: Typed): InboxChange {
  if (day !== undefined && (when === 'weekdays' || when === 'monthly')) {
    const pace = when === 'monthly' ? 'A monthly digest comes on the 1st' : 'This digest comes every weekday';
    throw new UserError(`${pace}. For one on ${day}s: /papers digest weekly day:${day}`);
  }
  return compact({
    pace: day !== undefined ? 'weekly' : when === 'on' || when === 'off' ? undefined : when,
    weekday: day && WEEKDAYS.indexOf(day) + 1,
    time: time && parseTime(time),
    zone: zone && parseZone(zone),
    leaveOut: without,
    include,
  });
}
