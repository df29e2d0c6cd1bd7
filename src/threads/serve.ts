/** The worker thread's end: lets the main thread call the methods of named services. */
import { parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { type Outcome, toOutcome } from './outcome.ts';

type Method = (...args: unknown[]) => unknown;

/**
 * Answers calls of `service.method` from the thread that started this one. Call it last: it is the sign that
 * the thread is ready.
 */
export function serve(services: Readonly<Record<string, object>>): void {
  const port = parentPort;
  if (!port) throw new Error('serve() runs in a worker thread');
  const call = (service: string, method: string, args: unknown[]): Promise<Outcome> =>
    toOutcome(() => {
      const target = services[service] as Readonly<Record<string, Method>> | undefined;
      const run = target?.[method];
      if (typeof run !== 'function') throw new Error(`no method ${service}.${method}`);
      return run.apply(target, args);
    });
  createBirpc(
    { call },
    { post: (data) => port.postMessage(data), on: (listen) => port.on('message', listen), timeout: -1 },
  );
  port.postMessage('ready');
}
