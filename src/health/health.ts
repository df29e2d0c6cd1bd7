/** HTTP server with `/healthz`, `/readyz` and `/metrics`. */
import type { Logger } from '../base/log.ts';
import {
  behindToken,
  type HttpServer,
  type OpenPage,
  type PublicRequests,
  startHttpServer,
} from './http-server.ts';
import { type ObservedAndCounted, openMetrics } from './metrics.ts';
import { health, readiness } from './probes.ts';

export interface HealthSettings {
  /** 0 chooses a free port. */
  readonly port: number;
  /** Token required for the metrics; without it they are open to everyone. */
  readonly metricsToken?: string | undefined;
}

/** @throws UserError if the port is not available */
export function startHealthServer(
  { port, metricsToken }: HealthSettings,
  observed: ObservedAndCounted,
  log: Logger,
  others?: PublicRequests,
): Promise<HttpServer> {
  const metrics = openMetrics(observed);
  const pages = new Map<string, OpenPage>([
    ['/healthz', () => health(observed)],
    ['/readyz', () => readiness(observed)],
    ['/metrics', metricsToken === undefined ? metrics : behindToken(metricsToken, metrics)],
  ]);
  return startHttpServer(port, pages, log, others);
}
