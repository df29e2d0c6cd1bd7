/** `/metrics` in Prometheus's text format. Names no channel, person or paper. */
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import { DELIVERY_STATES } from '../delivery/ledger/ledger.ts';
import { freshnessJobOf, POLLED_SOURCES } from '../papers/source-names.ts';
import type { CountedActivity } from './activity.ts';
import type { Page } from './http-server.ts';
import { no, type Observed } from './probes.ts';

export interface ObservedAndCounted extends Observed {
  readonly activity: CountedActivity;
}

/** Counters so far, and gauges read at each scrape. */
export function openMetrics(observed: ObservedAndCounted): () => Promise<Page> {
  const { registry } = observed.activity;
  // Includes `nodejs_eventloop_lag_p99_seconds` since the last scrape.
  collectDefaultMetrics({ register: registry });
  const deliveries = openDeliveryGauges(registry);
  const sources = openSourceGauges(registry);
  const platforms = openPlatformGauge(registry);
  const files = openFileGauges(registry, observed.files);

  return async () => {
    const engine = observed.engine();
    if (!engine) return no('Starting or stopping.');
    const [figures, states] = await Promise.all([engine.figures(), observed.sources.list(), files()]);
    platforms(observed.ports);
    deliveries(figures);
    sources(states, observed.clock.now().getTime());
    return { status: 200, text: await registry.metrics(), type: registry.contentType };
  };
}

type Figures = Awaited<ReturnType<NonNullable<ReturnType<Observed['engine']>>['figures']>>;
type SourceStates = Awaited<ReturnType<Observed['sources']['list']>>;

function openDeliveryGauges(registry: Registry): (figures: Figures) => void {
  const gauge = gaugesOf(registry);
  const oldestDue = gauge(
    'delivery_oldest_due_seconds',
    'Seconds that the oldest pending list has been due; 0 if none',
  );
  const byState = gauge('deliveries', 'Deliveries in the last two days', 'state');
  const ambiguous = gauge('deliveries_ambiguous', 'Deliveries that may or may not have been posted');
  const parked = gauge(
    'deliveries_parked',
    'Deliveries that need review: paperboy deliveries --state parked',
  );
  const refused = gauge('requests_refused', 'Requests that platforms rejected permanently since the start');
  const lastSuccess = gauge(
    'delivery_last_success_timestamp_seconds',
    'Time of the latest post; 0 if none in two days',
  );
  return (figures) => {
    oldestDue.set(figures.oldestDueSeconds);
    for (const state of DELIVERY_STATES) byState.set({ state }, figures.byState[state] ?? 0);
    ambiguous.set(figures.ambiguous);
    parked.set(figures.parked);
    refused.set(figures.refused);
    lastSuccess.set((figures.lastSuccess ?? 0) / 1_000);
  };
}

function openSourceGauges(registry: Registry): (states: SourceStates, now: number) => void {
  const gauge = gaugesOf(registry);
  const age = gauge(
    'source_age_seconds',
    'Seconds since the last usable response; absent before the first',
    'source',
  );
  const failures = gauge('source_failures', 'Failed attempts in a row', 'source');
  return (states, now) => {
    for (const source of POLLED_SOURCES) {
      const state = states.find((told) => told.source === source && told.key === freshnessJobOf(source));
      if (!state) continue;
      failures.set({ source }, state.failures);
      if (state.fetchedAt !== undefined)
        age.set({ source }, Math.max(0, (now - Date.parse(state.fetchedAt)) / 1_000));
    }
  };
}

function openPlatformGauge(registry: Registry): (ports: Observed['ports']) => void {
  const connected = gaugesOf(registry)('platform_connected', '1 if connected, otherwise 0', 'platform');
  return (ports) => {
    for (const port of ports) connected.set({ platform: port.platform }, Number(port.isConnected()));
  };
}

function openFileGauges(registry: Registry, files: Observed['files']): () => Promise<void> {
  const gauge = gaugesOf(registry);
  const bytes = gauge('database_bytes', 'Size of the database including its write-ahead log');
  const { newestBackup } = files;
  const backup =
    newestBackup &&
    gauge('backup_last_success_timestamp_seconds', 'Time of the newest nightly backup; 0 if none');
  return async () => {
    bytes.set(await files.databaseBytes());
    if (newestBackup) backup?.set((await newestBackup()) / 1_000);
  };
}

function gaugesOf(registry: Registry) {
  return (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `paperboy_${name}`, help, labelNames, registers: [registry] });
}
