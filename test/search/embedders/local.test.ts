import { describe, expect, it, onTestFinished } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { openLocal } from '../../../src/search/embedders/local.ts';
import { openLocalModel } from '../../../src/search/embedders/local-model.ts';

const { signal } = new AbortController();
const TEXTS = [
  { title: 'Ice', abstract: 'Glaciers melt.' },
  { title: '', abstract: 'melting' },
];

describe('a local embeddings model', () => {
  it('without its package says which one is missing, and what to do instead', async () => {
    const embedder = openLocal('Xenova/all-MiniLM-L6-v2');
    onTestFinished(async () => embedder.close?.());
    const refused = embedder.embed(TEXTS, 'paper', signal);
    await expect(refused).rejects.toBeInstanceOf(UserError);
    await expect(refused).rejects.toThrow(
      'EMBEDDINGS_MODEL needs @huggingface/transformers, which is not installed. Run npm install @huggingface/transformers, or set EMBEDDINGS_BASE_URL to a server.',
    );
  });

  it('starts no thread before its first text, and ends it when it is closed', async () => {
    const embedder = openLocal('any');
    await embedder.close?.();
    await embedder.embed(TEXTS, 'paper', signal).catch(() => {});
    await embedder.close?.();
    await expect(embedder.embed(TEXTS, 'paper', AbortSignal.abort(new Error('enough')))).rejects.toThrow(
      'enough',
    );
  });

  it('embeds titles and abstracts with the package’s pipeline, and is loaded again after a failed download', async () => {
    const seen: unknown[] = [];
    let downloads = 0;
    const model = openLocalModel('Xenova/tiny', async (name) => {
      seen.push(name);
      return {
        async pipeline(task: string, asked: string) {
          downloads += 1;
          if (downloads === 1) throw new Error('the download failed');
          return async (texts: readonly string[], options: object) => {
            seen.push(task, asked, texts, options);
            return { tolist: () => texts.map(() => [0.6, 0.8]) };
          };
        },
      };
    });
    await expect(model.embed(TEXTS)).rejects.toThrow('the download failed');
    expect(await model.embed(TEXTS)).toEqual([Float32Array.of(0.6, 0.8), Float32Array.of(0.6, 0.8)]);
    expect(seen.slice(2)).toEqual([
      'feature-extraction',
      'Xenova/tiny',
      ['Ice\n\nGlaciers melt.', 'melting'],
      { pooling: 'mean', normalize: true },
    ]);
  });
});
