/** An embedder on loopback with OpenAI's embeddings API. A text's vector depends on its words. */
import { z } from 'zod';
import { foldedWords } from '../../../src/search/text/words.ts';
import { type Handler, json, openHttpServer, type SeenRequest } from '../sources/http-server.ts';

export const EMBEDDINGS = '/v1/embeddings';

const form = z.object({ model: z.string(), input: z.array(z.string().min(1)).min(1).max(2_048) });

/** The content of a request. A request that breaks the protocol fails the test. */
export function readAsked({ body }: Pick<SeenRequest, 'body'>) {
  return form.parse(JSON.parse(body));
}

/** Texts with words in common have vectors that are close together. */
export function embedByWords(text: string, dimensions: number): number[] {
  const place = Array.from({ length: dimensions }, () => 0);
  for (const word of foldedWords(text)) {
    let hash = 7;
    for (const letter of word) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) | 0;
    const at = Math.abs(hash) % dimensions;
    place[at] = (place[at] ?? 0) + 1;
  }
  return place;
}

/** A response of the protocol with these vectors. Only `index` gives their order. */
export function embeddings(vectors: readonly (readonly unknown[])[]): Handler {
  const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })).reverse();
  return json({ object: 'list', model: 'stub', data, usage: { prompt_tokens: 1, total_tokens: 1 } });
}

/** Embeds every text: the response of a healthy server. */
export function placing(dimensions: number): Handler {
  return (request, response) => {
    const { input } = readAsked(request);
    return embeddings(input.map((text) => embedByWords(text, dimensions)))(request, response);
  };
}

export async function openEmbeddingServer(dimensions = 16) {
  const server = await openHttpServer();
  server.on(EMBEDDINGS, placing(dimensions));
  return {
    ...server,
    baseUrl: `${server.url}/v1`,
    /** Uses these handlers in turn; the last one stays. */
    answersBy: (...handlers: [Handler, ...Handler[]]) => server.on(EMBEDDINGS, ...handlers),
    /** Every text that was requested, in order. */
    texts: () => server.requests.flatMap((request) => readAsked(request).input),
  };
}

/** A handler that does not respond until it is released. */
export function held(then: Handler) {
  let letGo = () => {};
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let come = () => {};
  const asked = new Promise<void>((resolve) => {
    come = resolve;
  });
  const handler: Handler = async (request, response) => {
    come();
    await released;
    return then(request, response);
  };
  return { handler, asked, letGo };
}
