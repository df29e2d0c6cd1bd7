/** The worker thread's end: lets the main thread call the methods of named services. */
import { parentPort, workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { type CallOutcome, toOutcome } from './outcome.ts';

type Method = (...args: unknown[]) => unknown;

/** What the thread was started with. */
export function startData<Data>(): Data {
  return workerData as Data;
}

/**
 * Answers calls of `service.method` from the thread that started this one. Call it last: it is the sign that
 * the thread is ready.
 * @param explain turns an error of this thread's own kind (a full disk) into one for a person; others pass as they are
 */
export function serve(
  services: Readonly<Record<string, object>>,
  explain: (error: unknown) => Error | undefined = () => undefined,
): void {
  const port = parentPort;
  if (!port) throw new Error('serve() runs in a worker thread');
  const call = (service: string, method: string, args: unknown[]): Promise<CallOutcome> =>
    toOutcome(async () => {
      const target = services[service] as Readonly<Record<string, Method>> | undefined;
      const run = target?.[method];
      if (typeof run !== 'function') throw new Error(`no method ${service}.${method}`);
      try {
        return await run.apply(target, args);
      } catch (error) {
        throw explain(error) ?? error;
      }
    });
  createBirpc(
    { call },
    { post: (data) => port.postMessage(data), on: (listen) => port.on('message', listen), timeout: -1 },
  );
  port.postMessage('ready');
}
