/**
 * Runs bytes through a transform stream and keeps all output from before an error; `pipe` would drop what was
 * not yet read.
 */
import type { Transform } from 'node:stream';
import { finished } from 'node:stream/promises';

/**
 * Bytes per write. deflate expands at most 1,032 times (https://zlib.net/zlib_tech.html), so a bomb occupies
 * at most 17 MB at a time. zlib returns nothing from the piece in which it finds damage.
 */
const PIECE = 16 * 1024;

/** @throws the error of the transform, after yielding all output from before it */
export async function* through<Out>(
  input: AsyncIterable<Buffer>,
  transform: Transform,
): AsyncGenerator<Out, void> {
  let given: Out[] = [];
  const take = (): Out[] => {
    const taken = given;
    given = [];
    return taken;
  };
  transform.on('data', (out: Out) => given.push(out));
  try {
    for await (const chunk of input) {
      for (let start = 0; start < chunk.length; start += PIECE) {
        const fault = await write(transform, chunk.subarray(start, start + PIECE));
        yield* take();
        if (fault) throw fault;
      }
    }
    transform.end();
    const fault = await finished(transform).then(
      () => undefined,
      (error: unknown) => error,
    );
    yield* take();
    if (fault !== undefined) throw fault;
  } finally {
    transform.destroy();
  }
}

/** Also listens for `error`, because a failing transform may never call back. */
function write(transform: Transform, piece: Buffer): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const fail = (error: Error) => resolve(error);
    transform.once('error', fail);
    transform.write(piece, (error) => {
      if (error) return resolve(error);
      transform.off('error', fail);
      resolve(undefined);
    });
  });
}
