/** Finds the feed that a command is about. */

import { UserError } from '../../../src/base/errors.ts';
import { feedInWords } from '../../../src/cards/feed-words.ts';
import { clip } from '../../../src/chat/clip.ts';
import type { ChannelRef } from '../../../src/chat/refs.ts';
import type { Feed } from '../../../src/feeds/feed.ts';
import type { Services } from '../../services.ts';

/**
 * @param id as typed; may be absent if the channel has only one feed
 * @returns the feed, and how many the channel has
 * @throws UserError that lists the feeds if the choice is not clear
 */
export async function resolveFeed(
  { feeds }: Services,
  channel: ChannelRef,
  id: string | undefined,
): Promise<{ readonly feed: Feed; readonly of: number }> {
  const here = await feeds.of(channel);
  const [only, ...others] = here;
  if (only === undefined) throw new UserError('This channel has no feeds yet. Start with /paperfeed follow');
  if (id === undefined && others.length === 0) return { feed: only, of: 1 };
  const wanted = id?.trim().toLowerCase();
  const feed = here.find((each) => each.id === wanted);
  if (feed) return { feed, of: here.length };
  const listed = here.map((each) => `${each.id} (${feedInWords(each.settings)})`).join(', ');
  throw new UserError(
    id === undefined
      ? `This channel has ${here.length} feeds. Add feed:${only.id} to choose one: ${listed}.`
      : `This channel has no feed ${clip(id, 20)}. Available: ${listed}.`,
  );
}

/** @throws UserError for a feed from a file, because the file would undo the change at the next start */
export function refuseFileFeed({ id, from }: Feed): void {
  if (from !== 'file') return;
  throw new UserError(
    `Feed ${id} is defined in the file set by FEEDS_FILE. Change it there, then restart the bot.`,
  );
}

/** `/paperfeed preview`, with `feed:b` if the channel has several feeds. */
export function feedLine(name: string, { id }: Feed, of: number): string {
  return `/paperfeed ${name}${of > 1 ? ` feed:${id}` : ''}`;
}
