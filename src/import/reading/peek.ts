/** A look at how a stream begins, without losing what was looked at. */

export interface Headed {
  /** The first bytes: at least as many as were asked for, or all there are. */
  readonly head: Buffer;
  /** Everything, the head included. */
  readonly whole: AsyncIterable<Buffer>;
}

export async function readHead(chunks: AsyncIterable<Buffer>, size: number): Promise<Headed> {
  const iterator = chunks[Symbol.asyncIterator]();
  const parts: Buffer[] = [];
  let length = 0;
  while (length < size) {
    const next = await iterator.next();
    if (next.done) break;
    parts.push(next.value);
    length += next.value.length;
  }
  const head = Buffer.concat(parts);
  async function* whole(): AsyncGenerator<Buffer> {
    try {
      if (head.length > 0) yield head;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head, whole: whole() };
}
