/** The text of a `.env` file: settings change in place; comments, order and all other lines stay. */
import { parseEnv } from 'node:util';
import { UserError } from '../../../base/errors.ts';

/** Values by the names of their settings; `undefined` takes one out of the file. */
export type Changes = ReadonlyMap<string, string | undefined>;

/**
 * @param commentOf what stands above a setting that is new to the file, in one line
 * @throws UserError when Node would not read the result back as it is meant, or would read another setting differently
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
  /** Offsets in the text: of its first line, of its value with the quotes, and behind its last line's end. */
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly end: number;
}

const NAME_AND_SIGN = /[ \t]*(?:export[ \t]+)?([^\s=#][^=\r\n]*?)[ \t]*=[ \t]*/y;
const QUOTES = new Set(['"', "'", '`']);

/** By the rules of `util.parseEnv`: a quoted value goes on to the next quote of its kind, over lines if need be. */
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

/** The last of several counts; `undefined` when there is none. */
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

/** Below the line that is commented out, as in a copy of `.env.example`; else at the end, below its comment. */
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

/** As `util.parseEnv` reads it back: it knows no escapes but `\n` between double quotes. */
function quote(name: string, value: string): string {
  if (PLAIN.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  if (!value.includes('`')) return `\`${value}\``;
  if (!value.includes('"') && !value.includes('\\n')) return `"${value}"`;
  throw new UserError(`${name} holds all three kinds of quotes, which .env cannot. Choose another value.`);
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
    `.env cannot be changed without changing what ${wrong} is read as. Look for an open quote or an empty value with a space behind it, mend that line, and try again.`,
  );
}
