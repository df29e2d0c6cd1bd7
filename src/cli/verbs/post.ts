/** Subcommand `post`: requests an extra digest. The running bot posts it, because only one process may. */

import { UserError } from '../../base/errors.ts';
import { POST_REQUEST_LIFE_MS } from '../../delivery/ledger/post-requests-store.ts';
import type { Feed } from '../../feeds/feed.ts';
import { systemClock } from '../../time/clock.ts';
import { readConfig, say, withStores } from '../session.ts';

export interface PostCommandOptions {
  readonly feed?: string;
}

/** @throws UserError unless exactly one feed matches */
export async function runPost(channel: string, { feed: id }: PostCommandOptions): Promise<void> {
  await withStores(readConfig(), async ({ feeds, postRequests }) => {
    const here = (await feeds.active()).filter((feed) => nameOf(feed) === channel);
    const feed = chosen(here, channel, id);
    await postRequests.add(feed, systemClock.now().getTime());
  });
  const minutes = POST_REQUEST_LIFE_MS / 60_000;
  say(
    `Requested. The running bot posts it within half a minute. If it is not running, start it within ${minutes} minutes.`,
  );
}

function chosen(here: readonly Feed[], channel: string, id: string | undefined): Feed {
  const [feed, second] = here.filter((one) => id === undefined || one.id === id);
  if (!feed) {
    const known = here.map((one) => one.id).join(', ');
    throw new UserError(
      known === ''
        ? `${channel} has no feeds. Write the channel as "deliveries" shows it, such as discord/123.`
        : `${channel} has no feed ${id}. Available: ${known}.`,
    );
  }
  if (second)
    throw new UserError(
      `${channel} has several feeds. Choose one with --feed (${here.map((one) => one.id).join(', ')}).`,
    );
  return feed;
}

function nameOf({ channel: { platform, channel } }: Feed): string {
  return `${platform}/${channel}`;
}
