/** The delivery engine: starts, ticks and stops planning and publishing. */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Logger } from '../base/log.ts';
import type { PostingPort } from '../chat/port.ts';
import { type Feed, feedKey } from '../feeds/feed.ts';
import type { FollowedFeeds } from '../feeds/followed-feeds.ts';
import { openCircuitBreaker } from '../resilience/circuit-breaker.ts';
import { openConcurrencyLimiter } from '../resilience/concurrency-limiter.ts';
import { type OpenSharedPace, openRateLimiter } from '../resilience/rate-limiter.ts';
import type { Clock } from '../time/clock.ts';
import type { Alerts } from './alerts.ts';
import type { DigestSource } from './ledger/digest.ts';
import type { DeliveryFigures, Ledger } from './ledger/ledger.ts';
import { openPlanner } from './planning/planner.ts';
import { openLateAdditions } from './publishing/late-additions.ts';
import { openPublisher } from './publishing/publisher.ts';
import type { PublisherContext } from './publishing/publisher-context.ts';
import { BREAKER } from './timing.ts';
import { startWatchdog } from './watchdog.ts';

export interface EngineOptions {
  readonly ledger: Ledger;
  readonly feeds: FollowedFeeds;
  readonly digestSource: DigestSource;
  readonly ports: readonly PostingPort[];
  readonly alerts: Alerts;
  /** True if this process plans for all of them. Absent if there is only one. */
  readonly isPlanner?: () => boolean;
  /** Absent if there is only one process. */
  readonly openSharedPace?: OpenSharedPace;
  /** Posts digests that were requested by other processes. */
  readonly postRequested?: () => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Returns a number from 0 (inclusive) to 1 (exclusive), like `Math.random`. */
  readonly random: () => number;
}

export interface DeliveryEngine {
  /**
   * Plans due slots and wakes the publishers. A tick during another one joins it. A missed tick does no harm.
   */
  tick(): Promise<void>;
  /** Wakes the publishers only. */
  wake(): void;
  /** Resolves when nothing is due. */
  idle(): Promise<void>;
  /** Stops within 20 seconds. The next start recovers unfinished requests. */
  stop(): Promise<void>;
  figures(): Promise<DeliveryFigures & { readonly refused: number }>;
}

const PRUNE_EVERY_MS = 86_400_000;
/** Rows per read, a few seconds of work, so that new roots do not wait for papers. */
const BATCH = 200;
/** Processes that together have as many rows and requests in flight as one alone; more have more. */
const SHARED_BY = 5;

/**
 * Takes over the ledger. Rows that an earlier process left during a request become ambiguous.
 */
export async function startDelivery(options: EngineOptions): Promise<DeliveryEngine> {
  const { ledger, clock, log, isPlanner = () => true } = options;
  const owner = randomUUID();
  const startedAt = clock.now().getTime();
  const left = await ledger.takeOver(owner, startedAt);
  if (left > 0) log.info({ rows: left }, 'delivery: ambiguous rows found');

  let byKey = new Map<string, Feed>();
  const stopping = new AbortController();
  // Every waiting request adds a listener.
  setMaxListeners(0, stopping.signal);
  const start = { owner, startedAt, signal: stopping.signal };
  const contexts = options.ports.map((port) => openContext(options, port, start, () => byKey));
  const publishers = contexts.map(openPublisher);
  const lateAdditions = contexts.map(openLateAdditions);
  const served = options.ports.map(({ platform }) => platform);
  const planner = openPlanner(ledger, served);
  let ticking: Promise<void> | undefined;
  let following: Promise<void> | undefined;
  let lastTick = clock.elapsed();
  let prunedAt = Number.NEGATIVE_INFINITY;
  const watch = startWatchdog({ ...options, lastTick: () => lastTick });

  async function round(): Promise<void> {
    const now = clock.now();
    const feeds = await options.feeds.all();
    byKey = new Map(feeds.map((feed) => [feedKey(feed.channel, feed.id), feed]));
    if (isPlanner()) await planner.plan(feeds, now);
    lastTick = clock.elapsed();
    wake();
    following ??= follow().finally(() => {
      following = undefined;
    });
  }

  function wake(): void {
    for (const publisher of publishers) publisher.wake();
  }

  async function follow(): Promise<void> {
    try {
      if (isPlanner()) await ledger.expire(served, clock.now().getTime());
      await options.postRequested?.();
      await Promise.all(lateAdditions.map((additions) => additions.round()));
      if (!isPlanner() || clock.elapsed() - prunedAt < PRUNE_EVERY_MS) return;
      prunedAt = clock.elapsed();
      await ledger.prune(clock.now().getTime());
    } catch (error) {
      if (!stopping.signal.aborted) log.error({ err: error }, 'delivery: follow-up failed');
    }
  }

  return {
    tick() {
      if (stopping.signal.aborted) return Promise.resolve();
      ticking ??= round()
        .catch((error: unknown) => log.error({ err: error }, 'delivery: planning failed'))
        .finally(() => {
          ticking = undefined;
        });
      return ticking;
    },

    wake,

    async idle() {
      await ticking;
      await Promise.all([following, ...publishers.map((publisher) => publisher.idle())]);
    },

    async stop() {
      stopping.abort();
      await Promise.all([watch.stop(), ...publishers.map((publisher) => publisher.stop())]);
      // Other processes go on with them. If it fails, they do so half a minute later.
      await ledger.giveBack(owner).catch(() => undefined);
    },

    async figures() {
      const refused = contexts.reduce((sum, { breaker }) => sum + breaker.total(), 0);
      return { ...(await ledger.figures(clock.now().getTime())), refused };
    },
  };
}

function openContext(
  options: EngineOptions,
  port: PostingPort,
  start: Pick<PublisherContext, 'owner' | 'startedAt' | 'signal'>,
  feeds: () => ReadonlyMap<string, Feed>,
): PublisherContext {
  const { clock, alerts } = options;
  const { limits, platform } = port;
  const sharedBy = options.openSharedPace ? SHARED_BY : 1;
  return {
    ...options,
    ...start,
    port,
    rateLimiter:
      options.openSharedPace?.(platform, 1_000 / limits.perSecond) ??
      openRateLimiter({ everyMs: 1_000 / limits.perSecond }, clock),
    // Several processes share the pace, and the rows: one that reads many keeps them from the others.
    batch: Math.ceil(BATCH / sharedBy),
    concurrency: openConcurrencyLimiter(
      { inAll: Math.ceil(limits.inFlight / sharedBy), perKey: limits.perWorkspace },
      clock,
    ),
    breaker: openCircuitBreaker(BREAKER, clock, {
      onOpen(refused) {
        const pause = `The bot sends nothing there for ${BREAKER.openMs / 60_000} minutes.`;
        void alerts.raise(
          `${platform} rejected ${refused} requests in ten minutes. ${pause} To see what is missing: paperboy doctor`,
        );
      },
    }),
    feedOf: ({ channel, feed }) => feeds().get(feedKey(channel, feed)),
  };
}
