/** Bytes through a transform, keeping all that came out before a fault: a pipe drops what its end had not read yet. */
import type { Transform } from 'node:stream';
import { finished } from 'node:stream/promises';

/**
 * Bytes handed over at a time. deflate grows at most 1,032 times (https://zlib.net/zlib_tech.html), so a bomb
 * holds 17 MB at once and no more. zlib gives nothing of the piece in which it finds damage.
 */
const PIECE = 16 * 1024;

/** @throws what the transform failed with, after everything that it gave before */
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

/** A transform that fails may never call back for the piece it failed at, so its error is heard too. */
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
