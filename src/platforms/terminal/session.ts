/** Answers typed lines, from a prompt or a pipe. */

import type { Writable } from 'node:stream';
import { UserError } from '../../base/errors.ts';
import type { Logger } from '../../base/log.ts';
import type { Caller } from '../../chat/caller.ts';
import { type Card, type CardFile, sentence } from '../../chat/card.ts';
import type { CommandHandlers } from '../../chat/handlers.ts';
import { asksSecret, type Catalogue, isSecretOption } from '../../command/catalogue.ts';
import { commandNamedBy } from '../../command/parse.ts';
import { paperCommands } from '../../command/reading/opened-paper.ts';
import { fileIn, saveFile } from './files.ts';
import { hintFor, openLastAnswer } from './last-answer.ts';
import type { Printer } from './printer.ts';
import { renderCard } from './render.ts';
import { type ShortcutStep, stepsFor } from './shortcuts.ts';

type Answered = { readonly card: Card; readonly ok: boolean };
type FilledForm = {
  readonly root: string;
  readonly name: string;
  readonly values: Readonly<Record<string, string | number>>;
};

interface TalkOptions {
  readonly catalogue: Catalogue;
  readonly handlers: CommandHandlers;
  readonly caller: Caller;
  readonly printer: Printer;
  readonly log: Logger;
  /** Where files of answers are saved; the current folder by default. With `json` they are in the output. */
  readonly folder?: string;
  /** Prints one JSON object per card instead of text. */
  readonly json: boolean;
  /** True to print hints below cards. */
  readonly hints: boolean;
  readonly color: boolean;
  readonly links: boolean;
  /** Stream for the spinner; no spinner when absent. */
  readonly progress?: Writable;
  /** Columns; called for each card, because windows are resized. */
  width(): number;
}

/** Asks for a value without showing it; `undefined` if the person gives none. */
export type AskHidden = (question: string) => Promise<string | undefined>;

export interface Session {
  /**
   * Answers one line and prints the cards. Returns false when any part failed; never throws.
   * @param ask asks for a secret, at a prompt
   */
  say(typed: string, signal: AbortSignal, ask?: AskHidden): Promise<boolean>;
}

/** Most shortcuts in a hint. */
const HINTED = 3;

export function openSession(options: TalkOptions): Session {
  const { catalogue, handlers, caller, printer, log } = options;
  const lastAnswer = openLastAnswer();
  const hinted = paperCommands(catalogue)
    .map(({ name }) => name)
    .filter((name) => name !== 'show' && name !== 'unsave')
    .slice(0, HINTED);

  async function say(typed: string, signal: AbortSignal, ask?: AskHidden): Promise<boolean> {
    try {
      let ok = true;
      for (const step of stepsFor(typed, lastAnswer, catalogue)) {
        const { card, ...answer } = await take(step, signal, ask);
        await show(typed, card, answer.ok);
        ok = ok && answer.ok;
        if (signal.aborted) break;
      }
      return ok;
    } catch (error) {
      await show(typed, problemCard(error, typed), false);
      return false;
    }
  }

  async function take(
    step: ShortcutStep,
    signal: AbortSignal,
    ask?: AskHidden,
  ): Promise<{ card: Card; ok: boolean }> {
    if (step.kind === 'address') return { ok: true, card: addressCard(step.label, step.url) };
    const filled = ask && (await fillSecret(step.kind === 'run' ? step.line : step.said, ask));
    if (filled && 'card' in filled) return filled;
    // Ctrl-C returns to the prompt at once, even if the command ignores its signal.
    let stop: () => void = () => {};
    const stopped = new Promise<{ card: Card; ok: boolean }>((resolve) => {
      stop = () => resolve({ ok: false, card: sentence('Stopped.', 'problem') });
    });
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    const stopSpinner = startSpinner(options.progress, 'working… (Ctrl-C stops)');
    try {
      const line = step.kind === 'run' ? step.line : step.said;
      const named = commandNamedBy(catalogue, line)?.attachment && (await fileIn(line));
      const asked = filled ?? named ?? (step.kind === 'run' ? { line } : { said: line });
      return await Promise.race([handlers.answer({ ...asked, caller, signal }), stopped]);
    } finally {
      stopSpinner();
      signal.removeEventListener('abort', stop);
    }
  }

  /** Asks for the secrets of a command, which are never part of a line. */
  async function fillSecret(line: string, ask: AskHidden): Promise<FilledForm | Answered | undefined> {
    const command = commandNamedBy(catalogue, line);
    if (!command || !asksSecret(command)) return undefined;
    const form = await handlers.form({ line, caller });
    if (form === undefined || 'card' in form) return form;
    const entered: Record<string, string> = {};
    for (const [name, option] of Object.entries(command.options)) {
      if (!isSecretOption(option)) continue;
      const value = await ask(`${name}: `);
      if (value === undefined) return { ok: false, card: sentence('Stopped.', 'problem') };
      entered[name] = value;
    }
    return { root: form.root, name: form.name, values: { ...form.values, ...form.typed, ...entered } };
  }

  async function show(typed: string, card: Card, ok: boolean): Promise<void> {
    lastAnswer.remember(card);
    if (options.json) {
      await printer.print(`${JSON.stringify({ line: typed, ok, card })}\n`);
      return;
    }
    const shown = card.file && ok ? await withFileSaved(card, card.file) : card;
    const { color, links } = options;
    const hint = options.hints ? hintFor(card, hinted) : undefined;
    const rendered = renderCard(shown, {
      width: options.width(),
      color,
      links,
      ...(hint !== undefined && { hint }),
    });
    await printer.print(`${rendered}\n`);
  }

  async function withFileSaved(card: Card, file: CardFile): Promise<Card> {
    const path = await saveFile(options.folder ?? process.cwd(), file);
    const text = ['Saved as ', { kind: 'code', text: path } as const];
    return { ...card, blocks: [...card.blocks, { kind: 'text', text }] };
  }

  function problemCard(error: unknown, typed: string): Card {
    if (error instanceof UserError) return sentence(error.message, 'problem');
    log.error({ err: error, typed }, 'terminal: answer failed');
    return sentence('Something went wrong. Try again in a moment, or look at the log.', 'problem');
  }

  return { say };
}

function addressCard(label: string, url: string): Card {
  return {
    tone: 'plain',
    blocks: [{ kind: 'text', text: [`${label}: `, { kind: 'link', text: url, url }] }],
  };
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

const FRAME_MS = 90;

const QUIET_MS = 300;

/** Shows a spinner if the work takes longer. @returns a function that stops it and erases its line */
function startSpinner(stream: NodeJS.WritableStream | undefined, text: string): () => void {
  if (stream === undefined) return () => {};
  let frame = 0;
  let turning: NodeJS.Timeout | undefined;
  const quiet = setTimeout(() => {
    turning = setInterval(() => {
      stream.write(`\r${FRAMES[frame++ % FRAMES.length]} ${text}\u001B[K`);
    }, FRAME_MS);
  }, QUIET_MS);
  return () => {
    clearTimeout(quiet);
    if (turning === undefined) return;
    clearInterval(turning);
    stream.write('\r\u001B[K');
  };
}
