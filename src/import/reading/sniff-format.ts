/** Detects files that cannot contain papers from their first bytes. */

const ZIP = Buffer.from('PK\u0003\u0004');

/** Returns why a file that begins like this is not readable; `undefined` when it could be text. */
export function whyNotText(head: Buffer): string | undefined {
  if (beginsWith(head, ZIP)) return 'it is a ZIP archive; unpack it and import the file inside';
  if (head.includes(0)) return 'it is not text';
  if (/^\s*</.test(head.toString('utf8').replace(/^\uFEFF/, ''))) return 'it is a web page or XML';
  return undefined;
}

function beginsWith(head: Buffer, magic: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic);
}

/** A stream whose first bytes were read ahead. */
export interface Headed {
  /** At least as many bytes as requested, or the whole stream. */
  readonly head: Buffer;
  /** The whole stream, including the head. */
  readonly whole: AsyncIterable<Buffer>;
}

/** @param isEnough ends the head early, after a part of it */
export async function readHead(
  chunks: AsyncIterable<Buffer>,
  size: number,
  isEnough: (part: Buffer) => boolean = () => false,
): Promise<Headed> {
  const iterator = chunks[Symbol.asyncIterator]();
  const parts: Buffer[] = [];
  let length = 0;
  while (length < size) {
    const next = await iterator.next();
    if (next.done) break;
    parts.push(next.value);
    length += next.value.length;
    if (isEnough(next.value)) break;
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
