/** An embedder on loopback: it speaks OpenAI's embeddings, and places a text by its words. */
import { z } from 'zod';
import { foldedWords } from '../../../src/search/text/words.ts';
import { type Handler, json, openHttpServer, type SeenRequest } from '../sources/http-server.ts';

export const EMBEDDINGS = '/v1/embeddings';

const form = z.object({ model: z.string(), input: z.array(z.string().min(1)).min(1).max(2_048) });

/** What a request asks for; one that breaks the protocol fails the test. */
export function readAsked({ body }: Pick<SeenRequest, 'body'>) {
  return form.parse(JSON.parse(body));
}

/** Texts that share words stand close together. */
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

/** An answer of the protocol around vectors; their order is told by `index` alone. */
export function embeddings(vectors: readonly (readonly unknown[])[]): Handler {
  const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })).reverse();
  return json({ object: 'list', model: 'stub', data, usage: { prompt_tokens: 1, total_tokens: 1 } });
}

/** Places every text: the answer of a server that is well. */
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
    /** Answers by these in turn; the last one stays. */
    answersBy: (...handlers: [Handler, ...Handler[]]) => server.on(EMBEDDINGS, ...handlers),
    /** Every text that it was asked for, in order. */
    texts: () => server.requests.flatMap((request) => readAsked(request).input),
  };
}

/** A handler that answers nothing before it is let go. */
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
