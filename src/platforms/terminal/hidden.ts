/** Asks for a value that is neither shown nor remembered. */
import type { Interface } from 'node:readline';
import { Writable } from 'node:stream';
import type { AskHidden } from './session.ts';

export interface Echo {
  /** Passes on what readline writes, unless it is hidden. */
  readonly stream: Writable;
  hide(isHidden: boolean): void;
}

/** Keeps the size of the window, which readline reads. */
export function openEcho(output: Writable & { readonly columns?: number }): Echo {
  let isHidden = false;
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      // At once, so that what is written before `hide` is shown.
      if (!isHidden) output.write(chunk);
      done();
    },
  });
  Object.defineProperty(stream, 'columns', { get: () => output.columns });
  output.on('resize', () => stream.emit('resize'));
  return {
    stream,
    hide(hidden) {
      isHidden = hidden;
    },
  };
}

export function askHidden(readline: Interface, echo: Echo): AskHidden {
  return (question) =>
    new Promise((resolve) => {
      // A function, so that nothing but what is typed now is taken out.
      const forget = (lines: string[]) => void lines.shift();
      const over = new AbortController();
      const end = (value: string | undefined) => {
        echo.hide(false);
        over.abort();
        readline.off('history', forget);
        readline.off('close', cancel);
        readline.off('SIGINT', cancel);
        echo.stream.write('\n');
        resolve(value);
      };
      const cancel = () => end(undefined);
      readline.once('close', cancel);
      readline.once('SIGINT', cancel);
      readline.on('history', forget);
      readline.question(question, { signal: over.signal }, (typed) => end(typed.trim()));
      echo.hide(true);
    });
}
