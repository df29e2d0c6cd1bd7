/** What a channel learned, in words. */
import { counted } from '../../src/cards/counts.ts';
import type { Block } from '../../src/chat/card.ts';
import type { LearnedView } from '../../src/learning/learned-lists.ts';
import { line } from './feed-card.ts';

const all = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** `Subjects: diffusion models 42%, protein folding 18%.` and the sentences around it. */
export function learnedBlocks({ papers, subjects, pinned, banned, start }: LearnedView): Block[] {
  const { saved, discussed, dismissed } = papers;
  const acts = [
    saved > 0 ? `${counted(saved, 'paper')} saved` : undefined,
    discussed > 0 ? `${counted(discussed, 'paper')} discussed` : undefined,
    dismissed > 0 ? `${counted(dismissed, 'paper')} dismissed` : undefined,
  ].filter((part) => part !== undefined);
  const sentences = [
    acts.length === 0
      ? 'Nothing is learned yet: save papers, reply to them, or react with 👍 or 👎 below a paper.'
      : `From ${all.format(acts)} here. Later acts count more.`,
    learnedSubjectsWords(subjects),
    pinned.length > 0 ? `Pinned: ${pinned.join(', ')}.` : undefined,
    banned.length > 0 ? `Banned: ${banned.join(', ')}.` : undefined,
    start.length > 0 ? `Started from: ${start.join(', ')}.` : undefined,
  ];
  return sentences.filter((sentence) => sentence !== undefined).map(line);
}

/** `Learned subjects: diffusion models 42%, protein folding 18%.` */
export function learnedSubjectsWords(subjects: LearnedView['subjects']): string | undefined {
  if (subjects.length === 0) return undefined;
  const listed = subjects.map(({ name, weight }) => `${name} ${Math.round(weight * 100)}%`);
  return `Learned subjects: ${listed.join(', ')}.`;
}
