/**
 * A model that runs in this process by transformers.js, which is not installed with the program: its runtime is 200 MB.
 * `npm install @huggingface/transformers` adds it, with `onnxruntime-node-install=skip` in `.npmrc` where its download fails.
 */
import { UserError } from '../errors.ts';
import type { EmbeddedText, Embedder } from './port.ts';

/** A name in a variable: the compiler must not look for a package that may be absent. */
const PACKAGE = '@huggingface/transformers';
const BATCH = 8;

interface Tensor {
  tolist(): number[][];
}

type Extractor = (
  texts: readonly string[],
  options: { readonly pooling: 'mean'; readonly normalize: true },
) => Promise<Tensor>;

interface Transformers {
  pipeline(task: 'feature-extraction', model: string): Promise<Extractor>;
}

/**
 * @param model as Hugging Face names it: `Xenova/all-MiniLM-L6-v2`
 * @param load for tests
 * @throws UserError from the first `embed` when the package is not installed
 */
export function openLocal(
  model: string,
  load: (name: string) => Promise<unknown> = (name) => import(name),
): Embedder {
  let extractor: Promise<Extractor> | undefined;

  async function open(): Promise<Extractor> {
    const transformers = (await load(PACKAGE).catch((cause: unknown) => {
      throw new UserError(
        `EMBEDDINGS_MODEL names a local model, and ${PACKAGE} is not installed. Run npm install ${PACKAGE}, or set EMBEDDINGS_BASE_URL to a server.`,
        { cause },
      );
    })) as Transformers;
    return transformers.pipeline('feature-extraction', model);
  }

  return {
    maker: 'local',
    name: model,
    batch: BATCH,
    async embed(texts, _purpose, signal) {
      extractor ??= open();
      // A download that failed may succeed the next time.
      extractor.catch(() => {
        extractor = undefined;
      });
      const extract = await extractor;
      signal.throwIfAborted();
      const tensor = await extract(texts.map(wordsOf), { pooling: 'mean', normalize: true });
      return tensor.tolist().map((vector) => Float32Array.from(vector));
    },
  };
}

function wordsOf({ title, abstract }: EmbeddedText): string {
  return title === '' ? abstract : `${title}\n\n${abstract}`;
}
