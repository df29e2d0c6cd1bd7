/** `/papers later`: sends a paper to the caller again at a time they choose, by private message. */

import { UserError } from '../../src/base/errors.ts';
import { counted } from '../../src/cards/counts.ts';
import { momentInWords } from '../../src/cards/feed-words.ts';
import { briefEntry, listCard, offsetOf, pageButton, undoButton } from '../../src/cards/paper-list.ts';
import type { Caller } from '../../src/chat/caller.ts';
import type { Action, Block, Card, Entry } from '../../src/chat/card.ts';
import type { Command } from '../../src/command/define.ts';
import { formatLine, pageLine } from '../../src/command/line.ts';
import type { NoticeName } from '../../src/delivery/ledger/notice.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { parseMoment } from '../../src/time/moments.ts';
import { parseZone } from '../../src/time/zones.ts';
import { defineCommand, type Services } from '../services.ts';
import { whichOne } from '../views/candidates.ts';
import { beyondLastPage } from '../views/empty-results.ts';
import { LATER_SAID_BY } from './input/library-said.ts';
import { findMoment } from './input/moment-in-text.ts';
import { LIMIT, PAGE, PAPER } from './input/options.ts';
import { answered, resolvePaper } from './input/resolve-paper.ts';
import { personOf } from './input/saved-by.ts';

const TOPIC = 'reminder';
const EXAMPLE = '/papers later 2406.01574 tomorrow at 9';
const MOST = 100;
/** Offered when no time is given. */
const TIMES: ReadonlyArray<readonly [label: string, when: string]> = [
  ['In 2 hours', 'in 2 hours'],
  ['Tomorrow', 'tomorrow'],
  ['Next week', 'next week'],
  ['In a month', 'in a month'],
];
const NEVER = /^(?:never|no|not|none|off|cancel|stop|don['’]?t)$/i;

export const later: Command<Services> = defineCommand({
  root: 'papers',
  name: 'later',
  description: 'Remind you of a paper, such as tomorrow at 9. Lists your reminders.',
  visibility: 'private',
  options: {
    paper: { ...PAPER, required: false },
    when: {
      type: 'string',
      description: 'Such as tomorrow, friday at 14:00, in 2 hours; never cancels it',
      maxLength: 300,
      reads: 'plain',
      alsoCalled: ['at', 'on', 'time'],
    },
    zone: {
      type: 'string',
      description: 'Time zone or city, such as Europe/Berlin',
      maxLength: 60,
      complete: 'zone',
      alsoCalled: ['timezone', 'tz'],
    },
    page: PAGE,
  },
  changes: true,
  rest: 'when',
  paperFirst: 'paper',
  saidBy: LATER_SAID_BY,
  alsoCalled: [
    'remind me about',
    'remind me of',
    'remind me to read',
    'remind me',
    'remind',
    'reminder',
    'reminders',
    'my reminders',
    'show my reminders',
    'list my reminders',
    'what reminders do i have',
    'which reminders do i have',
    'cancel my reminders',
    'cancel all reminders',
    'cancel all my reminders',
    'delete my reminders',
    'delete all my reminders',
    'read later',
    'snooze',
  ],
  examples: [EXAMPLE, '/papers later 2406.01574 next week', '/papers later'],
  async run({ args, services, caller, now, signal }): Promise<Card> {
    const zone = args.zone === undefined ? services.delivery.defaultZone : parseZone(args.zone);
    if (args.paper === undefined && args.when === undefined)
      return remindersOf(services, caller, zone, args.page);
    const { paper: named, when } = namesOf(args, now, zone);
    const found = await resolvePaper(services, named, signal);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    if (found.kind === 'guessed')
      return whichOne(named, [paper, ...found.others], 'later', { when, zone: args.zone });
    const name = { to: personOf(caller), topic: TOPIC, about: paper.id };
    if (when === undefined) return answered(found, askWhen(paper));
    if (NEVER.test(when.trim())) return answered(found, await cancel(services, name, paper));
    const upcoming = await services.notices.upcoming(name.to, TOPIC);
    const earlier = upcoming.find(({ about }) => about === paper.id);
    if (earlier === undefined && upcoming.length >= MOST) {
      throw new UserError(`You have ${MOST} reminders, which is the most. Cancel some: /papers later`);
    }
    const due = parseMoment(when, now, zone);
    await services.notices.schedule({
      ...name,
      due: due.getTime(),
      title: 'Reminder',
      card: reminderCard(paper),
    });
    const before = earlier === undefined ? 'never' : localTime(earlier.due, zone);
    return answered(found, {
      tone: 'done',
      title: `Reminder set for ${momentInWords(due, zone, now)}`,
      blocks: [briefEntry(paper)],
      actions: [undoButton(lineFor(paper.id, before, zone))],
      footer: [`${zone} · by private message · your reminders: `, { kind: 'code', text: '/papers later' }],
    });
  },
});

/** @throws UserError if no paper is named */
function namesOf(
  { paper, when }: { readonly paper?: string; readonly when?: string },
  now: Date,
  zone: string,
): { readonly paper: string; readonly when?: string } {
  if (paper !== undefined) return { paper, ...(when !== undefined && { when }) };
  const { rest, ...found } = findMoment(when ?? '', now, zone);
  if (rest !== '') return { paper: rest, ...found };
  throw new UserError(`Say which paper to remind you of. For example: ${EXAMPLE}`);
}

function lineFor(paper: string, when: string, zone?: string): string {
  return formatLine({ root: 'papers', name: 'later', args: { paper, when, ...(zone && { zone }) } });
}

/** A form that `parseMoment` reads: `2026-06-08 09:00`. */
function localTime(due: number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(
    due,
  );
}

function reminderCard(paper: Paper): Card {
  return {
    tone: 'plain',
    title: 'You wanted to read this',
    blocks: [briefEntry(paper, { commands: ['show', 'summary', 'read'] })],
    actions: TIMES.slice(1, 3).map(([label, when]) => again(label, lineFor(paper.id, when))),
    footer: ['You asked for this reminder with ', { kind: 'code', text: '/papers later' }],
  };
}

function again(label: string, line: string): Action {
  return { kind: 'run', label, line, effect: 'answer' };
}

function askWhen(paper: Paper): Card {
  return {
    tone: 'plain',
    title: 'When?',
    blocks: [briefEntry(paper)],
    actions: TIMES.map(([label, when]) => pageButton(label, lineFor(paper.id, when))),
    footer: ['Or type a time: ', { kind: 'code', text: `/papers later ${paper.id} friday at 14:00` }],
  };
}

async function cancel({ notices }: Services, name: NoticeName, paper: Paper): Promise<Card> {
  const hadAny = (await notices.cancel(name)) > 0;
  const text = hadAny ? 'Reminder cancelled' : 'There was no reminder for this paper';
  return { tone: hadAny ? 'done' : 'plain', title: text, blocks: [briefEntry(paper)] };
}

async function remindersOf(
  { notices, papers }: Services,
  caller: Caller,
  zone: string,
  page: number,
): Promise<Card> {
  const to = personOf(caller);
  const upcoming = await notices.upcoming(to, TOPIC);
  const failure = await notices.lastFailure(to, TOPIC);
  const failed: Block[] =
    failure === undefined ? [] : [{ kind: 'text', text: [`Your last reminder did not arrive: ${failure}`] }];
  if (upcoming.length === 0) {
    return {
      tone: 'plain',
      title: 'You have no reminders',
      blocks: failed,
      footer: ['Set one: ', { kind: 'code', text: EXAMPLE }],
    };
  }
  const pages = { page, limit: LIMIT.default, total: upcoming.length };
  const lineOf = (to: number) => pageLine(later, {}, { page: to });
  const shown = upcoming.slice(offsetOf(pages), offsetOf(pages) + pages.limit);
  if (shown.length === 0) return beyondLastPage(pages, lineOf);
  const known = await papers.findMany(shown.map(({ about }) => about));
  const entries = shown.flatMap(({ about, due }, at): Entry[] => {
    const paper = known.find(({ id }) => id === about);
    if (paper === undefined) return [];
    const number = offsetOf(pages) + at + 1;
    const cancelling = {
      kind: 'run',
      label: 'Cancel',
      line: lineFor(about, 'never'),
      effect: 'answer',
    } as const;
    return [
      {
        ...briefEntry(paper, { number, meta: [[momentInWords(new Date(due), zone)]] }),
        actions: [cancelling],
      },
    ];
  });
  const card = listCard({ title: counted(upcoming.length, 'reminder'), entries, pages, lineOf, note: zone });
  return { ...card, blocks: [...card.blocks, ...failed] };
}
