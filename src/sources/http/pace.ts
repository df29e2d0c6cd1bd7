/** Limits the rate of requests to a source and observes the pauses that it demands. */
import PQueue from 'p-queue';
import type { Clock } from '../../time/clock.ts';
import type { HttpResponse } from './http.ts';
import { SourceError } from './source-error.ts';

export interface PaceRules {
  /** The source's name in messages. */
  readonly source: string;
  /** Concurrent connections. */
  readonly connections: number;
  /** Milliseconds from the start of one request to the start of the next. */
  readonly everyMs: number;
  /** Milliseconds to pause after a 429, unless the source asks for more. */
  readonly pauseMs: number;
}

interface Pace {
  /**
   * Waits for a free slot and sends the request.
   * @throws SourceError `rate-limited`, without a request, during a pause; no caller waits ten minutes in a
   * queue
   */
  run(request: () => Promise<HttpResponse>, signal?: AbortSignal): Promise<HttpResponse>;
}

/** Requests left unused per window, for other clients with the same address or token. */
const RESERVE = 5;

export function openSourcePace(rules: PaceRules, clock: Clock): Pace {
  const queue = new PQueue({ concurrency: rules.connections });
  let nextStart = 0;
  let silence = { until: 0, ms: 0 };
  let latest = 0;

  const now = () => {
    const instant = clock.now().getTime();
    // The clock was set back: times booked before that would now be too far ahead.
    if (instant < latest) {
      nextStart = Math.min(nextStart, instant + rules.everyMs);
      silence = { ...silence, until: Math.min(silence.until, instant + silence.ms) };
    }
    latest = instant;
    return instant;
  };

  function keepSilent(ms: number) {
    const until = now() + ms;
    if (until > silence.until) silence = { until, ms };
  }

  function refuseInSilence(instant: number) {
    const retryAfterMs = silence.until - instant;
    if (retryAfterMs <= 0) return;
    const until = new Date(silence.until).toISOString().slice(11, 16);
    throw new SourceError('rate-limited', `${rules.source} asked for a pause until ${until} UTC.`, {
      retryAfterMs,
    });
  }

  async function waitForSlot(signal?: AbortSignal) {
    const instant = now();
    refuseInSilence(instant);
    const start = Math.max(nextStart, instant);
    // Booked before the wait, so that concurrent requests get later slots.
    nextStart = start + rules.everyMs;
    if (start > instant) await clock.sleep(start - instant, signal);
    refuseInSilence(now());
  }

  return {
    run: (request, signal) =>
      queue.add(
        async () => {
          await waitForSlot(signal);
          try {
            const answer = await request();
            const { rateLimit } = answer;
            if (rateLimit && rateLimit.remaining <= RESERVE) keepSilent(rateLimit.resetMs);
            return answer;
          } catch (error) {
            if (error instanceof SourceError && error.kind === 'rate-limited') {
              keepSilent(Math.max(rules.pauseMs, error.retryAfterMs ?? 0));
            }
            throw error;
          }
        },
        { ...(signal && { signal }) },
      ),
  };
}
