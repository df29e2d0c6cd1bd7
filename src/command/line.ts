/** A command as one line of text: what a button holds, so that pressing it is typing it. */
import type { Root } from './define.ts';

interface CommandCall {
  readonly root: Root;
  readonly name: string;
  /** Option values by name; an undefined one is left out. */
  readonly args: Readonly<Record<string, string | number | undefined>>;
}

/** Signs that would end a bare value or open a quoted one, and the beginning that makes `name:` part of an address. */
const NEEDS_QUOTES = /^\/\/|[\s"'\\“”„‟‘’‚‛«»]/u;

/**
 * `/papers search query:"mixture of experts" page:2`; `parseLine` reads the same values back.
 * @param rest free text after the command's name. It is read as typed text is (quotes, `name:value`): what must come
 *   back to the letter belongs in `args`
 */
export function formatLine(call: CommandCall, rest = ''): string {
  const text = rest.replace(/\s+/gu, ' ').trim();
  const options = Object.entries(call.args).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}:${quoted(String(value))}`],
  );
  return [`/${call.root}`, call.name, ...(text === '' ? [] : [text]), ...options].join(' ');
}

/** A value as it stands after `name:`, in quotes where it would not read back otherwise. */
export function quoted(value: string): string {
  if (value !== '' && !NEEDS_QUOTES.test(value)) return value;
  return `"${value.replace(/["\\]/g, (sign) => `\\${sign}`)}"`;
}
