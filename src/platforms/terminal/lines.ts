/** Lines of a stream, in order and in bounded memory: a binary file piped in must not fill it. */
import { StringDecoder } from 'node:string_decoder';

/** UTF-16 units; what a longer line has beyond them is dropped. */
const LONGEST_INPUT_LINE = 65_536;

/** Without their line ends; the last line needs none. Bytes that are no UTF-8 become U+FFFD, a byte order mark is dropped. */
export async function* readLines(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let open = '';
  let first = true;
  for await (const chunk of input) {
    const parts = (typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk))).split('\n');
    for (const part of parts.slice(0, -1)) {
      yield finished(open + part);
      open = '';
    }
    open = (open + (parts.at(-1) ?? '')).slice(0, LONGEST_INPUT_LINE);
  }
  const last = open + decoder.end();
  if (last !== '') yield finished(last);

  function finished(line: string): string {
    const plain = first ? line.replace(/^\uFEFF/, '') : line;
    first = false;
    return plain.slice(0, LONGEST_INPUT_LINE).replace(/\r$/, '');
  }
}
