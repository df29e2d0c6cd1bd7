/** Writes to a stream that may be slow or close early, as with `| head`. */
import { codeOf } from '../../base/errors.ts';
import type { Logger } from '../../base/log.ts';

export interface Printer {
  /** Resolves when the stream accepts more; at once after the reader is gone. */
  print(text: string): Promise<void>;
  /** Aborted when the reader is gone. */
  readonly gone: AbortSignal;
}

const READER_LEFT = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'ECONNRESET']);

export function openPrinter(output: NodeJS.WritableStream, log: Logger): Printer {
  const leaving = new AbortController();
  output.on('error', (error: unknown) => {
    if (!READER_LEFT.has(codeOf(error) ?? '')) log.error({ err: error }, 'terminal: output not written');
    leaving.abort();
  });
  output.on('close', () => leaving.abort());

  return {
    gone: leaving.signal,
    async print(text) {
      if (leaving.signal.aborted || output.write(text)) return;
      await new Promise<void>((resolve) => {
        const done = (): void => {
          output.off('drain', done);
          leaving.signal.removeEventListener('abort', done);
          resolve();
        };
        output.on('drain', done);
        leaving.signal.addEventListener('abort', done);
      });
    },
  };
}
