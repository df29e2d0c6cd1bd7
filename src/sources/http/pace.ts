/** How often a source may be asked: its pace, and the pauses that it demands. */
import PQueue from 'p-queue';
import { openPause } from '../../resilience/pause.ts';
import { openRateLimiter } from '../../resilience/rate-limiter.ts';
import type { Clock } from '../../time/clock.ts';
import type { HttpResponse } from './http.ts';
import { SourceError } from './source-error.ts';

export interface PaceRules {
  /** Its name in sentences. */
  readonly source: string;
  /** Connections at the same time. */
  readonly connections: number;
  /** Milliseconds from the start of one request to the start of the next. */
  readonly everyMs: number;
  /** Milliseconds of silence after a 429, when the source does not ask for more. */
  readonly pauseMs: number;
}

interface Pace {
  /**
   * Runs the request when its turn comes.
   * @throws SourceError `rate-limited`, without asking, while the source wants silence: nobody waits ten
   * minutes in a queue
   */
  run(request: () => Promise<HttpResponse>, signal?: AbortSignal): Promise<HttpResponse>;
}

/** Requests that stay unspent in a window, for whoever shares our address or token. */
const RESERVE = 5;

export function openSourcePace(rules: PaceRules, clock: Clock): Pace {
  const queue = new PQueue({ concurrency: rules.connections });
  const limiter = openRateLimiter({ everyMs: rules.everyMs }, clock);
  const silence = openPause(clock);

  function refuseInSilence() {
    const retryAfterMs = silence.left();
    if (retryAfterMs === 0) return;
    const until = new Date(clock.now().getTime() + retryAfterMs).toISOString().slice(11, 16);
    const message = `${rules.source} is not asked again before ${until} UTC, as it wished.`;
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
            const { rateLimit } = answer;
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
