/** Queries on the ordered list of commands, for parsing, help, completion and registration. */
import { closest, distance } from 'fastest-levenshtein';
import type { Capability } from '../chat/caller.ts';
import type { Command, Option } from './define.ts';

/** A command without its implementation. */
export type CommandShape = Omit<Command<never>, 'run'>;
export type Catalogue<C extends CommandShape = CommandShape> = readonly C[];

/** Finds a command by name, ignoring case, in `root` or else in the first root that has it. */
export function findCommand<C extends CommandShape>(
  catalogue: Catalogue<C>,
  root: string | undefined,
  name: string,
): C | undefined {
  const wanted = name.toLowerCase();
  return catalogue.find(
    (command) => command.name === wanted && (root === undefined || command.root === root.toLowerCase()),
  );
}

/** The commands that work on a platform with these capabilities. */
export function supportedBy<C extends CommandShape>(
  catalogue: Catalogue<C>,
  capabilities: readonly Capability[] = [],
): C[] {
  return catalogue.filter(({ needs }) => needs === undefined || capabilities.includes(needs.capability));
}

export function rootsOf(catalogue: Catalogue): string[] {
  return [...new Set(catalogue.map((command) => command.root))];
}

export function commandNamesIn(catalogue: Catalogue, root: string): string[] {
  return catalogue.filter((command) => command.root === root).map((command) => command.name);
}

/** The option that free text is assigned to. */
export function restOption({ rest, options }: CommandShape): Option | undefined {
  return rest === undefined ? undefined : options[rest];
}

export function isList(option: Option | undefined): boolean {
  return option?.type === 'string' && option.list === true;
}

/** The options that may be typed: all but secrets. */
export function typedOptions({ options }: CommandShape): [string, Option][] {
  return Object.entries(options).filter(([, option]) => !isSecretOption(option));
}

/** The options in a menu. */
export function menuOptions(command: CommandShape): [string, Option][] {
  return typedOptions(command).filter(([, option]) => option.inMenu !== false);
}

export function isSecretOption(option: Option | undefined): boolean {
  return option?.type === 'string' && option.secret === true;
}

/** True for a command with a value that is only entered in a form. */
export function asksSecret({ options }: CommandShape): boolean {
  return Object.values(options).some(isSecretOption);
}

/** True for a command that has a form on every platform with forms: for a secret, or a long text. */
export function opensForm(command: CommandShape): boolean {
  return command.formEverywhere === true || asksSecret(command);
}

/** `/papers search`. */
export function fullName(command: Pick<CommandShape, 'root' | 'name'>): string {
  return `/${command.root} ${command.name}`;
}

/** Longer words are not misspelt names, and computing the distance takes quadratic time. */
const LONGEST_NAME = 32;

/** The candidate that begins with `word`, or is within two edits (one in words under five letters). */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length < 2 || word.length > LONGEST_NAME || candidates.length === 0) return undefined;
  const lower = word.toLowerCase();
  const begun = lower.length < 3 ? undefined : candidates.find((candidate) => candidate.startsWith(lower));
  if (begun !== undefined) return begun;
  const found = closest(lower, candidates);
  const slips = Math.min(lower.length, found.length) < 5 ? 1 : 2;
  return distance(lower, found) <= slips ? found : undefined;
}

/** The current name of an option, from any spelling of its current, former or further names. */
export function optionNamed({ options }: CommandShape, typed: string): string | undefined {
  const key = optionKey(typed);
  const isNamed = (name: string | undefined) => name !== undefined && optionKey(name) === key;
  const named = Object.entries(options).find(([name, { formerly }]) => isNamed(name) || isNamed(formerly));
  const [name] =
    named ?? Object.entries(options).find(([, { alsoCalled }]) => alsoCalled?.some(isNamed)) ?? [];
  return name;
}

/** True if `typed` is the name of the option itself, or was in the last release. */
export function isOwnName({ options }: CommandShape, name: string, typed: string): boolean {
  const key = optionKey(typed);
  return optionKey(name) === key || optionKey(options[name]?.formerly ?? '') === key;
}

/** Normalises an option's name: `Min-Votes`, `min—votes` and `minvotes` are `min_votes`. */
export function optionKey(name: string): string {
  return name.toLowerCase().replace(/[\p{Pd}_]/gu, '');
}
