/** Reads a response body up to a size limit, against endless streams and gzip bombs. */
import type { Response } from 'undici';
import { codeOf } from '../../base/errors.ts';
import { SourceError } from './source-error.ts';

/**
 * @param maxBytes after decompression
 * @throws SourceError when the body is larger, damaged or not UTF-8; the connection is then closed
 */
export async function readText(response: Response, source: string, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parts: string[] = [];
  let bytes = 0;
  try {
    // Throwing out of the loop cancels the stream, which closes the connection.
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes)
        throw broken(
          `${source} returned more than ${toMegabytes(maxBytes)} MB, so its response was dropped.`,
        );
      parts.push(decoder.decode(chunk, { stream: true }));
    }
    parts.push(decoder.decode());
  } catch (error) {
    if (codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw broken(`${source} returned text that is not UTF-8.`, error);
    // zlib's codes: Z_DATA_ERROR, Z_BUF_ERROR.
    const cause = error instanceof Error ? error.cause : undefined;
    if ((codeOf(cause) ?? codeOf(error))?.startsWith('Z_'))
      throw broken(`${source} returned damaged compressed data.`, error);
    throw error;
  }
  return parts.join('');
}

function broken(message: string, cause?: unknown): SourceError {
  return new SourceError('broken-answer', message, { cause });
}

function toMegabytes(bytes: number): number {
  return Math.round((bytes / (1024 * 1024)) * 10) / 10;
}
