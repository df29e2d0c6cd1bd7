/** `/papers tag`: adds tags to a saved paper, or removes them. */
import { briefEntry, undoButton } from '../../src/cards/paper-list.ts';
import type { Block, Card } from '../../src/chat/card.ts';
import { formatLine } from '../../src/command/line.ts';
import { parseTags, type TypedTags } from '../../src/library/tags.ts';
import { defineCommand } from '../services.ts';
import { whichOne } from '../views/candidates.ts';
import { tagWords } from '../views/saved-words.ts';
import { TAG_SAID_BY } from './input/library-said.ts';
import { PAPER, TAGS } from './input/options.ts';
import { answered, resolvePaper } from './input/resolve-paper.ts';
import { ALSO_SAVED } from './note.ts';

export const tag = defineCommand({
  root: 'papers',
  name: 'tag',
  description: 'Add tags to a paper on your list, or remove them with -tag.',
  visibility: 'private',
  options: {
    paper: PAPER,
    tags: { ...TAGS, required: true },
    remove: {
      type: 'choice',
      description: 'yes removes these tags, all removes every tag',
      choices: ['no', 'yes', 'all'],
      default: 'no',
      input: 'none',
      inMenu: false,
    },
  },
  changes: true,
  rest: 'tags',
  paperFirst: 'paper',
  alsoCalled: ['label', 'add tag to', 'add tags to'],
  saidBy: TAG_SAID_BY,
  calledWith: { untag: 'remove:yes', 'remove tag from': 'remove:yes' },
  examples: ['/papers tag 2406.01574 reading-group, rl', '/papers tag 2406.01574 -rl'],
  async run({ args, services, caller, now, signal }): Promise<Card> {
    const isAll = args.remove === 'all';
    const typed = isAll ? NO_TAGS : parseTags(args.tags);
    const found = await resolvePaper(services, args.paper, signal);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    if (found.kind === 'guessed')
      return whichOne(args.paper, [paper, ...found.others], 'tag', { tags: args.tags, remove: args.remove });
    const all = isAll ? ((await services.library.detailsOf(caller, paper.id))?.tags ?? []) : [];
    const { add, remove }: TypedTags =
      args.remove === 'no' ? typed : { add: [], remove: [...typed.add, ...typed.remove, ...all] };
    const wanted = { addTags: add, removeTags: remove };
    const outcome = await services.library.change(caller, paper.id, wanted, now.toISOString());
    const { added, before, after, firstTag } = outcome;
    const undo = [
      ...before.tags.filter((each) => !after.tags.includes(each)),
      ...after.tags.filter((each) => !before.tags.includes(each)).map((each) => `-${each}`),
    ].join(', ');
    const line = formatLine({ root: 'papers', name: 'tag', args: { paper: paper.id, tags: undo } });
    return answered(found, {
      tone: 'done',
      title: undo === '' ? 'Tags unchanged' : 'Tags saved',
      blocks: [
        briefEntry(paper),
        {
          kind: 'text',
          text: [after.tags.length === 0 ? 'This paper has no tags of yours now.' : tagWords(after.tags)],
        },
        ...(added ? [ALSO_SAVED] : []),
        ...(firstTag ? [FIRST_TAG] : []),
      ],
      footer: ['Papers with a tag: ', { kind: 'code', text: `/papers saved tag:${after.tags[0] ?? 'rl'}` }],
      ...(undo !== '' && { actions: [undoButton(line)] }),
    });
  },
});

const NO_TAGS: TypedTags = { add: [], remove: [] };

const FIRST_TAG: Block = {
  kind: 'text',
  text: ['Your team sees the tags, without your name, in its list. Only you see your notes.'],
};
