/** The question before a channel's papers are saved. */
import { counted, formatCount } from '../../../src/cards/counts.ts';
import { spanInWords } from '../../../src/cards/dates.ts';
import { type Block, type Card, sentence } from '../../../src/chat/card.ts';
import { formatLine } from '../../../src/command/line.ts';
import { type ChannelCount, MOST_MESSAGES } from '../../../src/list-import/list-import.ts';
import type { Day } from '../../../src/time/clock.ts';
import { textBlock } from '../feed-card.ts';

/**
 * @param until the last day that was asked for
 * @param saveLine the line that saves them
 */
export function channelCountCard(count: ChannelCount, until: Day | undefined, saveLine: string): Card {
  const { messages, papers, saved, since } = count;
  if (messages === 0) return sentence('There are no messages to read here.');
  const span = `${counted(messages, 'message')} ${spanInWords(since, until)}`;
  const cut = cutWords(count);
  if (papers === 0) {
    return { tone: 'plain', blocks: [textBlock([`${span} mention no paper.`]), ...cut] };
  }
  const others = papers - saved;
  const mention = `${span} ${messages === 1 ? 'mentions' : 'mention'} ${counted(papers, 'paper')}`;
  if (others === 0) {
    const all = papers === 1 ? 'which is' : 'all of them';
    return { tone: 'plain', blocks: [textBlock([`${mention}, ${all} saved already.`]), ...cut] };
  }
  const known = saved === 0 ? '' : `, ${formatCount(saved)} of them saved already`;
  const which =
    saved === 0 ? (others === 1 ? 'it' : 'them') : `the other ${others === 1 ? 'one' : formatCount(others)}`;
  return {
    tone: 'plain',
    title: 'Import this channel',
    blocks: [textBlock([`${mention}${known}. Save ${which} to your list? Only you see your list.`]), ...cut],
    actions: [{ kind: 'run', label: `Save ${counted(others, 'paper')}`, line: saveLine, effect: 'replace' }],
  };
}

function cutWords({ cut, messages, since }: ChannelCount): Block[] {
  if (cut === undefined) return [];
  const why =
    cut === 'number'
      ? `the limit is ${formatCount(MOST_MESSAGES)} messages`
      : `the platform lets the bot read only a few messages a minute, and these are the latest ${formatCount(messages)}`;
  const line = formatLine({ root: 'papers', name: 'import', args: { from: 'channel', until: since } });
  return [textBlock([`Older messages were not read: ${why}. To read on: `, { kind: 'code', text: line }])];
}
