/** The ordered list of commands, as parsing, help, completion and registration look at it. */
import { closest, distance } from 'fastest-levenshtein';
import type { Capability } from '../chat/caller.ts';
import type { Command, Option } from './define.ts';

/** Everything about a command but what it does. */
export type CommandShape = Omit<Command<never>, 'run'>;
export type Catalogue<C extends CommandShape = CommandShape> = readonly C[];

/** The command of that name, in this root or, without one, in the first root that has it. Case does not count. */
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

/** The option that words fill which name none. */
export function restOption({ rest, options }: CommandShape): Option | undefined {
  return rest === undefined ? undefined : options[rest];
}

export function isList(option: Option | undefined): boolean {
  return option?.type === 'string' && option.list === true;
}

/** `/papers search`. */
export function fullName(command: Pick<CommandShape, 'root' | 'name'>): string {
  return `/${command.root} ${command.name}`;
}

/** Longer words are not misspelt names, and the distance takes time that grows with the square. */
const LONGEST_NAME = 32;

/** The candidate that was probably meant: two slips away at most, one in a word under five letters, or begun like it. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length < 2 || word.length > LONGEST_NAME || candidates.length === 0) return undefined;
  const lower = word.toLowerCase();
  const begun = lower.length < 3 ? undefined : candidates.find((candidate) => candidate.startsWith(lower));
  if (begun !== undefined) return begun;
  const found = closest(lower, candidates);
  const slips = Math.min(lower.length, found.length) < 5 ? 1 : 2;
  return distance(lower, found) <= slips ? found : undefined;
}

/** The present name of the option that somebody calls so. */
export function optionNamed({ options }: CommandShape, typed: string): string | undefined {
  const key = optionKey(typed);
  return Object.entries(options).find(
    ([name, { formerly }]) =>
      optionKey(name) === key || (formerly !== undefined && optionKey(formerly) === key),
  )?.[0];
}

/** How option names compare: `Min-Votes`, `min—votes` and `minvotes` are `min_votes`. */
export function optionKey(name: string): string {
  return name.toLowerCase().replace(/[\p{Pd}_]/gu, '');
}
