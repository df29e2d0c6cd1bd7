/** How often a source may be asked: its pace, and the pauses that it demands. */
import PQueue from 'p-queue';
import type { Clock } from '../clock.ts';
import type { Answer } from './http.ts';
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
  run(request: () => Promise<Answer>, signal?: AbortSignal): Promise<Answer>;
}

/** Requests that stay unspent in a window, for whoever shares our address or token. */
const RESERVE = 5;

export function openPace(rules: PaceRules, clock: Clock): Pace {
  const queue = new PQueue({ concurrency: rules.connections });
  let nextStart = 0;
  let silentUntil = 0;
  const now = () => clock.now().getTime();

  function keepSilent(ms: number) {
    silentUntil = Math.max(silentUntil, now() + ms);
  }

  function refuseInSilence() {
    const retryAfterMs = silentUntil - now();
    if (retryAfterMs <= 0) return;
    const until = new Date(silentUntil).toISOString().slice(11, 16);
    throw new SourceError(
      'rate-limited',
      `${rules.source} is not asked again before ${until} UTC, as it wished.`,
      {
        retryAfterMs,
      },
    );
  }

  async function waitForTurn(signal?: AbortSignal) {
    refuseInSilence();
    const start = Math.max(nextStart, now());
    // Booked before the wait, so that connections beside this one take later turns.
    nextStart = start + rules.everyMs;
    if (start > now()) await clock.sleep(start - now(), signal);
    refuseInSilence();
  }

  return {
    run: (request, signal) =>
      queue.add(
        async () => {
          await waitForTurn(signal);
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
