/**
 * A model that runs on this machine by transformers.js, which is not installed with the program: its runtime is 200 MB.
 * `npm install @huggingface/transformers` adds it, with `onnxruntime-node-install=skip` in `.npmrc` where its download fails.
 */
import { startWorker, type WorkerHandle, workerModule } from '../../workers/worker.ts';
import type { Embedder } from './embedding-provider.ts';
import type { LocalModel } from './local-model.ts';

const BATCH = 8;

/**
 * The model's thread is started by the first text.
 * @throws UserError from `embed` when the package is not installed
 */
export function openLocal(model: string): Embedder {
  let thread: Promise<WorkerHandle<{ local: LocalModel }>> | undefined;
  // One that ended is started again by the next text.
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
