/** `/papers read`: marks a paper as read, being read or unread. */
import { UserError } from '../../src/base/errors.ts';
import { briefEntry, undoButton } from '../../src/cards/paper-list.ts';
import type { Card } from '../../src/chat/card.ts';
import { formatLine } from '../../src/command/line.ts';
import { READING_STATES } from '../../src/search/search.ts';
import { parsePaperReference } from '../../src/text/ids.ts';
import { defineCommand } from '../services.ts';
import { whichOne } from '../views/candidates.ts';
import { findMoment } from './input/moment-in-text.ts';
import { PAPER } from './input/options.ts';
import { answered, resolvePaper } from './input/resolve-paper.ts';
import { ALSO_SAVED } from './note.ts';

const TITLES = {
  unread: 'Marked as unread',
  reading: 'Marked as being read',
  read: 'Marked as read',
} as const;

export const read = defineCommand({
  root: 'papers',
  name: 'read',
  description: 'Mark a paper on your list as read, being read or unread.',
  visibility: 'private',
  options: {
    paper: PAPER,
    state: {
      type: 'choice',
      description: 'What you have done with it',
      choices: READING_STATES,
      default: 'read',
      alsoCalled: ['as'],
      synonyms: { read: ['done', 'finished', 'yes'], reading: ['started'], unread: ['new', 'no'] },
      saidAs: {
        unread: ['(?:as |is )?(?:unread|not read)$'],
        reading: ['(?:as |is )?(?:reading|being read|started)$'],
        read: ['(?:as |is )?(?:read|done|finished)$'],
      },
    },
  },
  changes: true,
  rest: 'paper',
  alsoMeantBy: {
    'i have read': '',
    'i’ve read': '',
    "i've read": '',
    'i read': '',
    'i finished': '',
    'i am done with': '',
    "i'm done with": '',
    'done with': '',
    'done reading': '',
    finished: '',
    mark: '',
    'i am reading': 'state:reading',
    "i'm reading": 'state:reading',
    reading: 'state:reading',
    unread: 'state:unread',
  },
  examples: ['/papers read 2406.01574', '/papers read 2406.01574 state:reading'],
  async run({ args, services, caller, now, signal }): Promise<Card> {
    const { when, rest } = findMoment(args.paper, now, services.delivery.defaultZone);
    if (when !== undefined && parsePaperReference(rest))
      throw new UserError(
        `To be reminded of it: /papers later ${rest} ${when === 'later' ? 'tomorrow' : when}`,
      );
    const found = await resolvePaper(services, args.paper, signal);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    const { state } = args;
    if (found.kind === 'guessed') return whichOne(args.paper, [paper, ...found.others], 'read', { state });
    const { added, before } = await services.library.change(caller, paper.id, { state }, now.toISOString());
    const undo = formatLine({ root: 'papers', name: 'read', args: { paper: paper.id, state: before.state } });
    return answered(found, {
      tone: 'done',
      title: TITLES[state],
      blocks: [briefEntry(paper), ...(added ? [ALSO_SAVED] : [])],
      footer: ['What you have not read: ', { kind: 'code', text: '/papers saved state:unread' }],
      ...(before.state !== state && { actions: [undoButton(undo)] }),
    });
  },
});
