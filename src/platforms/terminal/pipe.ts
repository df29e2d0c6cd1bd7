/** Lines from a pipe or a file, answered one after the other until there are no more or nobody reads the answers. */
import type { Readable } from 'node:stream';
import type { Logger } from '../../base/log.ts';
import type { Card } from '../../chat/card.ts';
import { readLines } from './lines.ts';
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
