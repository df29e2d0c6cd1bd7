/** Streams the bytes of a file, decompressing gzip, in bounded memory. */
import { type FileHandle, open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { codeOf, UserError } from '../../base/errors.ts';
import { through } from './pipe-transform.ts';
import { readHead } from './sniff-format.ts';

/** Standard input instead of a file. */
const STDIN = '-';

const CHUNK = 256 * 1024;
const UNPACKED_CHUNK = 64 * 1024;
/** RFC 1952, section 2.3.1. */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

export interface ByteSource {
  /** As the user typed it, for messages. */
  readonly name: string;
  /** Size on disk and modification time; absent for standard input. */
  readonly file?: { readonly bytes: number; readonly modified: Date };
  readonly chunks: AsyncIterable<Buffer>;
  /** Bytes on disk read so far. */
  bytesRead(): number;
  /** Reason why the stream ended before the file was complete; set at the end of the stream. */
  fault(): string | undefined;
  close(): Promise<void>;
}

/** @throws UserError when the file does not exist, is a folder, or is not readable */
export async function openBytes(path: string): Promise<ByteSource> {
  const handle = path === STDIN ? undefined : await openFile(path);
  try {
    const stats = await handle?.stat();
    if (stats?.isDirectory()) {
      throw new UserError(`${path} is a folder. Name a file in it.`);
    }
    const input = handle?.createReadStream({ highWaterMark: CHUNK, autoClose: false }) ?? process.stdin;
    let read = 0;
    let fault: string | undefined;

    async function* counted(): AsyncGenerator<Buffer> {
      for await (const chunk of input as AsyncIterable<Buffer>) {
        read += chunk.length;
        yield chunk;
      }
    }

    async function* unpacked(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      try {
        yield* through<Buffer>(packed, createGunzip({ chunkSize: UNPACKED_CHUNK }));
      } catch (error) {
        const code = codeOf(error) ?? '';
        if (!code.startsWith('Z_')) throw error;
        // zlib notices damage late, because the checksum comes last.
        fault =
          code === 'Z_BUF_ERROR'
            ? 'the gzip data stops in the middle'
            : 'the gzip data is damaged; the lines just before may be wrong';
      }
    }

    const { head, whole } = await readHead(counted(), GZIP_MAGIC.length);
    const packed = head.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC);
    return {
      name: path === STDIN ? 'standard input' : path,
      ...(stats?.isFile() && { file: { bytes: stats.size, modified: stats.mtime } }),
      chunks: packed ? unpacked(whole) : whole,
      bytesRead: () => read,
      fault: () => fault,
      async close() {
        input.destroy();
        await handle?.close();
      },
    };
  } catch (error) {
    await handle?.close();
    throw error;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    const sentence = whyNotOpened(codeOf(error));
    throw sentence === undefined ? error : new UserError(`${path} ${sentence}`, { cause: error });
  }
}

function whyNotOpened(code: string | undefined): string | undefined {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist. Check the path.';
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read by this user. Change its permissions.';
  return undefined;
}
