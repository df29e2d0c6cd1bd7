/** Questions for whichever model serves: while another one is being built, the one before answers on, by its own name. */
import type { Embedder } from './embedding-provider.ts';
import { openQueryEmbedder, type QueryEmbedder, type QueryEmbedderOptions } from './query-embedder.ts';

/** Whose place a question needs. */
export type ModelName = Pick<Embedder, 'maker' | 'name'>;

interface QueryEmbeddersOptions extends Pick<QueryEmbedderOptions, 'clock'> {
  /** The one that the settings name. */
  readonly embedder: Embedder;
  /** Another model of the same server. */
  readonly openNamed: (name: string) => Embedder;
  readonly onChange: (model: string, answers: boolean) => void;
}

/** @returns `undefined` for a model that nobody here can ask */
export type QueryEmbedderOf = (model: ModelName) => QueryEmbedder | undefined;

export function openQueryEmbedders({
  embedder,
  openNamed,
  clock,
  onChange,
}: QueryEmbeddersOptions): QueryEmbedderOf {
  const opened = new Map<string, QueryEmbedder>();

  function askable({ maker, name }: ModelName): Embedder | undefined {
    if (maker !== embedder.maker) return undefined;
    if (name === embedder.name) return embedder;
    // A second model on this machine would double its memory.
    return maker === 'endpoint' ? openNamed(name) : undefined;
  }

  return (model) => {
    const known = opened.get(model.name);
    if (known) return known;
    const asked = askable(model);
    if (!asked) return undefined;
    const questions = openQueryEmbedder({
      embedder: asked,
      clock,
      onChange: (answers) => onChange(model.name, answers),
    });
    opened.set(model.name, questions);
    return questions;
  };
}
