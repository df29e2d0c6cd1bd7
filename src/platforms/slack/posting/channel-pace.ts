/** How soon a channel takes the next message: one a second, "short bursts" allowed. https://docs.slack.dev/apis/web-api/rate-limits */
import type { Clock } from '../../../time/clock.ts';

const EVERY_MS = 1_000;
/** How short a burst is, Slack does not say. */
const BURST = 3;
/** More channels than this, and those that are free again are forgotten. */
const REMEMBERED = 1_000;

/** @returns resolves when a message may go to that channel */
export function openChannelPace(clock: Clock): (channel: string) => Promise<void> {
  /** When a channel's burst is whole again, in milliseconds since 1970. */
  const wholeAt = new Map<string, number>();

  return async (channel) => {
    const now = clock.now().getTime();
    // A clock that was set back makes nobody wait longer than a whole burst.
    const booked = Math.min(wholeAt.get(channel) ?? now, now + 2 * BURST * EVERY_MS);
    const next = Math.max(booked, now) + EVERY_MS;
    wholeAt.set(channel, next);
    if (wholeAt.size > REMEMBERED) forgetFree(now);
    const wait = next - now - BURST * EVERY_MS;
    if (wait > 0) await clock.sleep(wait);
  };

  function forgetFree(now: number): void {
    for (const [channel, at] of wholeAt) if (at <= now) wholeAt.delete(channel);
  }
}
