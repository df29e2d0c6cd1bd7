/** What an operator's machines see of the process. */
import type { Logger } from '../base/log.ts';
import { behindToken, type HttpServer, type OpenPage, startHttpServer } from './http-server.ts';
import { openMetrics } from './metrics.ts';
import { health, type Observed, readiness } from './probes.ts';

export interface HealthSettings {
  /** 0 takes a free one. */
  readonly port: number;
  /** Whoever asks for the metrics must send it; anybody may ask when absent. */
  readonly metricsToken?: string | undefined;
}

/** @throws UserError when the port cannot be had */
export function startHealthServer(
  { port, metricsToken }: HealthSettings,
  observed: Observed,
  log: Logger,
): Promise<HttpServer> {
  const metrics = openMetrics(observed);
  const pages = new Map<string, OpenPage>([
    ['/healthz', () => health(observed)],
    ['/readyz', () => readiness(observed)],
    ['/metrics', metricsToken === undefined ? metrics : behindToken(metricsToken, metrics)],
  ]);
  return startHttpServer(port, pages, log);
}
