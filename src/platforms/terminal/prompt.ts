/** The interactive session: prompt, history, completion, Ctrl-C. */
import { clearScreenDown, createInterface, cursorTo, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Logger } from '../../base/log.ts';
import type { Caller } from '../../chat/caller.ts';
import type { Card, RichText } from '../../chat/card.ts';
import type { CommandHandlers } from '../../chat/handlers.ts';
import type { Catalogue } from '../../command/catalogue.ts';
import { type Completions, completeLine } from './completion.ts';
import { askHidden, openEcho } from './hidden.ts';
import { HISTORY_LINES, openHistory } from './history.ts';
import { type Conversation, isLeaving } from './pipe.ts';
import type { Printer } from './printer.ts';
import { renderCard } from './render.ts';
import type { Session } from './session.ts';

interface PromptOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly color: boolean;
  readonly links: boolean;
  readonly historyFile?: string;
  readonly caller: Caller;
  readonly catalogue: Catalogue;
  readonly banner: RichText;
  readonly handlers: CommandHandlers;
  readonly printer: Printer;
  readonly session: Session;
  readonly log: Logger;
  width(): number;
}

const PROMPT = '❯ ';

export async function openPrompt(options: PromptOptions): Promise<Conversation> {
  const { input, output, printer, log } = options;
  const history = await openHistory(options.historyFile, log);
  const echo = openEcho(output);
  const readline = createInterface({
    input,
    output: echo.stream,
    terminal: true,
    prompt: PROMPT,
    history: history.lines,
    historySize: HISTORY_LINES,
    removeHistoryDuplicates: true,
    completer: (line: string, callback: (error: Error | null, result: Completions) => void) => {
      void completeLine(line, options).then(
        (found) => callback(null, found),
        (error: unknown) => {
          log.warn({ err: error }, 'terminal: completion failed');
          callback(null, [[], line]);
        },
      );
    },
  });

  let open = true;
  /** Lines after `exit` are not answered; lines before the end of the input are. */
  let leaving = false;
  /** One per unanswered line. */
  const working = new Set<AbortController>();
  let answered: Promise<void> = Promise.resolve();

  function leave(): void {
    leaving = true;
    readline.close();
  }

  function stopWork(): void {
    for (const each of working) each.abort();
  }

  async function answer(line: string, stoppable: AbortController): Promise<void> {
    const typed = line.trim();
    if (!leaving && isLeaving(typed)) leave();
    // Ctrl-C also stops the waiting lines.
    if (!leaving && !stoppable.signal.aborted && typed !== '') {
      await history.add(typed);
      await options.session.say(typed, stoppable.signal, askHidden(readline, echo));
    }
    working.delete(stoppable);
    if (open && working.size === 0) readline.prompt();
  }

  const ended = new Promise<void>((resolve) => {
    readline.on('close', () => {
      open = false;
      // End the line with the prompt, so that the shell's output starts on a new one.
      void answered.then(() => printer.print('\n')).then(resolve);
    });
  });
  // Lines pasted together are answered one by one.
  readline.on('line', (line) => {
    const stoppable = new AbortController();
    working.add(stoppable);
    answered = answered.then(() => answer(line, stoppable));
  });
  readline.on('SIGINT', () => {
    if (working.size > 0) stopWork();
    else if (readline.line === '') leave();
    else clearLine(readline, output);
  });
  printer.gone.addEventListener('abort', () => {
    stopWork();
    leave();
  });

  const rendered = (text: RichText) =>
    renderCard(
      { tone: 'plain', blocks: [{ kind: 'text', text }] },
      { width: options.width(), color: options.color, links: options.links },
    );

  function notice(card: Card): void {
    answered = answered.then(async () => {
      if (!open) return;
      // Replaces the prompt, which is then printed below with the typed text.
      cursorTo(output, 0);
      clearScreenDown(output);
      const { color, links } = options;
      await printer.print(`${renderCard(card, { width: options.width(), color, links })}\n`);
      readline.prompt(true);
    });
  }

  await printer.print(`${rendered(options.banner)}\n`);
  readline.prompt();
  return { ended, stop: leave, notice };
}

/** Like a shell: keeps the line on the screen and starts a new one. */
function clearLine(readline: Interface, output: Writable): void {
  output.write('^C\n');
  readline.write(null, { ctrl: true, name: 'e' });
  readline.write(null, { ctrl: true, name: 'u' });
  readline.prompt();
}
