/** Main-thread side: starts a worker thread and calls its services through proxies. */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { UserError } from '../base/errors.ts';
import { type CallOutcome, fromOutcome } from './outcome.ts';

/**
 * A third of Node's default, because data in a worker is short-lived and the defaults of three threads take
 * 100 MB.
 */
const YOUNG_GENERATION_MB = 16;

interface RemoteFunctions {
  call(service: string, method: string, args: unknown[]): Promise<CallOutcome>;
}

export interface WorkerHandle<Services> {
  /** Proxies. Every method is asynchronous; arguments and results are copied. */
  readonly services: Services;
  /** Ends the thread. Pending calls reject. */
  stop(): Promise<void>;
}

/** URL of the module `NAME-worker` next to a module, with the same extension (`.ts` or `.js`). */
export function workerModule(name: string, beside: string): URL {
  return new URL(`${name}-worker${extname(beside)}`, beside);
}

/**
 * Runs a module that ends with `serve(…)` in a worker thread.
 * @param data returned by `threadData()` in the module
 * @param onDeath called once if the thread ends without being stopped
 * @param onNotice called with what the module says by `tellStart()`
 * @throws any error of the module while it starts; after the thread's end, every call rejects with the reason
 */
export async function startWorker<Services extends object>(
  module: URL,
  data: unknown,
  onDeath: (error: Error) => void = () => {},
  onNotice: (notice: unknown) => void = () => {},
): Promise<WorkerHandle<Services>> {
  const worker = new Worker(module, {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  let stopping = false;
  const rpc = createBirpc<RemoteFunctions, Record<string, never>, false>(
    {},
    {
      proxify: false,
      timeout: -1,
      post: (message) => worker.postMessage(message),
      on: (listen) =>
        worker.on('message', (message) => message !== 'ready' && !isNotice(message) && listen(message)),
    },
  );
  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: unknown) => {
      if (message === 'ready') resolve();
      else if (isNotice(message)) onNotice(message.notice);
    });
    worker.once('error', (error) => reject(revived(error)));
    worker.once('exit', (code) =>
      reject(new Error(`the thread ${module.pathname} ended with ${code} while starting`)),
    );
  });
  const end = (error: Error) => {
    if (rpc.$closed) return;
    rpc.$close(error);
    if (!stopping) onDeath(error);
  };
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => end(new Error(`the thread ${module.pathname} ended with ${code}`)));

  const service = (name: string) =>
    new Proxy(
      {},
      {
        get: (_, method) =>
          // A proxy with a method `then` would be treated as a promise.
          method === 'then' || typeof method === 'symbol'
            ? undefined
            : async (...args: unknown[]) => fromOutcome(await rpc.$call('call', name, method, args)),
      },
    );
  const services = new Proxy({} as Services, {
    get: (_, name) => (name === 'then' || typeof name === 'symbol' ? undefined : service(name)),
    // A copy would have none of them.
    ownKeys() {
      throw new TypeError("A thread's services cannot be listed or copied. Pass them on as a whole.");
    },
  });
  return {
    services,
    async stop() {
      stopping = true;
      await worker.terminate();
    },
  };
}

/** True for what a thread says while it starts. */
function isNotice(message: unknown): message is { readonly notice: unknown } {
  return typeof message === 'object' && message !== null && 'notice' in message;
}

/** An error that ended a thread arrives as a copy with its name but without its class. */
function revived(error: unknown): unknown {
  return error instanceof Error && error.name === 'UserError' ? new UserError(error.message) : error;
}
