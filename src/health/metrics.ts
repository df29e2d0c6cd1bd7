/** `/metrics` in Prometheus's text format: figures that an alert can be made of. No channel, person or paper is named. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { DELIVERY_STATES } from '../delivery/ledger/ledger.ts';
import { FRESHNESS_JOBS } from '../sources/labels.ts';
import type { Page } from './http-server.ts';
import { no, type Observed } from './probes.ts';

/** A registry of its own, so that two in a process do not share figures. Read anew at each scrape. */
export function openMetrics(observed: Observed): () => Promise<Page> {
  const registry = new Registry();
  // With the event loop's lag: `nodejs_eventloop_lag_p99_seconds` since the last scrape.
  collectDefaultMetrics({ register: registry });
  const deliveries = openDeliveryGauges(registry);
  const sources = openSourceGauges(registry);

  return async () => {
    const engine = observed.engine();
    if (!engine) return no('Starting or stopping.');
    const [figures, states] = await Promise.all([engine.figures(), observed.sources.list()]);
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
    'How long the oldest unposted list has been due; 0: none',
  );
  const byState = gauge('deliveries', 'Deliveries of the last two days', 'state');
  const ambiguous = gauge('deliveries_ambiguous', 'Deliveries whose fate is unknown just now');
  const parked = gauge(
    'deliveries_parked',
    'Deliveries that wait for a person: paperboy deliveries --state parked',
  );
  const refused = gauge('requests_refused', 'Requests that platforms refused for good since the start');
  const lastSuccess = gauge(
    'delivery_last_success_timestamp_seconds',
    'When the latest message was posted; 0: none in two days',
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
  const age = gauge('source_age_seconds', 'Since the last usable answer; absent before the first', 'source');
  const failures = gauge('source_failures', 'Failed attempts in a row', 'source');
  return (states, now) => {
    for (const [source, key] of FRESHNESS_JOBS) {
      const state = states.find((told) => told.source === source && told.key === key);
      if (!state) continue;
      failures.set({ source }, state.failures);
      if (state.fetchedAt !== undefined)
        age.set({ source }, Math.max(0, (now - Date.parse(state.fetchedAt)) / 1_000));
    }
  };
}

function gaugesOf(registry: Registry) {
  return (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `paperboy_${name}`, help, labelNames, registers: [registry] });
}
