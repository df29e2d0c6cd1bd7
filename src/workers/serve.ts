/** Worker side: lets the main thread call methods of named services. */
import { parentPort, workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { type CallOutcome, toOutcome } from './outcome.ts';

type Method = (...args: unknown[]) => unknown;

/** Data that the thread was started with. */
export function startData<Data>(): Data {
  return workerData as Data;
}

/** Tells the parent thread about a long start, before {@link serve}. */
export function tellStart(notice: unknown): void {
  parentPort?.postMessage({ notice });
}

/**
 * Answers calls of `service.method` from the parent thread. Call it last, because it signals that the thread
 * is ready.
 * @param explain turns specific errors (a full disk) into a `UserError`
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
