/** `post`: an edition now, beside the daily one. The bot that runs beside posts it: only one process may. */

import { UserError } from '../../base/errors.ts';
import { POST_REQUEST_LIFE_MS } from '../../delivery/ledger/post-requests-store.ts';
import type { Feed } from '../../feeds/feed.ts';
import { systemClock } from '../../time/clock.ts';
import { readConfig, say, withStores } from '../session.ts';

export interface PostCommandOptions {
  readonly feed?: string;
}

/** @throws UserError when no feed, or more than one, is meant */
export async function runPost(channel: string, { feed: id }: PostCommandOptions): Promise<void> {
  await withStores(readConfig(), async ({ feeds, postRequests }) => {
    const here = (await feeds.active()).filter((feed) => nameOf(feed) === channel);
    const feed = chosen(here, channel, id);
    await postRequests.add(feed, systemClock.now().getTime());
  });
  const minutes = POST_REQUEST_LIFE_MS / 60_000;
  say(
    `Asked for. The bot posts it within half a minute; while none runs, one that starts within ${minutes} minutes.`,
  );
}

function chosen(here: readonly Feed[], channel: string, id: string | undefined): Feed {
  const [feed, second] = here.filter((one) => id === undefined || one.id === id);
  if (!feed) {
    const known = here.map((one) => one.id).join(', ');
    throw new UserError(
      known === ''
        ? `Nothing is posted to ${channel}. "deliveries" shows channels as they are named here: discord/123.`
        : `${channel} has no feed ${id}. It has: ${known}.`,
    );
  }
  if (second)
    throw new UserError(
      `${channel} has several feeds: say which with --feed (${here.map((one) => one.id).join(', ')}).`,
    );
  return feed;
}

function nameOf({ channel: { platform, channel } }: Feed): string {
  return `${platform}/${channel}`;
}
