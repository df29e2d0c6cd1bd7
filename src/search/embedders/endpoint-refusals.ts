/** One text that a server refuses, mostly as longer than its model reads, must not keep the others from their places. */
import { SourceError } from '../../sources/http/source-error.ts';

type Vectors = ReadonlyArray<Float32Array | undefined>;

/** One request. */
type EmbedBatch = (texts: readonly string[]) => Promise<Vectors>;

/** Refusals that say nothing of the texts: key, account, address, method, time. */
const NOT_OF_TEXTS = new Set([401, 402, 403, 404, 405, 408, 429]);
/** In characters: shorter than any model's limit, and still the title and what the abstract begins with. */
const SHORTEST = 500;
/** Whoever refuses this refuses everything. */
const HARMLESS = 'papers';

/**
 * Asks for halves of what is refused for its texts: first fewer texts, then the beginning of the one that it was.
 * @returns `undefined` for a text of which the server refuses even that
 */
export async function embedInHalves(texts: readonly string[], embedBatch: EmbedBatch): Promise<Vectors> {
  try {
    return await embedBatch(texts);
  } catch (error) {
    if (!isOfTexts(error)) throw error;
  }
  const [text = ''] = texts;
  if (texts.length > 1) {
    const half = Math.ceil(texts.length / 2);
    return [
      ...(await embedInHalves(texts.slice(0, half), embedBatch)),
      ...(await embedInHalves(texts.slice(half), embedBatch)),
    ];
  }
  if (text.length > SHORTEST) {
    return embedInHalves([beginning(text, Math.max(SHORTEST, Math.ceil(text.length / 2)))], embedBatch);
  }
  // A server that was set up wrongly would leave all papers without a place.
  await embedBatch([HARMLESS]);
  return [undefined];
}

/** Not within a character: half of one is no text, and refused as such. */
export function beginning(text: string, length: number): string {
  return text.slice(0, length).replace(/\p{Surrogate}$/u, '');
}

function isOfTexts(error: unknown): boolean {
  if (!(error instanceof SourceError) || error.status === undefined) return false;
  return error.status >= 400 && error.status < 500 && !NOT_OF_TEXTS.has(error.status);
}
