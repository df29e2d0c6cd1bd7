/** Prompts in the terminal. The only module that imports the prompt library. */
import type { Readable, Writable } from 'node:stream';
import * as clack from '@clack/prompts';
import wrapAnsi from 'wrap-ansi';

export interface Streams {
  readonly input: Readable;
  readonly output: Writable & { readonly columns?: number };
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Dimmed text after the label. */
  readonly hint?: string;
}

interface Question {
  readonly message: string;
  /** Returns an error as a sentence, or `undefined`. */
  readonly validate: (text: string) => string | undefined;
}

/** Thrown on Ctrl-C or Escape. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Maximum columns of text. */
const WIDEST = 100;
/** Columns of the frame on the left. */
const FRAME = 4;
const UNKNOWN_WIDTH = 80;

export type Prompts = ReturnType<typeof openPrompts>;

/** All prompts throw `Cancelled`. */
export function openPrompts({ input, output }: Streams) {
  const streams = { input, output };
  const wrapped = (text: string) =>
    wrapAnsi(text, Math.min(output.columns ?? UNKNOWN_WIDTH, WIDEST) - FRAME, { hard: false });
  /** The library neither wraps nor indents errors. */
  const complaint = (text: string | undefined) => text && wrapped(text).replaceAll('\n', '\n   ');

  return {
    begin: (title: string) => clack.intro(title, streams),
    end: (text: string) => clack.outro(text, streams),
    stop: (text: string) => clack.cancel(text, streams),
    /** Shows instructions above a question. */
    explain: (title: string, lines: readonly string[]) =>
      clack.note(lines.map(wrapped).join('\n'), title, { ...streams, format: (line) => line }),
    say: (text: string) => clack.log.message(wrapped(text), streams),
    works: (text: string) => clack.log.success(wrapped(text), { ...streams, spacing: 0 }),
    warn: (text: string) => clack.log.warn(wrapped(text), { ...streams, spacing: 0 }),
    complain: (text: string) => clack.log.error(wrapped(text), { ...streams, spacing: 0 }),
    /** Prints without the frame, for text to copy from the screen. */
    print: (text: string) => void output.write(`${text}\n`),

    async confirm(message: string, initialValue: boolean): Promise<boolean> {
      return answered(await clack.confirm({ message, initialValue, ...streams }));
    },

    async choose<Value extends string>(
      message: string,
      choices: readonly Choice<Value>[],
      initial?: Value,
    ): Promise<Value> {
      const options: clack.Option<string>[] = [...choices];
      const picked = answered(
        await clack.select<string>({
          message,
          options,
          showInstructions: false,
          ...(initial !== undefined && { initialValue: initial }),
          ...streams,
        }),
      );
      return chosenFrom(choices, picked);
    },

    async chooseSeveral<Value extends string>(
      message: string,
      choices: readonly Choice<Value>[],
      initialValues: readonly Value[],
    ): Promise<Value[]> {
      const options: clack.Option<string>[] = [...choices];
      const picked = answered(
        await clack.multiselect<string>({ message, options, initialValues, required: false, ...streams }),
      );
      return picked.map((value) => chosenFrom(choices, value));
    },

    /** @param initial editable initial text */
    async text({ message, validate, initial }: Question & { readonly initial: string }): Promise<string> {
      return answered(
        await clack.text({
          message,
          initialValue: initial,
          validate: (value) => complaint(validate(value ?? '')),
          ...streams,
        }),
      );
    },

    /** Masks the text. */
    async secret({ message, validate }: Question): Promise<string> {
      return answered(
        await clack.password({
          message,
          validate: (value) => complaint(validate(value ?? '')),
          ...streams,
        }),
      );
    },
  };
}

function answered<Value>(answer: Value | typeof clack.CANCEL_SYMBOL): Value {
  if (clack.isCancel(answer)) throw new Cancelled();
  return answer as Value;
}

function chosenFrom<Value extends string>(choices: readonly Choice<Value>[], picked: string): Value {
  const found = choices.find(({ value }) => value === picked);
  if (!found) throw new Error(`Unknown choice ${picked}`);
  return found.value;
}
