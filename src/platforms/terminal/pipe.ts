/** Answers lines from a pipe or file one by one, until the input or the output ends. */
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Logger } from '../../base/log.ts';
import type { Card } from '../../chat/card.ts';
import type { Printer } from './printer.ts';
import type { Session } from './session.ts';

export interface Conversation {
  readonly ended: Promise<void>;
  /** Finishes the current line and ends. */
  stop(): void;
  /** Shows an unrequested card between two answers; ignored for a pipe. */
  notice(card: Card): void;
}

interface PipeOptions {
  readonly input: Readable;
  readonly printer: Printer;
  readonly session: Session;
  readonly log: Logger;
}

const LEAVING = /^(?:exit|quit|:q)$/i;

/** True when the line ends the session. */
export function isLeaving(line: string): boolean {
  return LEAVING.test(line.trim());
}

export function answerPipe({ input, printer, session, log }: PipeOptions): Conversation {
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    input.destroy();
  };
  // Stop when the reader is gone, as with `| head`.
  const working = new AbortController();
  printer.gone.addEventListener('abort', () => {
    working.abort();
    stop();
  });

  async function run(): Promise<void> {
    try {
      for await (const line of readLines(input)) {
        if (stopped || isLeaving(line)) break;
        const typed = line.trim();
        if (typed !== '' && !typed.startsWith('#')) await session.say(typed, working.signal);
      }
    } catch (error) {
      if (!stopped) log.error({ err: error }, 'terminal: input not read');
    }
  }

  return { ended: run(), stop, notice: () => {} };
}

/** UTF-16 units. The rest of a longer line is dropped, so that a binary file does not fill the memory. */
const LONGEST_INPUT_LINE = 65_536;

/** Splits a stream into lines. Invalid UTF-8 becomes U+FFFD, and a byte order mark is dropped. */
async function* readLines(input: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
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
