/** Wakes a process when another one has planned posts: LISTEN and NOTIFY of PostgreSQL. */
import pg from 'pg';
import type { Logger } from '../base/log.ts';
import { backoffDelay } from '../resilience/backoff.ts';
import { systemClock } from '../time/clock.ts';
import { PLANNED } from './signals.ts';

export interface WakesOptions {
  readonly url: string;
  readonly log: Logger;
  /** Called at each signal, and after each new connection, as signals may have been missed. */
  readonly wake: () => void;
}

const BACKOFF = { firstMs: 1_000, longestMs: 30_000 };
const CONNECT_MS = 5_000;
/** Without traffic, a lost connection is noticed after this and some tries. */
const KEEP_ALIVE_MS = 10_000;

/** A connection that only listens. While it is lost, the ticks of half a minute do. */
export function openWakes({ url, log, wake }: WakesOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      application_name: 'paperboy (waiting)',
    });
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    client.on('error', end);
    client.on('end', end);
    signal.addEventListener('abort', end, { once: true });
    client.on('notification', wake);
    try {
      await client.connect();
      await client.query(`LISTEN ${PLANNED}`);
      wake();
      await ended;
    } finally {
      signal.removeEventListener('abort', end);
      // Waits for the server, which may be gone.
      void client.end().catch(() => undefined);
    }
  }

  async function keep(): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        await listen();
        failures = 0;
      } catch (error) {
        if (failures++ === 0) log.warn({ err: error }, 'wakes: not connected');
      }
      await systemClock.sleep(backoffDelay(BACKOFF, Math.max(1, failures)), signal).catch(() => undefined);
    }
  }

  const keeping = keep();
  return {
    async stop() {
      stopping.abort();
      await keeping;
    },
  };
}
