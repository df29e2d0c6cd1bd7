/** Has a channel learn from papers that were linked in it before. Counts them first, and asks. */
import { counted, formatCount } from '../../../src/cards/counts.ts';
import { spanInWords } from '../../../src/cards/dates.ts';
import type { Caller } from '../../../src/chat/caller.ts';
import { type Card, sentence } from '../../../src/chat/card.ts';
import type { ChannelRef } from '../../../src/chat/refs.ts';
import { formatLine } from '../../../src/command/line.ts';
import { MOST_LEARNED } from '../../../src/list-import/list-import.ts';
import type { Services } from '../../services.ts';
import { line } from '../../views/feed-card.ts';

interface LearnRequest {
  readonly services: Pick<Services, 'imports' | 'learning'>;
  readonly caller: Caller;
  readonly channel: ChannelRef;
  readonly now: Date;
  readonly signal: AbortSignal;
}

const SURE = formatLine({ root: 'paperfeed', name: 'subjects', args: { from: 'channel', sure: 'yes' } });

export async function learnFromChannel(request: LearnRequest, isSure: boolean): Promise<Card> {
  return isSure ? learn(request) : ask(request);
}

async function ask({ services: { imports }, caller, channel, signal }: LearnRequest): Promise<Card> {
  const count = await imports.countChannel(caller, channel, {}, signal);
  if (count.kind === 'refused') return sentence(count.reason, 'problem');
  const { messages, papers, since } = count;
  if (messages === 0) return sentence('There are no messages to read here.');
  const span = `${counted(messages, 'message')} ${spanInWords(since, undefined)}`;
  const mention = messages === 1 ? 'mentions' : 'mention';
  if (papers === 0) return sentence(`${span} ${mention} no paper.`);
  const which =
    papers > MOST_LEARNED ? `the latest ${formatCount(MOST_LEARNED)}` : papers === 1 ? 'it' : 'them';
  return {
    tone: 'plain',
    title: 'Learn from this channel',
    blocks: [
      line(`${span} ${mention} ${counted(papers, 'paper')}. Rank the lists here by ${which}?`),
      line('They count less than saves, and less with everything that people do here.'),
    ],
    actions: [
      {
        kind: 'run',
        label: `Learn from ${counted(Math.min(papers, MOST_LEARNED), 'paper')}`,
        line: SURE,
        effect: 'replace',
      },
    ],
  };
}

async function learn({ services, caller, channel, now, signal }: LearnRequest): Promise<Card> {
  const { imports, learning } = services;
  const link = (paper: string) => learning.link(channel, paper, now.toISOString());
  const outcome = await imports.learnFromChannel(caller, channel, link, now, signal);
  if ('kind' in outcome) return sentence(outcome.reason, 'problem');
  const { saved, already, notFound, left, isStopped } = outcome;
  const isUnfinished = left > 0 || isStopped === true;
  const sentences = [
    saved > 0
      ? `This channel learns from ${counted(saved, 'paper')} that ${saved === 1 ? 'was' : 'were'} linked here before.`
      : already > 0
        ? 'This channel learned from these papers already.'
        : 'No paper could be learned from.',
    notFound.length > 0 ? `${counted(notFound.length, 'paper')} could not be found.` : undefined,
    isUnfinished ? 'Not all papers are loaded yet. Continue in a few minutes.' : undefined,
  ].filter((each) => each !== undefined);
  return {
    tone: saved + already > 0 ? 'done' : 'problem',
    blocks: sentences.map(line),
    ...(isUnfinished && {
      actions: [{ kind: 'run', label: 'Learn from the rest', line: SURE, effect: 'answer' }],
    }),
    footer: ['See it: ', { kind: 'code', text: '/paperfeed subjects' }],
  };
}
