/** Cards that offer several papers when words are ambiguous. */

import { type PaperCommand, paperAction } from '../../src/cards/paper-card.ts';
import { briefEntry } from '../../src/cards/paper-list.ts';
import type { Block, Card, Entry } from '../../src/chat/card.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { quoteInput } from './quote.ts';

/** Other matches below the best one. Each button runs the same command on its paper. */
export function otherCandidates(others: readonly Paper[], command: PaperCommand): Block[] {
  if (others.length === 0) return [];
  return [
    { kind: 'divider' },
    { kind: 'text', text: ['Not this one? Other matches:'] },
    ...candidateEntries(others, command),
  ];
}

/** For commands that change something: nothing changes until a paper is chosen. */
export function whichOne(
  words: string,
  papers: readonly Paper[],
  command: PaperCommand,
  /** The rest of what was typed: the text of a note, tags. */
  args: Readonly<Record<string, string | undefined>> = {},
): Card {
  const [first] = papers;
  return {
    tone: 'problem',
    blocks: [
      {
        kind: 'text',
        text: [`${quoteInput(words)} matches several papers, so nothing has changed. Which one?`],
      },
      ...candidateEntries(papers, command, args),
    ],
    footer: [{ kind: 'code', text: `/papers ${command} ${first?.id ?? ''}` }, ' chooses the first'],
  };
}

function candidateEntries(
  papers: readonly Paper[],
  command: PaperCommand,
  args: Readonly<Record<string, string | undefined>> = {},
): Entry[] {
  return papers.map((paper, index) => ({
    ...briefEntry(paper, { number: index + 1, commands: [command] }),
    actions: [paperAction(command, paper, args)],
  }));
}
