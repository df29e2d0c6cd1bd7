/** Selects the query embedder of the active model. The former model stays active while a new one is built. */
import type { Embedder } from './embedding-provider.ts';
import { openQueryEmbedder, type QueryEmbedder, type QueryEmbedderOptions } from './query-embedder.ts';

/** The model that a query needs a vector of. */
export type ModelName = Pick<Embedder, 'maker' | 'name'>;

interface QueryEmbeddersOptions extends Pick<QueryEmbedderOptions, 'clock'> {
  /** The embedder from the settings. */
  readonly embedder: Embedder;
  /** Opens another model of the same server. */
  readonly openNamed: (name: string) => Embedder;
  readonly onChange: (model: string, answers: boolean) => void;
}

/** @returns `undefined` for a model that is not available */
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
    // A second local model would double the memory.
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
