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

/** A connection that only listens. While it is lost, the ticks of half a minute do. */
export function openWakes({ url, log, wake }: WakesOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      application_name: 'paperboy (waiting)',
    });
    const ended = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    client.on('notification', wake);
    try {
      await client.connect();
      await client.query(`LISTEN ${PLANNED}`);
      wake();
      await ended;
    } finally {
      // Waits for the server, which may be gone.
      void client.end().catch(() => undefined);
    }
  }

  async function keep(): Promise<void> {
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        await listen();
        failures = 0;
      } catch (error) {
        if (failures === 0) log.warn({ err: error }, 'wakes: not connected');
      }
      await systemClock.sleep(backoffDelay(BACKOFF, failures + 1), signal).catch(() => undefined);
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
