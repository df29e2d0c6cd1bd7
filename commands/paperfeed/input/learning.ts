/** Parts of commands about learned lists: the subjects of a channel, and what it starts from. */
import { UserError } from '../../../src/base/errors.ts';
import { counted } from '../../../src/cards/counts.ts';
import { BEGINNINGS } from '../../../src/cards/reason-words.ts';
import type { Block } from '../../../src/chat/card.ts';
import type { ChannelRef } from '../../../src/chat/refs.ts';
import { type Feed, isLearned, type Slot } from '../../../src/feeds/feed.ts';
import { wordsOfTerms } from '../../../src/feeds/options/terms.ts';
import type { LearnedView, StartSubject } from '../../../src/learning/learned-lists.ts';
import type { Services } from '../../services.ts';
import { line } from '../../views/feed-card.ts';

const all = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** @throws UserError for a channel without feeds, which has no lists to learn for */
export function refuseWithoutFeed(feeds: readonly Feed[]): void {
  if (feeds.length > 0) return;
  throw new UserError('This channel gets no papers yet. Start with /paperfeed follow learned:on');
}

/** A sentence if no feed of the channel goes by what it learned. */
export function learningRemark(feeds: readonly Feed[]): string[] {
  if (feeds.some(({ settings }) => isLearned(settings))) return [];
  const [only, ...others] = feeds;
  const id = only && others.length > 0 ? ` feed:${only.id}` : '';
  return [`No feed here goes by this yet. Turn it on: /paperfeed edit learned:on${id}`];
}

/** What the channel of this feed learned, for a feed that goes by it. */
export async function learnedHere(
  { learning }: Pick<Services, 'learning'>,
  { channel, settings }: Feed,
  { due }: Pick<Slot, 'due'>,
): Promise<Block[]> {
  if (!isLearned(settings)) return [];
  const start = wordsOfTerms(settings.include);
  return learnedBlocks(await learning.view({ channel, start, asOf: due.toISOString() }));
}

/** Starts a channel from its name and topic, if a feed of it now learns and did not before. */
export async function startLearning(
  { learning, delivery }: Pick<Services, 'learning' | 'delivery'>,
  channel: ChannelRef,
  now: Date,
): Promise<string[]> {
  const about = await delivery.aboutOf(channel);
  if (about === undefined) return [];
  const subjects = await learning.begin(channel, about, now.toISOString());
  return [
    ...(subjects.length > 0 ? [`${startWords(subjects)} Change it: /paperfeed subjects`] : []),
    'Papers that were linked here before can count, too: /paperfeed subjects from:channel',
  ];
}

/** `It starts from the channel’s name (protein design) and the channel’s topic (RNA folding, peptides).` */
function startWords(start: readonly StartSubject[]): string {
  const origins = [...new Set(start.map(({ from }) => from))];
  const parts = origins.map((origin) => {
    const names = start.filter(({ from }) => from === origin).map(({ name }) => name);
    return `${BEGINNINGS[origin]} (${names.join(', ')})`;
  });
  return `It starts from ${all.format(parts)}.`;
}

/** `Subjects: diffusion models 42%, protein folding 18%.` and the sentences around it. */
export function learnedBlocks({ papers, subjects, pinned, banned, start }: LearnedView): Block[] {
  const { saved, discussed, dismissed, linked } = papers;
  const acts = [
    saved > 0 ? `${counted(saved, 'paper')} saved` : undefined,
    discussed > 0 ? `${counted(discussed, 'paper')} discussed` : undefined,
    dismissed > 0 ? `${counted(dismissed, 'paper')} dismissed` : undefined,
    linked > 0 ? `${counted(linked, 'paper')} linked before` : undefined,
  ].filter((part) => part !== undefined);
  const sentences = [
    acts.length === 0
      ? 'Nothing is learned yet: save papers, reply to them, or react with 👍 or 👎 below a paper.'
      : `From ${all.format(acts)} here. Later acts count more.`,
    learnedSubjectsWords(subjects),
    pinned.length > 0 ? `Pinned: ${pinned.join(', ')}.` : undefined,
    banned.length > 0 ? `Banned: ${banned.join(', ')}.` : undefined,
    start.length > 0 ? startWords(start) : undefined,
  ];
  return sentences.filter((sentence) => sentence !== undefined).map(line);
}

/** `Learned subjects: diffusion models 42%, protein folding 18%.` */
function learnedSubjectsWords(subjects: LearnedView['subjects']): string | undefined {
  if (subjects.length === 0) return undefined;
  const listed = subjects.map(({ name, weight }) => `${name} ${Math.round(weight * 100)}%`);
  return `Learned subjects: ${listed.join(', ')}.`;
}
