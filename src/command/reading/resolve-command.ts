/** Finds the command that a typed line means: by its name, by other words for it, or by what follows. */
import { distance } from 'fastest-levenshtein';
import { parsedOrNothing, UserError } from '../../base/errors.ts';
import { clip } from '../../chat/clip.ts';
import {
  type Catalogue,
  type CommandShape,
  commandNamesIn,
  findCommand,
  fullName,
  nearest,
  restOption,
  rootsOf,
} from '../catalogue.ts';
import { cutWords } from '../words.ts';
import { numberMeant, withoutPaperFillers } from './paper-words.ts';
import { readSaid, withPaperApart } from './read-said.ts';
import { lineOfSentence, POLITE, readSentence } from './sentences.ts';

export interface Resolved<C extends CommandShape> {
  readonly command: C;
  /** The line after the command's name. */
  readonly rest: string;
}

const HEAD = /^\s*([/／]?)([\p{L}\p{N}_-]+)(?=\s|$)/u;
const NAME = /^\s+(\S+)/u;
const HELP = /^\s*(?:--help|-h|--?\?|\?|help)\s*$/i;
/** Words before `trending` and the like. */
const ASKING =
  /^\s*(?:what's|what’s|whats|what is|what are|show(?: me)?|give me|tell me)\s+(?:(?:the|a|an|some)\s+)?(?=\p{L})/iu;
const LONGEST_NAME = 20;
/** Whether a text is nothing but options does not depend on the day. */
const ANY_DAY = new Date('2026-01-01T00:00:00Z');

/** @throws UserError for an unknown command, with the nearest name */
export function resolveCommand<C extends CommandShape>(catalogue: Catalogue<C>, line: string): Resolved<C> {
  const head = HEAD.exec(line);
  const first = head?.[2] ?? '';
  const afterFirst = line.slice(head?.[0].length ?? 0);
  const root = rootsOf(catalogue).find((each) => each === first.toLowerCase());
  if (root !== undefined) return ofRoot(catalogue, root, afterFirst);
  const hasSlash = head?.[1] !== undefined && head[1] !== '';
  const spoken = saidOutright(catalogue, line) ?? calledOtherwise(catalogue, undefined, line, true);
  if (spoken) return spoken;
  const command = findCommand(catalogue, undefined, first);
  if (command && (hasSlash || isMeant(catalogue, command, afterFirst))) {
    return withHelp(catalogue, { command, rest: afterFirst });
  }
  const other = calledOtherwise(catalogue, undefined, line.replace(/^\s*[/／]/u, ''));
  if (other) return other;
  for (const lead of [POLITE, ASKING]) {
    if (!lead.test(line)) continue;
    const bare = line.replace(lead, '');
    const meant = parsedOrNothing(() => resolveCommand(catalogue, bare));
    if (meant) return meant;
  }
  const slipped = hasSlash ? nearest(first, rootsOf(catalogue)) : undefined;
  if (slipped !== undefined) {
    const name = NAME.exec(afterFirst)?.[1] ?? '';
    const meant = findCommand(catalogue, slipped, name);
    if (meant && !meant.changes) return ofRoot(catalogue, slipped, afterFirst);
  }
  const near = hasSlash ? nearestName(catalogue, undefined, first, true) : undefined;
  if (near && !near.changes) return { command: near, rest: afterFirst };
  throw new UserError(whyNoCommand(catalogue, line, first));
}

function ofRoot<C extends CommandShape>(catalogue: Catalogue<C>, root: string, text: string): Resolved<C> {
  const name = NAME.exec(text)?.[1];
  const help = findCommand(catalogue, undefined, 'help');
  // A bare root shows the help.
  if (help && (name === undefined || HELP.test(text))) {
    const isFirst = root === rootsOf(catalogue)[0];
    return { command: help, rest: isFirst || help.rest === undefined ? '' : ` ${root}` };
  }
  const typed = (name ?? '').replace(/[:,]$/u, '');
  const rest = text.slice(NAME.exec(text)?.[0].length ?? 0);
  const ofThisRoot = catalogue.filter((each) => each.root === root);
  const outright = saidOutright(ofThisRoot, text) ?? saidOutright(ofThisRoot, `${root}${text}`);
  if (outright) return outright;
  const command = findCommand(catalogue, root, typed);
  if (command) return withHelp(catalogue, { command, rest });
  // “papers I saved” begins with the name of the root.
  const other =
    calledOtherwise(catalogue, root, `${root}${text}`, true) ?? calledOtherwise(catalogue, root, text);
  if (other) return other;
  if (help && typed.toLowerCase() === 'help') return { command: help, rest };
  const takesAll = catalogue.find((each) => each.root === root && each.takesTheRest);
  const found = nearestName(catalogue, root, typed, takesAll !== undefined);
  const near = found && takesAll && isTopic(found, typed, rest) ? undefined : found;
  if (near && !near.changes) return { command: near, rest };
  if (near) throw new UserError(`There is no /${root} ${clip(typed, 40)}. Did you mean ${fullName(near)}?`);
  if (takesAll && name !== undefined) {
    const reference = shownBy(catalogue, root, text);
    return reference ?? { command: takesAll, rest: text };
  }
  throw new UserError(
    name === undefined
      ? `Choose a command: ${listed(catalogue, root)}.`
      : `There is no /${root} ${clip(typed, 40)}. Available: ${listed(catalogue, root)}.`,
  );
}

/** A line that is nothing but the name of a paper shows it. */
function shownBy<C extends CommandShape>(
  catalogue: Catalogue<C>,
  root: string,
  text: string,
): Resolved<C> | undefined {
  const show = findCommand(catalogue, root, 'show');
  return show && isPaperName(show, text) ? { command: show, rest: text } : undefined;
}

/** A number in the last list, or what can only be the name of a paper. */
function isPaperName(command: CommandShape, text: string): boolean {
  if (numberMeant(text) !== undefined || /^\s*\d{1,3}\s*$/.test(text)) return true;
  const option = restOption(command);
  return option?.type === 'string' && option.isSurely?.(text) === true;
}

/**
 * The only command within a slip or two of a typed name. Where any words may follow the root, one slip, so
 * that searches stay searches.
 */
function nearestName<C extends CommandShape>(
  catalogue: Catalogue<C>,
  root: string | undefined,
  typed: string,
  isStrict: boolean,
): C | undefined {
  const names = root === undefined ? catalogue.map(({ name }) => name) : commandNamesIn(catalogue, root);
  const isSwappedOf = (name: string) =>
    lettersOf(name) === lettersOf(typed) && name[0] === typed[0]?.toLowerCase();
  const near = nearest(typed, names) ?? (typed.length > 3 ? names.find(isSwappedOf) : undefined);
  if (near === undefined) return undefined;
  const isSwapped = isSwappedOf(near);
  const isClose = Math.abs(near.length - typed.length) <= 1 && typed.length >= 4;
  if (isStrict && !isSwapped && !isClose) return undefined;
  return findCommand(catalogue, root, near);
}

/**
 * True for a topic whose first word is only like a name: “experts for speech”, “task planning” and “state
 * space models” are no slips of export, ask and stats, the last of which takes no text.
 */
function isTopic(command: CommandShape, typed: string, rest: string): boolean {
  if (!/^\s+\p{L}/u.test(rest) || /^\s*[\w-]+:/.test(rest)) return false;
  const lower = typed.toLowerCase();
  if (Object.keys(command.options).length === 0 || lower[0] !== command.name[0]) return true;
  return distance(lower, command.name) > 1 && lettersOf(lower) !== lettersOf(command.name);
}

function lettersOf(word: string): string {
  return [...word.toLowerCase()].sort().join('');
}

/** True for a line that begins with, or is, other words for a command: `not interested in robotics`. */
export function isSpokenCommand(catalogue: Catalogue, line: string): boolean {
  return (saidOutright(catalogue, line) ?? calledOtherwise(catalogue, undefined, line, true)) !== undefined;
}

/** A command that the whole line says: “stop showing us robotics”. */
function saidOutright<C extends CommandShape>(
  catalogue: Catalogue<C>,
  line: string,
): Resolved<C> | undefined {
  const sentence = readSentence(catalogue, line);
  if (sentence === undefined) return undefined;
  const { command } = sentence;
  return { command, rest: lineOfSentence(sentence).slice(fullName(command).length) };
}

/** A command called by other words: “summarize …”, “papers like …”, “week”. */
function calledOtherwise<C extends CommandShape>(
  catalogue: Catalogue<C>,
  root: string | undefined,
  text: string,
  phrasesOnly = false,
): Resolved<C> | undefined {
  const line = text.trimStart().replace(/’/gu, "'");
  for (const command of catalogue) {
    // Without its root, “stop words” is no command about feeds.
    if (command.root !== (root ?? rootsOf(catalogue)[0])) continue;
    for (const name of command.alsoCalled ?? []) {
      if (phrasesOnly && !name.includes(' ')) continue;
      const rest = after(line, name);
      if (rest === undefined) continue;
      if (root === undefined && !name.includes(' ') && lacksPaper(command, rest)) continue;
      return withHelp(catalogue, { command, rest });
    }
    for (const [name, put] of Object.entries(command.calledWith ?? {})) {
      const following = after(line, name);
      if (following !== undefined) return { command, rest: ` ${put}${following}` };
    }
    for (const [name, put] of Object.entries(command.alsoMeantBy ?? {})) {
      if (phrasesOnly && !name.includes(' ')) continue;
      const following = after(line, name);
      if (following === undefined) continue;
      const rest = put === '' ? following : ` ${put}${following}`;
      if (fits(command, rest)) return { command, rest };
    }
  }
  return undefined;
}

/** What follows a name at the beginning of a line. */
function after(line: string, name: string): string | undefined {
  if (line.slice(0, name.length).toLowerCase() !== name) return undefined;
  const rest = line.slice(name.length);
  return /^(?:[\s:,?!]|$)/u.test(rest) ? ` ${rest.replace(/^[:,?!\s]+/u, '')}` : undefined;
}

/** True if the words after a name are what the command takes: a paper, or nothing but options. */
function fits(command: CommandShape, rest: string): boolean {
  const option = restOption(command);
  const text = rest.trim();
  const words = cutWords(text).filter(({ kind }) => kind === 'text');
  if (option?.type !== 'string') return words.length === 0;
  if (option.reads === 'question') return /\?\s*$/.test(text);
  if (option.complete === 'papers') return /\d{4}\.\d{4,5}|^\s*#?\d{1,2}\b/.test(text);
  if (option.reads === 'paper') {
    return isPaperName(command, withoutPaperFillers(words.map(({ raw }) => raw).join(' ')));
  }
  if (words.length === 0) return true;
  const { values } = readSaid(command, { [command.rest ?? '']: text }, ANY_DAY);
  return values[command.rest ?? ''] === undefined;
}

/** True for a text that does not begin with the paper that it needs: “tag prediction” is a search. */
function lacksPaper(command: CommandShape, text: string): boolean {
  const { paperFirst = '', rest = '' } = command;
  if (command.options[paperFirst]?.required !== true || text.trim() === '') return false;
  const words = cutWords(text);
  if (words.some(({ kind }) => kind === 'pair')) return false;
  return !Object.hasOwn(withPaperApart(command, { [rest]: text.trim() }), paperFirst);
}

function withHelp<C extends CommandShape>(catalogue: Catalogue<C>, resolved: Resolved<C>): Resolved<C> {
  const help = findCommand(catalogue, undefined, 'help');
  const { command, rest } = resolved;
  const isAsked = /^\s*(?:--help|-h|\?)\s*$| --help\s*$/.test(rest);
  return help && isAsked ? { command: help, rest: ` ${command.name}` } : resolved;
}

/**
 * True if a bare name is a command rather than a search: people search for “why …” and “list …”, so outside
 * the first root a name followed by free text is not a command.
 */
function isMeant(catalogue: Catalogue, command: CommandShape, rest: string): boolean {
  const text = cutWords(rest).filter(({ kind }) => kind !== 'pair');
  const option = restOption(command);
  if (lacksPaper(command, rest)) return false;
  if (option === undefined) return text.length === 0;
  // "random forests" is a search, "random cs.RO" a command.
  if (option.type === 'string' && option.fits) return text.every(({ raw }) => option.fits?.(raw));
  return command.root === rootsOf(catalogue)[0] || text.length === 0;
}

function whyNoCommand(catalogue: Catalogue, line: string, first: string): string {
  const roots = rootsOf(catalogue);
  const shown = first === '' ? clip(line.trim(), 40) : `/${first}`;
  const root = nearest(first, roots);
  if (root !== undefined) return `There is no ${shown}. Did you mean /${root}?`;
  const command = first.length > LONGEST_NAME ? undefined : nearestName(catalogue, undefined, first, false);
  if (command) return `There is no ${shown}. Did you mean ${fullName(command)}?`;
  return `“${shown}” is not a command. Commands begin with ${roots.map((each) => `/${each}`).join(' or ')}.`;
}

function listed(catalogue: Catalogue, root: string): string {
  return `/${root} ${commandNamesIn(catalogue, root).join(' | ')}`;
}
