/** `/papers note`: writes, shows or removes the caller's note on a paper. */
import { commandLine } from '../../src/cards/paper-lines.ts';
import { briefEntry, undoButton } from '../../src/cards/paper-list.ts';
import type { Block, Card } from '../../src/chat/card.ts';
import { formatLine } from '../../src/command/line.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { parsePaperReference } from '../../src/text/ids.ts';
import { defineCommand } from '../services.ts';
import { whichOne } from '../views/candidates.ts';
import { noteBlocks } from '../views/saved-words.ts';
import { NOTE_SAID_BY } from './input/library-said.ts';
import { NOTE, PAPER } from './input/options.ts';
import { answered, resolvePaper } from './input/resolve-paper.ts';

export const note = defineCommand({
  root: 'papers',
  name: 'note',
  description: 'Write a note on a paper, or show your note. Only you can see it.',
  visibility: 'private',
  options: {
    paper: PAPER,
    text: NOTE,
    remove: {
      type: 'choice',
      description: 'yes removes your note',
      choices: ['no', 'yes'],
      default: 'no',
      input: 'none',
      inMenu: false,
    },
  },
  changes: true,
  rest: 'text',
  paperFirst: 'paper',
  saidBy: NOTE_SAID_BY,
  alsoCalled: ['add a note to', 'add a note on', 'add note to', 'write a note on', 'annotate'],
  formEverywhere: true,
  async form({ services, caller, typed }) {
    const { paper, text, remove } = typed;
    const reference =
      text === undefined && remove !== 'yes' ? parsePaperReference(String(paper ?? '')) : undefined;
    const stored = reference && (await services.papers.find(reference.id));
    if (!stored) return undefined;
    const details = await services.library.detailsOf(caller, stored.id);
    return { text: details?.note ?? '' };
  },
  examples: ['/papers note 2406.01574 Compare with our baseline', '/papers note 2406.01574'],
  async run({ args, services, caller, now, signal }): Promise<Card> {
    const found = await resolvePaper(services, args.paper, signal);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    const { text, remove } = args;
    const { library } = services;
    if (text === undefined && remove === 'no') {
      const details = await library.detailsOf(caller, paper.id);
      return answered(found, presentNote(paper, details?.note));
    }
    if (found.kind === 'guessed')
      return whichOne(args.paper, [paper, ...found.others], 'note', {
        text,
        ...(remove === 'yes' && { remove }),
      });
    if (remove === 'yes' && (await library.detailsOf(caller, paper.id))?.note === undefined) {
      return answered(found, presentNote(paper, undefined));
    }
    const wanted = { note: remove === 'yes' ? '' : (text ?? '') };
    const { added, before } = await library.change(caller, paper.id, wanted, now.toISOString());
    return answered(found, {
      tone: 'done',
      title: titleOf(remove === 'yes', before.note),
      blocks: [briefEntry(paper), ...noteBlocks(wanted.note), ...(added ? [ALSO_SAVED] : [])],
      footer: ['Only you can see your notes. Your list: ', { kind: 'code', text: '/papers saved' }],
      actions: [undoButton(noteLine(paper, before.note))],
    });
  },
});

function titleOf(isRemoved: boolean, before: string | undefined): string {
  if (isRemoved) return 'Note removed';
  return before === undefined ? 'Note saved' : 'Note replaced';
}

function presentNote(paper: Paper, text: string | undefined): Card {
  const none: Block = {
    kind: 'text',
    text: [
      'You have no note on this paper. Write one: ',
      { kind: 'code', text: `/papers note ${paper.id} your text` },
    ],
  };
  const actions = [
    { kind: 'run', label: 'Edit note', line: commandLine('note', paper), effect: 'answer' },
    { kind: 'run', label: 'Remove note', line: noteLine(paper, undefined), effect: 'answer' },
  ] as const;
  return {
    tone: 'plain',
    title: 'Your note',
    blocks: [briefEntry(paper), ...(text === undefined ? [none] : noteBlocks(text))],
    ...(text !== undefined && { actions }),
  };
}

/** The line that sets this note again. */
function noteLine({ id }: Paper, text: string | undefined): string {
  const args = text === undefined ? { paper: id, remove: 'yes' } : { paper: id, text };
  return formatLine({ root: 'papers', name: 'note', args });
}

export const ALSO_SAVED: Block = {
  kind: 'text',
  text: ['The paper was not on your list yet, so it is saved now.'],
};
