/** Isolates texts that a server rejects, mostly because they are too long, so that the rest get vectors. */
import { SourceError } from '../../sources/http/source-error.ts';

type Vectors = ReadonlyArray<Float32Array | undefined>;

/** Sends one request. */
type EmbedBatch = (texts: readonly string[]) => Promise<Vectors>;

/** Errors that are not about the texts: key, account, address, method, time. */
const NOT_OF_TEXTS = new Set([401, 402, 403, 404, 405, 408, 429]);
/** Characters. Below any model's limit, but enough for the title and the start of the abstract. */
const SHORTEST = 500;
/** A server that rejects this text rejects everything. */
const HARMLESS = 'papers';

/**
 * Halves a rejected batch until one text is left, then shortens that text.
 * @returns `undefined` for a text that the server rejects even when it is short
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
  // Otherwise a misconfigured server would leave all papers without vectors.
  await embedBatch([HARMLESS]);
  return [undefined];
}

/** Never cuts inside a surrogate pair, because servers reject half a character. */
export function beginning(text: string, length: number): string {
  return text.slice(0, length).replace(/\p{Surrogate}$/u, '');
}

function isOfTexts(error: unknown): boolean {
  if (!(error instanceof SourceError) || error.status === undefined) return false;
  return error.status >= 400 && error.status < 500 && !NOT_OF_TEXTS.has(error.status);
}
