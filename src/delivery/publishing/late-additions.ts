/** For two days a posted list follows its papers: scores in place, and one reply for a paper that has come into the top. */

import { papersOnCard } from '../../chat/papers-on-card.ts';
import type { PostedRoot } from '../ledger/ledger.ts';
import type { PublisherContext } from './publisher-context.ts';

export interface LateAdditions {
  /** One round over what is due for it; a bounded number, so that tomorrow's lists never wait for yesterday's. */
  round(): Promise<void>;
}

/** In a tick of half a minute: 5,000 lists are through in a quarter of an hour, with a sixth of the requests. */
const A_ROUND = 200;

export function openLateAdditions(context: PublisherContext): LateAdditions {
  const { ledger, digestSource, clock, log, port, rateLimiter, breaker, signal } = context;

  async function follow(root: PostedRoot): Promise<void> {
    const feed = context.feedOf(root);
    if (!feed || feed.disabled !== undefined) return;
    const slot = { day: root.day, due: new Date(root.due) };
    const listed = papersOnCard(root.card).map(({ paper }) => paper);
    const again = await digestSource.recompose?.(feed, slot, listed, clock.now());
    if (!again) return;
    if (JSON.stringify(again.root) !== JSON.stringify(root.card)) {
      await rateLimiter.acquire(signal);
      await port.update(root.message, again.root);
    }
    await ledger.refreshed(root, feed, again, clock.now().getTime());
  }

  async function failed(root: PostedRoot, error: unknown): Promise<void> {
    const failure = port.classifyError(error, root.channel);
    if (failure.kind === 'permanent' && failure.isGone) await ledger.leave(root.id);
    if (failure.kind === 'rate-limited' && failure.everywhere) rateLimiter.pause(failure.retryAfterMs);
    if (failure.kind === 'rate-limited' || failure.kind === 'permanent') breaker.failed();
    // Its turn comes again in some hours; an update that is made twice is one update.
    log.info({ err: error, channel: root.channel, day: root.day }, 'a posted list could not be updated');
  }

  return {
    async round() {
      if (!digestSource.recompose) return;
      const roots = await ledger.takeToRefresh(port.platform, clock.now().getTime(), A_ROUND);
      for (const root of roots) {
        if (signal.aborted || breaker.isOpen()) return;
        await follow(root).catch(async (error: unknown) => {
          if (!signal.aborted) await failed(root, error);
        });
      }
    },
  };
}
