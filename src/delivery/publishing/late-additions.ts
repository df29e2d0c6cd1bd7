/** Updates posted lists for two days: refreshes votes, and posts late additions as replies. */

import { papersOnCard } from '../../chat/papers-on-card.ts';
import type { PostedRoot } from '../ledger/ledger.ts';
import type { PublisherContext } from './publisher-context.ts';

export interface LateAdditions {
  /** Updates the due lists, up to a limit, so that new lists never wait for old ones. */
  round(): Promise<void>;
}

/** Lists per tick of half a minute: 5,000 lists take a quarter of an hour, with a sixth of the requests. */
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
    // It is tried again in some hours. Repeating an update does no harm.
    log.info({ err: error, channel: root.channel, day: root.day }, 'delivery: list not updated');
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
