/** Edits the text of a `.env` file in place, keeping comments, order and all other lines. */
import { parseEnv } from 'node:util';
import { UserError } from '../../../base/errors.ts';

/** Values by name; `undefined` removes a setting. */
export type Changes = ReadonlyMap<string, string | undefined>;

/**
 * @param commentOf a one-line comment to put above a new setting
 * @throws UserError if Node would parse the result differently, or would parse another setting differently
 */
export function changeEnv(text: string, changes: Changes, commentOf: (name: string) => string): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  let changed = text;
  for (const [name, value] of changes) {
    changed =
      value === undefined
        ? takeOut(changed, name)
        : (replace(changed, name, quote(name, value)) ??
          add(changed, `${name}=${quote(name, value)}`, name, { newline, comment: commentOf(name) }));
  }
  demandSameReading(text, changed, changes);
  return changed;
}

interface Assignment {
  readonly name: string;
  /** Offsets of the first line, of the value with its quotes, and after the end of the last line. */
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly end: number;
}

const NAME_AND_SIGN = /[ \t]*(?:export[ \t]+)?([^\s=#][^=\r\n]*?)[ \t]*=[ \t]*/y;
const QUOTES = new Set(['"', "'", '`']);

/**
 * Follows `util.parseEnv`: a quoted value extends to the next quote of its kind, over several lines if
 * needed.
 */
function assignmentsIn(text: string): Assignment[] {
  const found: Assignment[] = [];
  for (let start = 0; start < text.length; ) {
    NAME_AND_SIGN.lastIndex = start;
    const match = NAME_AND_SIGN.exec(text);
    const valueStart = start + (match?.[0].length ?? 0);
    const valueEnd = match ? endOfValue(text, valueStart) : valueStart;
    const end = behindLine(text, valueEnd);
    if (match?.[1] !== undefined) found.push({ name: match[1], start, valueStart, valueEnd, end });
    start = end;
  }
  return found;
}

function endOfValue(text: string, start: number): number {
  const first = text[start] ?? '';
  const closing = QUOTES.has(first) ? text.indexOf(first, start + 1) : -1;
  if (closing !== -1) return closing + 1;
  const [value = ''] = /^[^#\r\n]*/.exec(text.slice(start)) ?? [];
  return start + value.trimEnd().length;
}

function behindLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

/** Replaces the last assignment, which takes precedence; `undefined` if there is none. */
function replace(text: string, name: string, value: string): string | undefined {
  const found = assignmentsIn(text).findLast((each) => each.name === name);
  if (!found) return undefined;
  const behind = text.slice(found.valueEnd);
  return `${text.slice(0, found.valueStart)}${value}${behind.startsWith('#') ? ' ' : ''}${behind}`;
}

function takeOut(text: string, name: string): string {
  return assignmentsIn(text)
    .filter((each) => each.name === name)
    .reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}

/** Adds below the commented-out line, as in a copy of `.env.example`; else at the end with its comment. */
function add(
  text: string,
  line: string,
  name: string,
  { newline, comment }: { readonly newline: string; readonly comment: string },
): string {
  const at = behindCommented(text, name);
  if (at !== undefined) {
    const above = text.slice(0, at);
    return `${above}${above.endsWith('\n') ? '' : newline}${line}${newline}${text.slice(at)}`;
  }
  const gap = text === '' ? '' : text.endsWith('\n') ? newline : newline + newline;
  return `${text}${gap}# ${comment}${newline}${line}${newline}`;
}

function behindCommented(text: string, name: string): number | undefined {
  const assignments = assignmentsIn(text);
  const commented = [...text.matchAll(new RegExp(`^[ \\t]*#[ \\t]*${name}[ \\t]*=`, 'gm'))].findLast(
    ({ index }) => !assignments.some(({ start, end }) => index > start && index < end),
  );
  return commented && behindLine(text, commented.index);
}

const PLAIN = /^[\w.:/@,+=~%-]+$/;

/** Quotes for `util.parseEnv`, which has no escapes except `\n` within double quotes. */
function quote(name: string, value: string): string {
  if (PLAIN.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  if (!value.includes('`')) return `\`${value}\``;
  if (!value.includes('"') && !value.includes('\\n')) return `"${value}"`;
  throw new UserError(
    `${name} contains all three kinds of quotes, which .env cannot store. Choose another value.`,
  );
}

function demandSameReading(before: string, after: string, changes: Changes): void {
  const expected: Record<string, string | undefined> = {
    ...parseEnv(before),
    ...Object.fromEntries(changes),
  };
  const read = parseEnv(after);
  const wrong = [...new Set([...Object.keys(expected), ...Object.keys(read)])].find(
    (name) => expected[name] !== read[name],
  );
  if (wrong === undefined) return;
  throw new UserError(
    `.env cannot be edited without changing the value of ${wrong}. Look for an unclosed quote, or an empty value followed by a space, fix that line, and try again.`,
  );
}
