/** The terminal as a chat platform: a prompt for a user, or lines in and answers out for a pipe. */
import type { Readable, Writable } from 'node:stream';
import type { Logger } from '../../base/log.ts';
import type { Caller, Team } from '../../chat/caller.ts';
import type { Card, RichText } from '../../chat/card.ts';
import type { CommandHandlers } from '../../chat/handlers.ts';
import type { PostingPort } from '../../chat/port.ts';
import type { WorkspaceRef } from '../../chat/refs.ts';
import { type Catalogue, supportedBy } from '../../command/catalogue.ts';
import { answerPipe, type Conversation } from './pipe.ts';
import { openTerminalPosting } from './posting.ts';
import { openPrinter } from './printer.ts';
import { openPrompt } from './prompt.ts';
import { type AskHidden, openSession } from './session.ts';

/** For a single reader. */
const POSTING_LIMITS = { perSecond: 5, inFlight: 1, perWorkspace: 1 };

const PLATFORM = 'terminal';
const WORKSPACE = 'local';

export interface TerminalOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** Stream for the spinner; no spinner when absent. */
  readonly progress?: Writable;
  /** True for a user at a keyboard: prompt, history, completion, hints. */
  readonly interactive: boolean;
  /** Columns; called for each card. */
  width(): number;
  readonly color: boolean;
  readonly links: boolean;
  /** Prints one `{line, ok, card}` per line, without a prompt. */
  readonly json: boolean;
  /** Where files of answers are saved; the current folder by default. */
  readonly folder?: string;
  /** File for typed lines; no history when absent. */
  readonly historyFile?: string;
  readonly caller: Caller;
  readonly catalogue: Catalogue;
  /** Shown above the first prompt. */
  readonly banner: RichText;
  readonly log: Logger;
}

export interface TerminalChat extends PostingPort {
  start(handlers: CommandHandlers): Promise<void>;
  /** Resolves when the session has ended and every line is answered. */
  readonly closed: Promise<void>;
  /** Shows a card after the current line is answered; ignored for a pipe. */
  notice(card: Card): void;
  /** Number of failed lines, for the exit status of a pipe. */
  failures(): number;
}

export function openTerminalChat(given: TerminalOptions): TerminalChat {
  const options = { ...given, catalogue: supportedBy(given.catalogue, given.caller.capabilities) };
  const { input, output, log } = options;
  const interactive = options.interactive && !options.json;
  const printer = openPrinter(output, log);
  let failed = 0;
  let conversation: Conversation | undefined;
  let end: () => void = () => {};
  const closed = new Promise<void>((resolve) => {
    end = resolve;
  });

  async function start(handlers: CommandHandlers): Promise<void> {
    const session = openSession({
      ...options,
      handlers,
      printer,
      hints: interactive,
      width: () => options.width(),
    });
    const counted = {
      say: async (typed: string, signal: AbortSignal, ask?: AskHidden) => {
        const ok = await session.say(typed, signal, ask);
        if (!ok) failed += 1;
        return ok;
      },
    };
    conversation = interactive
      ? await openPrompt({ ...options, handlers, printer, session: counted })
      : answerPipe({ input, printer, session: counted, log });
    void conversation.ended.then(end);
  }

  const notice = (card: Card) => conversation?.notice(card);

  return {
    platform: PLATFORM,
    takesReactions: false,
    limits: POSTING_LIMITS,
    isConnected: () => true,
    start,
    async stop() {
      if (!conversation) return;
      conversation.stop();
      await closed;
    },
    closed,
    notice,
    ...openTerminalPosting(notice),
    failures: () => failed,
  };
}

/**
 * Returns the caller for the terminal's only user, who can also manage its feeds.
 * @param teamOf team whose list the user shares
 */
export function terminalCaller(teamOf: (workspace: WorkspaceRef) => Team): Caller {
  const here = { platform: PLATFORM, workspace: WORKSPACE };
  return {
    ...here,
    person: 'me',
    ...teamOf(here),
    channel: { ...here, channel: 'terminal' },
    canManageChannel: true,
  };
}
