/** `/papers digest`: sets when and how the caller gets a digest, shows it, or stops it. */

import { compact } from '../../src/base/compact.ts';
import { UserError } from '../../src/base/errors.ts';
import type { PersonRef } from '../../src/chat/caller.ts';
import { type Card, sentence } from '../../src/chat/card.ts';
import type { Command } from '../../src/command/define.ts';
import {
  DIGEST_PACES,
  DIGEST_PARTS,
  DIGEST_TOPIC,
  type DigestPace,
  type Inbox,
  type InboxChange,
} from '../../src/inbox/inbox.ts';
import { parseTime } from '../../src/time/times.ts';
import { parseZone } from '../../src/time/zones.ts';
import { TIME_OF_DAY, ZONE } from '../paperfeed/input/options.ts';
import { defineCommand, type Services } from '../services.ts';
import {
  addressWanted,
  codeIsSent,
  type DigestWay,
  digestIsOff,
  digestSettings,
  noDigestYet,
} from '../views/digest-card.ts';
import {
  BY_SAID_AS,
  CODE_SAID,
  DAY_SAID_AS,
  DIGEST_MEANT_BY,
  DIGEST_NAMES,
  DIGEST_NAMES_WITH,
  DIGEST_SAID_AS,
  EMAIL_SAID,
  WITHOUT_SAID_AS,
} from './input/digest-said.ts';
import { personOf } from './input/saved-by.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export const digest: Command<Services> = defineCommand({
  root: 'papers',
  name: 'digest',
  group: { name: 'watch', as: 'digest' },
  description: 'Get new papers, and news of your saved ones, by message or e-mail.',
  visibility: 'private',
  options: {
    when: {
      type: 'choice',
      description: 'Every weekday, week or month; off stops it',
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
    email: {
      type: 'string',
      description: 'Your e-mail address, to get it there; a code confirms the address',
      maxLength: 300,
      alsoCalled: ['mail', 'address'],
      said: EMAIL_SAID,
    },
    code: {
      type: 'string',
      description: 'The code that was sent to your address',
      maxLength: 40,
      said: CODE_SAID,
    },
    unconfirmed: {
      type: 'string',
      description: 'Shows a digest that may not have arrived',
      maxLength: 100,
      input: 'none',
      inMenu: false,
    },
    by: {
      type: 'choice',
      description: 'direct ends the e-mail and deletes your address',
      choices: ['direct', 'email'],
      alsoCalled: ['via'],
      synonyms: { direct: ['dm', 'message', 'private'], email: ['mail', 'e-mail'] },
      saidAs: BY_SAID_AS,
      standsAlone: true,
    },
    time: TIME_OF_DAY,
    zone: ZONE,
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
      maxLength: 400,
      reads: 'topic',
      leftOut: ['instead', 'from now on', 'as well', 'it'],
      input: 'none',
    },
  },
  rest: 'words',
  textIsOptions: true,
  changes: true,
  alsoCalled: DIGEST_NAMES,
  calledWith: DIGEST_NAMES_WITH,
  alsoMeantBy: DIGEST_MEANT_BY,
  examples: [
    '/papers digest weekdays',
    '/papers digest weekly day:friday time:8:00',
    '/papers digest email:ada@lab.example',
    '/papers digest off',
  ],
  async run({ args, services, caller, now, signal }): Promise<Card> {
    const { words: _, email, code, by, unconfirmed, ...typed } = args;
    const { inboxes, mailInboxes, delivery } = services;
    const person = personOf(caller);
    if (unconfirmed !== undefined) return (await mailInboxes.unconfirmed(person, unconfirmed)) ?? SETTLED;
    const before = await inboxes.of(person);
    const isAsked = Object.keys(compact({ ...typed, email, code, by })).length === 0;
    if (isAsked) return settingsOf(services, person, before);
    if (typed.when === 'off') {
      const wasOn = await inboxes.stop(person);
      return wasOn ? digestIsOff('stopped') : sentence('You get no digest. Start with /papers digest on');
    }
    const change = changeOf(typed);
    const set = () => inboxes.set({ ...person, team: caller.team }, change, delivery.defaultZone, now);
    if (email !== undefined) {
      refuseBoth(code, by);
      const { address, isConfirmed } = await mailInboxes.ask(person, email, signal);
      if (!isConfirmed) {
        const after = Object.keys(change).length > 0 ? await set() : before;
        return codeIsSent(address, after?.nextAt && (await wayOf(mailInboxes, person)));
      }
    }
    if (code !== undefined) await mailInboxes.confirm(person, code);
    if (by === 'direct') await mailInboxes.leave(person);
    const way = await wayOf(mailInboxes, person);
    if (by === 'email' && way.kind !== 'mail') return addressWanted(mailInboxes.isServed);
    const after = await set();
    if (after.nextAt === undefined) throw new UserError('This digest would never come. Choose another time.');
    const isOfWay = code !== undefined || by !== undefined || email !== undefined;
    return digestSettings(after, after.nextAt, { way, ...(isOfWay ? { isDone: true } : { before }) });
  },
});

const SETTLED = sentence(
  'This digest is not kept any more. What is new: /papers trending and /papers changes',
);

async function settingsOf(
  { mailInboxes, notices }: Services,
  person: PersonRef,
  inbox: Inbox | undefined,
): Promise<Card> {
  if (inbox === undefined) return noDigestYet();
  const way = await wayOf(mailInboxes, person);
  if (inbox.nextAt === undefined) return digestIsOff(undefined, way);
  const mail = await mailInboxes.of(person);
  const to = way.kind === 'mail' && mail ? mail.target : person;
  const failure = await notices.lastFailure(to, DIGEST_TOPIC);
  return digestSettings(inbox, inbox.nextAt, { way, failure });
}

async function wayOf(mailInboxes: Services['mailInboxes'], person: PersonRef): Promise<DigestWay> {
  const mail = await mailInboxes.of(person);
  if (!mail || !mailInboxes.isServed) return { kind: 'direct' };
  const { address = 'your address', end } = mail;
  return end ? { kind: 'direct', ended: { address, ...end } } : { kind: 'mail', address };
}

/** @throws UserError for what cannot be done together with a new address */
function refuseBoth(code: string | undefined, by: 'direct' | 'email' | undefined): void {
  if (code !== undefined)
    throw new UserError('Type only the address first, and the code when it has arrived.');
  if (by === 'direct') throw new UserError('Choose one: an e-mail address, or by:direct');
}

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
