/** `fetch` that reads no more of an answer than a summary can be long: a server that sends on and on is cut off. */

/** Of decoded bytes. A summary has 2,000; a model that thinks aloud in between sends some tens of thousands. */
const MAX_BYTES = 256 * 1024;

export const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (!response.body) return response;
  let bytes = 0;
  const bound = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > MAX_BYTES) controller.error(new Error(`the answer has more than ${MAX_BYTES / 1024} kB`));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(bound), { status, statusText, headers });
};
