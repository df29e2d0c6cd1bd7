/** Reads the past messages of a channel, at a pace that leaves the platform's limits to commands. */
import { UserError } from '../base/errors.ts';
import type { PostingPort } from '../chat/port.ts';
import type { ChannelRef } from '../chat/refs.ts';
import { startYielding } from '../import/reading/yield-to-event-loop.ts';
import { findPaperReferences } from '../text/ids.ts';
import { type Clock, type Day, dayOf } from '../time/clock.ts';
import {
  type ChannelCount,
  type ImportedDays,
  MOST_MESSAGES,
  type UnreadableChannel,
} from './list-import.ts';

export type PastReader = Pick<PostingPort, 'readPast' | 'classifyError'>;

export interface ScannedChannel extends Omit<ChannelCount, 'saved' | 'papers'> {
  /** arXiv ids, as they follow each other in the channel. */
  readonly papers: readonly string[];
}

/** Between two requests. Slack allows fifty a minute, Discord one a second for each channel. */
const PAUSE_MS = 1_200;
/** Waits for rate limits, all together: not a minute, in which Slack lets some apps read 15 messages. */
const LONGEST_WAIT_MS = 30_000;
const MOST_FAILURES = 3;
const DAY_MS = 86_400_000;

/**
 * Reads the latest messages first.
 * @throws UserError if the platform does not answer; the signal's reason when it is aborted
 */
export async function scanChannel(
  port: PastReader,
  channel: ChannelRef,
  { since, until }: ImportedDays,
  clock: Clock,
  signal: AbortSignal,
): Promise<ScannedChannel | UnreadableChannel> {
  const span = {
    ...(since !== undefined && { since: startOf(since) }),
    ...(until !== undefined && { before: new Date(startOf(until).getTime() + DAY_MS) }),
  };
  const papers = new Set<string>();
  const yielding = startYielding();
  let messages = 0;
  let oldest: Date | undefined;
  let cut: ChannelCount['cut'];
  let waited = 0;
  let failures = 0;
  for (let cursor: string | undefined; ; ) {
    signal.throwIfAborted();
    try {
      const page = await port.readPast(channel, {
        ...span,
        ...(cursor !== undefined && { cursor }),
      });
      if ('refusal' in page) return { kind: 'refused', reason: page.refusal };
      failures = 0;
      for (const { at, text } of page.messages.slice(0, MOST_MESSAGES - messages)) {
        if (yielding.due()) await yielding.give();
        for (const { id } of findPaperReferences(text)) papers.add(id);
        oldest = at;
        messages += 1;
      }
      cursor = page.next;
      if (cursor === undefined) break;
      if (messages >= MOST_MESSAGES) {
        cut = 'number';
        break;
      }
      await clock.sleep(PAUSE_MS, signal);
    } catch (error) {
      signal.throwIfAborted();
      const failure = port.classifyError(error, channel);
      if (failure.kind === 'permanent') return { kind: 'refused', reason: failure.reason };
      const isLimited = failure.kind === 'rate-limited';
      const wait = isLimited ? failure.retryAfterMs : PAUSE_MS;
      failures += isLimited ? 0 : 1;
      if (failures >= MOST_FAILURES)
        throw new UserError('The messages of this channel could not be read. Try again in a moment.');
      if (waited + wait > LONGEST_WAIT_MS) {
        if (messages === 0)
          throw new UserError('The platform lets the bot read no messages now. Try again in a few minutes.');
        cut = 'rate';
        break;
      }
      waited += wait;
      await clock.sleep(wait, signal);
    }
  }
  return {
    kind: 'counted',
    messages,
    papers: [...papers].reverse(),
    ...(oldest && { since: dayOf(oldest) }),
    ...(cut && { cut }),
  };
}

function startOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}
