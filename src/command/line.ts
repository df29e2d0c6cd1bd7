/** A command as one line of text, as stored in buttons: pressing a button is the same as typing its line. */
import type { Command, Root } from './define.ts';

interface CommandCall {
  readonly root: Root;
  readonly name: string;
  /** Option values by name; an undefined one is left out. */
  readonly args: Readonly<Record<string, string | number | undefined>>;
}

/**
 * Characters that would end a bare value or open a quote, and `//`, which would make `name:` part of a URL.
 */
const NEEDS_QUOTES = /^\/\/|[\s"'\\“”„‟‘’‚‛«»]/u;

/**
 * `/papers search query:"mixture of experts" page:2`; `parseLine` reads the same values back.
 * @param rest free text after the command's name, parsed like typed text (quotes, `name:value`). Text that
 *   must be preserved exactly belongs in `args`
 */
export function formatLine(call: CommandCall, rest = ''): string {
  const text = rest.replace(/\s+/gu, ' ').trim();
  const options = Object.entries(call.args).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}:${quoted(String(value))}`],
  );
  return [`/${call.root}`, call.name, ...(text === '' ? [] : [text]), ...options].join(' ');
}

/** A value to put after `name:`, in quotes if it would not parse otherwise. */
export function quoted(value: string): string {
  if (value !== '' && !NEEDS_QUOTES.test(value)) return value;
  return `"${value.replace(/["\\]/g, (sign) => `\\${sign}`)}"`;
}

/** The command's line with `changes`. Defaults are left out, because a button's line must be short. */
export function pageLine(
  { root, name, options }: Pick<Command<never>, 'root' | 'name' | 'options'>,
  args: CommandCall['args'],
  changes: CommandCall['args'] = {},
): string {
  const values = Object.entries({ ...args, ...changes }).filter(([option, value]) => {
    const known = options[option];
    return !(known && 'default' in known && known.default === value);
  });
  return formatLine({ root, name, args: Object.fromEntries(values) });
}
