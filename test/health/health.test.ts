import { EventEmitter, once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { startDelivery } from '../../src/delivery/engine.ts';
import { openLedger } from '../../src/delivery/ledger/ledger-store.ts';
import { LATE_MS } from '../../src/delivery/timing.ts';
import { countActivity } from '../../src/health/activity.ts';
import { startHealthServer } from '../../src/health/health.ts';
import { startHttpServer } from '../../src/health/http-server.ts';
import type { Observed } from '../../src/health/probes.ts';
import { openSourceStore } from '../../src/sources/source-store.ts';
import { openFakePlatform } from '../fakes/memory/fake-port.ts';
import { openTestDatabase } from '../support/database.ts';
import { aFeed, engineOptions, holdFeeds } from '../support/delivery.ts';
import { fakeClock } from '../support/fake-clock.ts';

const START = '2026-05-28T09:00:00Z';
const DUE = Date.parse(START);
const { channel } = aFeed('secret-channel');

const port = (platform: string, isConnected = true) => ({ platform, isConnected: () => isConnected });

/** The pages of a process with a ledger and an engine. It posts only when its test ticks. */
async function openPages(change: Partial<Observed> = {}, metricsToken?: string) {
  const connection = await openTestDatabase();
  const clock = fakeClock(START);
  const ledger = openLedger(connection);
  const sources = openSourceStore(connection);
  const platform = openFakePlatform({ clock });
  const engine = await startDelivery(engineOptions({ clock, ledger, feeds: holdFeeds([]), platform }));
  const observed = {
    ports: [port('discord'), port('fake')],
    engine: () => engine,
    sources,
    files: { databaseBytes: async () => 4_096, newestBackup: async () => DUE },
    activity: countActivity(),
    clock,
    ...change,
  };
  const server = await startHealthServer({ port: 0, metricsToken }, observed, silentLog);
  onTestFinished(async () => {
    await server.stop();
    await engine.stop();
  });
  const ask = async (path: string, method = 'GET', headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, { method, headers });
    const { status } = answer;
    const challenge = answer.headers.get('www-authenticate');
    return { status, type: answer.headers.get('content-type'), challenge, text: await answer.text() };
  };
  return { ask, clock, ledger, sources, activity: observed.activity, port: server.port };
}

describe('/healthz', () => {
  it('/healthz is ok while the store responds, even if platforms do not', async () => {
    const { ask } = await openPages({ engine: () => undefined });
    expect(await ask('/healthz')).toMatchObject({ status: 200, text: 'ok\n' });
  });

  it('/healthz fails if the store hangs or fails, without details', async () => {
    const hanging = await openPages({ sources: { list: () => new Promise(() => {}) } });
    const waiting = hanging.ask('/healthz');
    // The engine's watchdog sleeps too.
    await hanging.clock.sleeping(2);
    await hanging.clock.advance(3_000);
    expect(await waiting).toMatchObject({ status: 503, text: 'The store does not respond.\n' });
    const failing = await openPages({ sources: { list: () => Promise.reject(new Error('canary')) } });
    expect(await failing.ask('/healthz')).toMatchObject({ status: 503, text: 'Failed. See the log.\n' });
  });
});

describe('/readyz', () => {
  it('/readyz fails until every platform has started', async () => {
    const { ask } = await openPages({ engine: () => undefined });
    expect(await ask('/readyz')).toMatchObject({
      status: 503,
      text: 'Starting or stopping: discord, fake.\n',
    });
    expect((await ask('/metrics')).status).toBe(503);
  });

  it('/readyz names a platform that is not connected', async () => {
    const { ask } = await openPages({ ports: [port('discord', false), port('fake')] });
    expect(await ask('/readyz')).toMatchObject({
      status: 503,
      text: 'Not connected: discord.\n',
    });
  });

  it('/readyz fails once a delivery is 15 minutes late', async () => {
    const { ask, clock, ledger } = await openPages();
    await ledger.plan([{ channel, feed: 'daily', day: '2026-05-28', due: DUE }], DUE);
    await clock.advance(LATE_MS - 1_000);
    expect(await ask('/readyz')).toMatchObject({ status: 200, text: 'ok\n' });
    await clock.advance(1_000);
    expect(await ask('/readyz')).toMatchObject({
      status: 503,
      text: 'A delivery has been due for 15 minutes.\n',
    });
  });
});

describe('/metrics', () => {
  it('/metrics has current figures of deliveries and sources, and names no channel', async () => {
    const { ask, clock, ledger, sources } = await openPages();
    await ledger.plan([{ channel, feed: 'daily', day: '2026-05-28', due: DUE }], DUE);
    await sources.succeeded('hugging-face', 'latest', { at: START });
    await sources.failed('arxiv', 'daily', { error: 'canary', nextAt: START });
    await clock.advance(90_000);
    const { status, type, text } = await ask('/metrics');
    expect(status).toBe(200);
    expect(type).toContain('version=0.0.4');
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'paperboy_delivery_oldest_due_seconds 90',
        'paperboy_deliveries{state="planned"} 1',
        'paperboy_deliveries{state="parked"} 0',
        'paperboy_deliveries_ambiguous 0',
        'paperboy_deliveries_parked 0',
        'paperboy_requests_refused 0',
        'paperboy_delivery_last_success_timestamp_seconds 0',
        'paperboy_source_age_seconds{source="hugging-face"} 90',
        'paperboy_source_failures{source="arxiv"} 1',
      ]),
    );
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \S+$/m);
    expect(text).not.toMatch(/source_age_seconds\{source="arxiv"|canary|secret-channel/);
  });

  it('/metrics has the connected platforms, the database size and the age of the backup', async () => {
    const { ask } = await openPages({ ports: [port('discord', false), port('fake')] });
    expect((await ask('/metrics')).text.split('\n')).toEqual(
      expect.arrayContaining([
        'paperboy_platform_connected{platform="discord"} 0',
        'paperboy_platform_connected{platform="fake"} 1',
        'paperboy_database_bytes 4096',
        `paperboy_backup_last_success_timestamp_seconds ${DUE / 1_000}`,
      ]),
    );
    const without = await openPages({ files: { databaseBytes: async () => 4_096 } });
    expect((await without.ask('/metrics')).text).not.toContain('paperboy_backup');
  });

  it('/metrics counts commands by outcome and duration, and model calls by outcome', async () => {
    const { ask, activity } = await openPages();
    const before = (await ask('/metrics')).text;
    expect(before).toContain('paperboy_commands_total{outcome="failed"} 0');
    expect(before).toContain('paperboy_model_calls_total{outcome="slow"} 0');
    activity.answered({ command: 'papers search', outcome: 'ok', seconds: 0.3 });
    activity.answered({ command: 'unknown', outcome: 'problem', seconds: 0 });
    activity.modelAsked('slow');
    const after = (await ask('/metrics')).text.split('\n');
    expect(after).toEqual(
      expect.arrayContaining([
        'paperboy_commands_total{outcome="ok"} 1',
        'paperboy_commands_total{outcome="problem"} 1',
        'paperboy_commands_total{outcome="failed"} 0',
        'paperboy_command_seconds_bucket{le="0.25",command="papers search"} 0',
        'paperboy_command_seconds_bucket{le="0.5",command="papers search"} 1',
        'paperboy_model_calls_total{outcome="slow"} 1',
      ]),
    );
  });

  it('/metrics requires its token if one is set, and the probes do not', async () => {
    const { ask } = await openPages({}, 'a-token-of-the-test');
    const headers = (authorization: string) => ({ authorization });
    for (const wrong of [
      {},
      headers('a-token-of-the-test'),
      headers('Basic a-token-of-the-test'),
      headers('Bearer a-token-of-the-tes'),
      headers('Bearer a-token-of-the-test2'),
      headers('Bearer '),
    ]) {
      expect(await ask('/metrics', 'GET', wrong)).toEqual({
        status: 401,
        type: 'text/plain; charset=utf-8',
        challenge: 'Bearer realm="paperboy metrics"',
        text: 'Send METRICS_TOKEN as Authorization: Bearer …\n',
      });
    }
    for (const right of ['Bearer a-token-of-the-test', 'bearer  a-token-of-the-test']) {
      expect(await ask('/metrics', 'GET', headers(right))).toMatchObject({ status: 200, challenge: null });
    }
    for (const path of ['/healthz', '/readyz']) expect((await ask(path)).status).toBe(200);
  });

  it('two instances in one process have separate metrics', async () => {
    const [one, other] = [await openPages(), await openPages()];
    await one.ledger.plan([{ channel, feed: 'daily', day: '2026-05-28', due: DUE }], DUE);
    expect((await one.ask('/metrics')).text).toContain('paperboy_deliveries{state="planned"} 1');
    expect((await other.ask('/metrics')).text).toContain('paperboy_deliveries{state="planned"} 0');
  });
});

describe('the health server', () => {
  it('the health server has three read-only pages', async () => {
    const { ask } = await openPages();
    expect((await ask('/')).status).toBe(404);
    expect((await ask('/metrics/x', 'POST')).status).toBe(404);
    expect((await ask('/healthz?probe=1')).status).toBe(200);
    expect(await ask('/healthz', 'HEAD')).toMatchObject({ status: 200, text: '' });
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await ask('/healthz', method)).status).toBe(405);
  });

  it('the health server stops while a client holds a connection open', async () => {
    const asked = new EventEmitter();
    const hang = () => {
      asked.emit('asked');
      return new Promise<never>(() => {});
    };
    const server = await startHttpServer(0, new Map([['/', hang]]), silentLog);
    const answer = expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow();
    await once(asked, 'asked');
    await server.stop();
    await answer;
  });

  it('the health server says what to do if its port is in use', async () => {
    const { port } = await openPages();
    await expect(startHttpServer(port, new Map(), silentLog)).rejects.toThrow(
      `Port ${port} is in use by another program. Set HTTP_PORT to a free port.`,
    );
  });
});
