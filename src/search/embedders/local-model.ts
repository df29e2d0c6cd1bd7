/** A model in transformers.js. Runs synchronously in the calling thread, about 100 ms per text. */
import { UserError } from '../../base/errors.ts';
import type { EmbeddedText } from './embedding-provider.ts';

/** In a variable, so that the compiler does not resolve this optional package. */
const PACKAGE = '@huggingface/transformers';

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

export interface LocalModel {
  /** @throws UserError when the package is not installed */
  embed(texts: readonly EmbeddedText[]): Promise<Float32Array[]>;
}

/**
 * @param model name on Hugging Face: `Xenova/all-MiniLM-L6-v2`
 * @param load for tests
 */
export function openLocalModel(
  model: string,
  load: (name: string) => Promise<unknown> = (name) => import(name),
): LocalModel {
  let extractor: Promise<Extractor> | undefined;

  async function open(): Promise<Extractor> {
    const transformers = (await load(PACKAGE).catch((cause: unknown) => {
      throw new UserError(
        `EMBEDDINGS_MODEL needs ${PACKAGE}, which is not installed. Run npm install ${PACKAGE}, or set EMBEDDINGS_BASE_URL to a server.`,
        { cause },
      );
    })) as Transformers;
    return transformers.pipeline('feature-extraction', model);
  }

  return {
    async embed(texts) {
      extractor ??= open();
      // A failed download may succeed the next time.
      extractor.catch(() => {
        extractor = undefined;
      });
      const extract = await extractor;
      const tensor = await extract(texts.map(wordsOf), { pooling: 'mean', normalize: true });
      return tensor.tolist().map((vector) => Float32Array.from(vector));
    },
  };
}

function wordsOf({ title, abstract }: EmbeddedText): string {
  return title === '' ? abstract : `${title}\n\n${abstract}`;
}
