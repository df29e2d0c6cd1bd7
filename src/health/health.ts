/** What an operator's machines see of the process. */
import type { Logger } from '../base/log.ts';
import { type HttpServer, startHttpServer } from './http-server.ts';
import { openMetrics } from './metrics.ts';
import { health, type Observed, readiness } from './probes.ts';

/** @throws UserError when the port cannot be had */
export function startHealthServer(port: number, observed: Observed, log: Logger): Promise<HttpServer> {
  const pages = new Map([
    ['/healthz', () => health(observed)],
    ['/readyz', () => readiness(observed)],
    ['/metrics', openMetrics(observed)],
  ]);
  return startHttpServer(port, pages, log);
}
