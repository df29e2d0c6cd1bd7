/** `/papers save`: adds a paper to the caller's list. */

import { briefEntry } from '../../src/cards/paper-list.ts';
import type { Block } from '../../src/chat/card.ts';
import { parseTags } from '../../src/library/tags.ts';
import { READING_STATES } from '../../src/search/search.ts';
import { defineCommand } from '../services.ts';
import { whichOne } from '../views/candidates.ts';
import { detailsInWords } from '../views/saved-words.ts';
import { SAVE_SAID_BY } from './input/list-said.ts';
import { NOTE, PAPER, TAGS } from './input/options.ts';
import { answered, resolvePaper } from './input/resolve-paper.ts';

export const save = defineCommand({
  root: 'papers',
  name: 'save',
  description: 'Save a paper to your list.',
  visibility: 'private',
  options: {
    paper: PAPER,
    tags: { ...TAGS, description: 'Tags for it, separated by commas' },
    note: NOTE,
    state: { type: 'choice', description: 'Whether you have read it', choices: READING_STATES },
  },
  changes: true,
  saidBy: SAVE_SAID_BY,
  alsoMeantBy: { add: '', keep: '', bookmark: '', put: '', remember: '' },
  rest: 'paper',
  examples: ['/papers save 2406.01574', '/papers save 2406.01574 tags:reading-group'],
  async run({ args, services, caller, now, signal }) {
    const tags = args.tags === undefined ? [] : parseTags(args.tags).add;
    const found = await resolvePaper(services, args.paper, signal);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    if (found.kind === 'guessed') return whichOne(args.paper, [paper, ...found.others], 'save');
    const { note, state } = args;
    const wanted = {
      addTags: tags,
      ...(note !== undefined && { note }),
      ...(state !== undefined && { state }),
    };
    const outcome = await services.library.change(caller, paper.id, wanted, now.toISOString());
    const { added, first, saves, after } = outcome;
    const channel = caller.parentChannel ?? caller.channel;
    if (added && channel) {
      await services.learning.record(
        { channel, person: caller.person, kind: 'saved' },
        paper.id,
        now.toISOString(),
      );
    }
    const details = Object.keys(args).length > 1 ? detailsInWords(after) : undefined;
    return answered(found, {
      tone: 'done',
      title: added ? 'Saved to your list' : 'Already on your list',
      blocks: [
        briefEntry(paper, { commands: ['similar', 'unsave'] }),
        ...(details === undefined ? [] : [{ kind: 'text', text: [`With ${details}.`] } as const]),
        ...(first ? [FIRST_SAVE] : []),
      ],
      footer: [
        saves > 1 ? `${saves} people in your team saved it · your list: ` : 'Your list: ',
        { kind: 'code', text: '/papers saved' },
      ],
    });
  },
});

const FIRST_SAVE: Block = {
  kind: 'text',
  text: [
    'This is your first saved paper. Only you can see your list; ',
    { kind: 'code', text: '/papers saved scope:team' },
    ' shows the papers that your team saved, without names.',
  ],
};
