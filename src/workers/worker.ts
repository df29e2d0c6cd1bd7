/** The main thread's end: starts a worker thread and calls its services as if they were here. */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { UserError } from '../base/errors.ts';
import { type CallOutcome, fromOutcome } from './outcome.ts';

/** A third of Node's default: what passes through a thread is short-lived, and three threads' defaults add up to 100 MB. */
const YOUNG_GENERATION_MB = 16;

interface RemoteFunctions {
  call(service: string, method: string, args: unknown[]): Promise<CallOutcome>;
}

export interface WorkerHandle<Services> {
  /** Proxies: every method is asynchronous, arguments and results are copied. */
  readonly services: Services;
  /** Ends the thread; calls still under way reject. */
  stop(): Promise<void>;
}

/** The thread module `NAME-worker` beside a module, in the form that one has: TypeScript, or compiled. */
export function workerModule(name: string, beside: string): URL {
  return new URL(`${name}-worker${extname(beside)}`, beside);
}

/**
 * Runs a module that ends with `serve(…)` in a thread of its own.
 * @param data what the module gets from `threadData()`
 * @param onDeath told once when the thread ends without being stopped
 * @throws what the module throws while it starts; a dead thread rejects every call with its reason
 */
export async function startWorker<Services extends object>(
  module: URL,
  data: unknown,
  onDeath: (error: Error) => void = () => {},
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
      on: (listen) => worker.on('message', (message) => message !== 'ready' && listen(message)),
    },
  );
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
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
          // A proxy that answers `then` would be taken for a promise.
          method === 'then' || typeof method === 'symbol'
            ? undefined
            : async (...args: unknown[]) => fromOutcome(await rpc.$call('call', name, method, args)),
      },
    );
  const services = new Proxy({} as Services, {
    get: (_, name) => (name === 'then' || typeof name === 'symbol' ? undefined : service(name)),
  });
  return {
    services,
    async stop() {
      stopping = true;
      await worker.terminate();
    },
  };
}

/** An error that ended a thread arrives as a copy without its class; its name is left. */
function revived(error: unknown): unknown {
  return error instanceof Error && error.name === 'UserError' ? new UserError(error.message) : error;
}
