/** `/papers unsave`: removes a paper from the caller's list. */

import { briefEntry, undoButton } from '../../src/cards/paper-list.ts';
import { formatLine } from '../../src/command/line.ts';
import type { Details } from '../../src/library/library.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { readable } from '../../src/text/readable.ts';
import { defineCommand } from '../services.ts';
import { whichOne } from '../views/candidates.ts';
import { problem } from '../views/empty-results.ts';
import { quoteInput } from '../views/quote.ts';
import { detailsInWords } from '../views/saved-words.ts';
import { PAPER } from './input/options.ts';
import { resolvePaper } from './input/resolve-paper.ts';
import { onListOf } from './input/saved-by.ts';

const REMOVED = 'Removed from your list';

export const unsave = defineCommand({
  root: 'papers',
  name: 'unsave',
  description: 'Remove a paper from your list.',
  visibility: 'private',
  options: { paper: { ...PAPER, complete: 'saved-paper' } },
  changes: true,
  alsoCalled: ['unbookmark'],
  alsoMeantBy: { remove: '', delete: '', drop: '' },
  rest: 'paper',
  examples: ['/papers unsave 2406.01574'],
  async run({ args, services, caller, signal }) {
    const scope = { filter: onListOf(caller), name: 'on your list' };
    const found = await resolvePaper(services, args.paper, signal, scope);
    if (found.kind === 'nothing') return found.card;
    const { paper } = found;
    if (found.kind === 'guessed') return whichOne(args.paper, [paper, ...found.others], 'unsave');
    const kept = await services.library.unsave(caller, paper.id);
    if (kept === undefined) {
      const code = { kind: 'code', text: '/papers saved' } as const;
      return problem([`${quoteInput(readable(paper.title))} is not on your list. See your list: `, code]);
    }
    await services.learning.withdraw(caller, 'saved', paper.id);
    const gone = detailsInWords(kept);
    if (gone === undefined) {
      return { tone: 'done', title: REMOVED, blocks: [briefEntry(paper, { commands: ['save'] })] };
    }
    return {
      tone: 'done',
      title: REMOVED,
      blocks: [briefEntry(paper), { kind: 'text', text: [`Deleted with it: ${gone}.`] }],
      actions: [undoButton(savedLine(paper, kept))],
    };
  },
});

/** The line that saves the paper again with all that belonged to it. */
function savedLine({ id }: Paper, { tags, note, state }: Details): string {
  const args = {
    paper: id,
    tags: tags.length === 0 ? undefined : tags.join(', '),
    note,
    state: state === 'unread' ? undefined : state,
  };
  return formatLine({ root: 'papers', name: 'save', args });
}
