/** What became of an import, and the question before a channel is imported. */
import { counted, formatCount } from '../../src/cards/counts.ts';
import { dayInWords } from '../../src/cards/dates.ts';
import type { Action, Block, Card, RichText } from '../../src/chat/card.ts';
import { sentence } from '../../src/chat/card.ts';
import {
  type ChannelCount,
  type EntryProblem,
  type ImportDetails,
  type ImportOutcome,
  MOST_MESSAGES,
} from '../../src/list-import/list-import.ts';

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
      ...(saved > 0 && already > 0 ? [text(`${wereWord(already)} saved already.`)] : []),
      ...(isDone ? detailsBlocks(details, saved + already) : []),
      ...(added > 0 ? [text(newWords(added))] : []),
      ...problemBlocks(`${formatCount(notFound.length)} not found`, notFound, isOneLine),
      ...problemBlocks(`${formatCount(faulty.length)} with an error`, faulty, isOneLine),
      ...(left > 0 ? [text(leftWords(left))] : []),
      ...(isStopped ? [text('Stopped before the end. Import the same again to save the rest.')] : []),
    ],
    ...(isDone && { footer: ['Your list: ', { kind: 'code', text: '/papers saved' }] }),
    ...(isUnfinished && again !== undefined && { actions: [button('Save the rest', again, 'answer')] }),
  };
}

function titleOf({ saved, already, left }: ImportOutcome): string {
  if (saved > 0) return `${counted(saved, 'paper')} saved to your list`;
  if (already > 0) {
    return already === 1
      ? 'Already on your list'
      : `All ${formatCount(already)} papers are on your list already`;
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
    : [text(`${papers === 1 ? 'It is' : 'All of them are'} ${words.join(' and ')}.`)];
}

function problemBlocks(title: string, problems: readonly EntryProblem[], isOneLine: boolean): Block[] {
  if (problems.length === 0) return [];
  const named = problems.slice(0, NAMED).map(({ line, entry, reason }) => {
    const where = line === 0 || isOneLine ? '' : `Line ${line}: `;
    // A wrong ID is named in its reason.
    const what = reason.startsWith(entry) ? '' : `${entry}: `;
    return text(`${where}${what}${reason}.`);
  });
  const more = problems.length - named.length;
  return [
    { kind: 'text', text: [{ kind: 'bold', text: title }] },
    ...named,
    ...(more > 0 ? [text(`And ${formatCount(more)} more.`)] : []),
  ];
}

/** @param saveLine the line that saves them */
export function channelCountCard(count: ChannelCount, saveLine: string): Card {
  const { messages, papers, saved, since } = count;
  if (messages === 0) return sentence('There are no messages of people to read here.');
  const span = `${counted(messages, 'message')}${since === undefined ? '' : ` since ${dayInWords(since)}`}`;
  const cut = cutWords(count);
  if (papers === 0) {
    return { tone: 'plain', blocks: [text(`${span} mention no paper.`), ...cut] };
  }
  const others = papers - saved;
  const mention = `${span} ${messages === 1 ? 'mentions' : 'mention'} ${counted(papers, 'paper')}`;
  if (others === 0) {
    const all = papers === 1 ? 'which is' : 'all of them';
    return { tone: 'plain', blocks: [text(`${mention}, ${all} saved already.`), ...cut] };
  }
  const known = saved === 0 ? '' : `, ${formatCount(saved)} of them saved already`;
  const which = saved === 0 ? (others === 1 ? 'it' : 'them') : `the other ${formatCount(others)}`;
  return {
    tone: 'plain',
    title: 'Import this channel',
    blocks: [text(`${mention}${known}. Save ${which} to your list? Only you see your list.`), ...cut],
    actions: [button(`Save ${counted(others, 'paper')}`, saveLine, 'replace')],
  };
}

function cutWords({ cut, messages }: ChannelCount): Block[] {
  if (cut === 'number')
    return [text(`Older messages were not read: the limit is ${formatCount(MOST_MESSAGES)} messages.`)];
  if (cut === 'rate')
    return [
      text(
        `Older messages were not read: the platform lets the bot read only a few messages a minute. These are the latest ${formatCount(messages)}.`,
      ),
    ];
  return [];
}

function button(label: string, line: string, effect: 'answer' | 'replace'): Action {
  return { kind: 'run', label, line, effect };
}

function text(words: string): Block & { readonly text: RichText } {
  return { kind: 'text', text: [words] };
}
