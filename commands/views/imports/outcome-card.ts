/** The card of an import that is done. */
import { counted, formatCount } from '../../../src/cards/counts.ts';
import type { Block, Card } from '../../../src/chat/card.ts';
import type { EntryProblem, ImportDetails, ImportOutcome } from '../../../src/list-import/list-import.ts';
import { textBlock } from '../feed-card.ts';

const CORRECT = 'Correct these entries and import the same again; nothing is saved twice.';
/** Entries of each kind that are named. */
const NAMED = 8;

interface ImportedView {
  readonly details: ImportDetails;
  /** The line that does it again; absent if it is too long for a button. */
  readonly again?: string;
  /** The text had one line, so its number says nothing. */
  readonly isOneLine: boolean;
}

export function importedCard(outcome: ImportOutcome, { details, again, isOneLine }: ImportedView): Card {
  const { saved, already, added, notFound, faulty, left, isStopped } = outcome;
  const isDone = saved + already > 0;
  const isUnfinished = left > 0 || isStopped === true;
  return {
    tone: isDone ? 'done' : 'problem',
    title: titleOf(outcome),
    blocks: [
      ...(saved > 0 && already > 0 ? [textBlock([`${wereWord(already)} saved already.`])] : []),
      ...(isDone ? detailsBlocks(details, saved + already) : []),
      ...(added > 0 ? [textBlock([newWords(added)])] : []),
      ...problemBlocks(`${formatCount(notFound.length)} not found`, notFound, isOneLine),
      ...problemBlocks(`${formatCount(faulty.length)} with an error`, faulty, isOneLine),
      ...(faulty.length > 0 && !isOneLine ? [textBlock([CORRECT])] : []),
      ...(left > 0 ? [textBlock([leftWords(left)])] : []),
      ...(isStopped ? [textBlock(['Stopped before the end. Import the same again to save the rest.'])] : []),
    ],
    ...(isDone && { footer: ['Your list: ', { kind: 'code', text: '/papers saved' }] }),
    ...(isUnfinished &&
      again !== undefined && {
        actions: [{ kind: 'run', label: 'Save the rest', line: again, effect: 'answer' }],
      }),
  };
}

function titleOf({ saved, already, left }: ImportOutcome): string {
  if (saved > 0) return `${counted(saved, 'paper')} saved to your list`;
  if (already > 0) {
    return already === 1 ? 'Already on your list' : `${formatCount(already)} papers are on your list already`;
  }
  return left > 0 ? 'No paper saved yet' : 'No paper saved';
}

function wereWord(count: number): string {
  return count === 1 ? '1 was' : `${formatCount(count)} were`;
}

function newWords(added: number): string {
  const [are, them] = added === 1 ? ['1 is', 'it'] : [`${formatCount(added)} are`, 'them'];
  return `${are} new here. Everyone who uses this bot can find ${them} now; who saved ${them} stays private.`;
}

function leftWords(left: number): string {
  const [what, its] = left === 1 ? ['1 paper is', 'its'] : [`${formatCount(left)} papers are`, 'their'];
  return `${what} not loaded yet: ${its} source did not respond, or too many were requested at once. Import the same again in a few minutes; nothing is saved twice.`;
}

function detailsBlocks({ addTags = [], state }: ImportDetails, papers: number): Block[] {
  const tags = addTags.map((tag) => `#${tag}`).join(', ');
  const words = [
    ...(tags === '' ? [] : [`tagged ${tags}`]),
    ...(state === undefined ? [] : [`marked as ${state === 'reading' ? 'being read' : state}`]),
  ];
  return words.length === 0
    ? []
    : [textBlock([`${papers === 1 ? 'It is' : 'All of them are'} ${words.join(' and ')}.`])];
}

function problemBlocks(title: string, problems: readonly EntryProblem[], isOneLine: boolean): Block[] {
  if (problems.length === 0) return [];
  const named = problems.slice(0, NAMED).map(({ line, entry, reason }) => {
    const where = line === 0 || isOneLine ? '' : `Line ${line}: `;
    // A wrong ID is named in its reason.
    const what = reason.startsWith(entry) ? '' : `${entry}: `;
    return textBlock([`${where}${what}${reason}.`]);
  });
  const more = problems.length - named.length;
  return [
    { kind: 'text', text: [{ kind: 'bold', text: title }] },
    ...named,
    ...(more > 0 ? [textBlock([`And ${formatCount(more)} more.`])] : []),
  ];
}
