/** How often a source may be asked: its pace, and the pauses that it demands. */
import PQueue from 'p-queue';
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
   * @throws SourceError `rate-limited`, without asking, while the source wants silence: nobody waits ten minutes in a queue
   */
  run(request: () => Promise<HttpResponse>, signal?: AbortSignal): Promise<HttpResponse>;
}

/** Requests that stay unspent in a window, for whoever shares our address or token. */
const RESERVE = 5;

export function openSourcePace(rules: PaceRules, clock: Clock): Pace {
  const queue = new PQueue({ concurrency: rules.connections });
  let nextStart = 0;
  let silence = { until: 0, ms: 0 };
  let latest = 0;

  const now = () => {
    const instant = clock.now().getTime();
    // Set back: what was booked by the old time would be waited for by the new one.
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
    throw new SourceError(
      'rate-limited',
      `${rules.source} is not asked again before ${until} UTC, as it wished.`,
      {
        retryAfterMs,
      },
    );
  }

  async function waitForSlot(signal?: AbortSignal) {
    const instant = now();
    refuseInSilence(instant);
    const start = Math.max(nextStart, instant);
    // Booked before the wait, so that connections beside this one take later turns.
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
