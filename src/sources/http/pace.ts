/** Limits the rate of requests to a source and observes the pauses that it demands. */
import PQueue from 'p-queue';
import { openPause } from '../../resilience/pause.ts';
import { type OpenSharedPace, openRateLimiter } from '../../resilience/rate-limiter.ts';
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
  /** Absent if there is only one process. */
  readonly openSharedPace?: OpenSharedPace;
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
  const { source, everyMs, openSharedPace } = rules;
  const limiter =
    everyMs > 0 && openSharedPace ? openSharedPace(source, everyMs) : openRateLimiter({ everyMs }, clock);
  const silence = openPause(clock);

  function refuseInSilence() {
    const retryAfterMs = silence.left();
    if (retryAfterMs === 0) return;
    const until = new Date(clock.now().getTime() + retryAfterMs).toISOString().slice(11, 16);
    const message = `${rules.source} asked for a pause until ${until} UTC.`;
    throw new SourceError('rate-limited', message, { retryAfterMs });
  }

  async function waitForSlot(signal?: AbortSignal) {
    refuseInSilence();
    await limiter.acquire(signal);
    refuseInSilence();
  }

  return {
    run: (request, signal) =>
      queue.add(
        async () => {
          await waitForSlot(signal);
          try {
            const answer = await request();
            const { rateLimit, backoffMs } = answer;
            if (backoffMs !== undefined) silence.start(backoffMs);
            if (rateLimit && rateLimit.remaining <= RESERVE) silence.start(rateLimit.resetMs);
            return answer;
          } catch (error) {
            if (error instanceof SourceError && error.kind === 'rate-limited') {
              silence.start(Math.max(rules.pauseMs, error.retryAfterMs ?? 0));
            }
            throw error;
          }
        },
        { ...(signal && { signal }) },
      ),
  };
}
