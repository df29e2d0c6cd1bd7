/** Lines from a pipe or a file, answered one after the other until there are no more or nobody reads the answers. */
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Logger } from '../../base/log.ts';
import type { Card } from '../../chat/card.ts';
import type { Printer } from './printer.ts';
import type { Session } from './session.ts';

export interface Conversation {
  readonly ended: Promise<void>;
  /** Finishes the line in hand and ends. */
  stop(): void;
  /** Something that nobody asked for: shown to a person between two answers, never put into a pipe. */
  notice(card: Card): void;
}

interface PipeOptions {
  readonly input: Readable;
  readonly printer: Printer;
  readonly session: Session;
  readonly log: Logger;
}

const LEAVING = /^(?:exit|quit|:q)$/i;

/** Whether the line asks to end the conversation. */
export function isLeaving(line: string): boolean {
  return LEAVING.test(line.trim());
}

export function answerPipe({ input, printer, session, log }: PipeOptions): Conversation {
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    input.destroy();
  };
  // Without readers the answers are for nobody: `| head` ends the work.
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
      if (!stopped) log.error({ err: error }, 'the input could not be read');
    }
  }

  return { ended: run(), stop, notice: () => {} };
}

// Lines of a stream, in order and in bounded memory: a binary file piped in must not fill it.

/** UTF-16 units; what a longer line has beyond them is dropped. */
const LONGEST_INPUT_LINE = 65_536;

/** Without their line ends; the last line needs none. Bytes that are no UTF-8 become U+FFFD, a byte order mark is dropped. */
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
