/**
 * Embedder that runs on this machine with transformers.js. The package is optional, because its runtime has
 * 200 MB. Install it with `npm install @huggingface/transformers`; if its download fails, put
 * `onnxruntime-node-install=skip` into `.npmrc`.
 */
import { startWorker, type WorkerHandle, workerModule } from '../../workers/worker.ts';
import type { Embedder } from './embedding-provider.ts';
import type { LocalModel } from './local-model.ts';

const BATCH = 8;

/**
 * Starts the model's thread with the first text.
 * @throws UserError from `embed` when the package is not installed
 */
export function openLocal(model: string): Embedder {
  let thread: Promise<WorkerHandle<{ local: LocalModel }>> | undefined;
  // After an exit, the next text starts it again.
  const forget = () => {
    thread = undefined;
  };

  return {
    maker: 'local',
    name: model,
    batch: BATCH,
    async embed(texts, _purpose, signal) {
      signal.throwIfAborted();
      thread ??= startWorker(workerModule('./local', import.meta.url), { model }, forget);
      thread.catch(forget);
      const { services } = await thread;
      const vectors = await services.local.embed(texts);
      signal.throwIfAborted();
      return vectors;
    },
    async close() {
      await (await thread)?.stop();
    },
  };
}
