/** Tab completion of commands, options, choices, papers, authors and categories. */

import type { Caller } from '../../chat/caller.ts';
import type { CommandHandlers, Suggestion } from '../../chat/handlers.ts';
import { visible } from '../../chat/invisible.ts';
import {
  type Catalogue,
  type CommandShape,
  commandNamesIn,
  isList,
  optionKey,
  restOption,
  rootsOf,
} from '../../command/catalogue.ts';
import { quoted } from '../../command/line.ts';
import { commandNamedBy } from '../../command/parse.ts';
import { cutWords, type Word } from '../../command/words.ts';

interface CompletionContext {
  readonly catalogue: Catalogue;
  readonly handlers: CommandHandlers;
  readonly caller: Caller;
}

/** The result format of node:readline: candidates, and the part of the line that they replace. */
export type Completions = [offered: string[], replaced: string];

const LIMIT = 10;
/** An invisible candidate. */
const LISTED_ONLY = ' ';

/** @param line everything before the cursor */
export async function completeLine(line: string, context: CompletionContext): Promise<Completions> {
  const { catalogue } = context;
  const [first = '', second] = line.trimStart().split(/\s+/);
  const root = rootsOf(catalogue).find((each) => each === first.replace(/^\//, '').toLowerCase());
  if (second === undefined) return [beginnings(firstWords(catalogue, first), first), first];
  const typedName = root === undefined ? undefined : line.trimStart().slice(first.length).trimStart();
  if (root !== undefined && typedName !== undefined && !/\s/.test(typedName)) {
    return [
      beginnings(
        commandNamesIn(catalogue, root).map((name) => `${name} `),
        typedName,
      ),
      typedName,
    ];
  }
  const command = commandNamedBy(catalogue, line);
  return command === undefined ? [[], line] : completeArguments(line, command, context);
}

async function completeArguments(
  line: string,
  command: CommandShape,
  context: CompletionContext,
): Promise<Completions> {
  const head = /^\s*\S+\s+/.exec(line)?.[0] ?? '';
  const named = head.trim().replace(/^\//, '').toLowerCase() === command.root;
  const words = cutWords(line)
    .filter(({ at }) => at >= head.length)
    .slice(named ? 1 : 0);
  const open = words.find((word) => word.kind === 'pair' && word.unclosed === true);
  const current = open ?? (/\s$/.test(line) ? undefined : words.at(-1));

  if (current?.kind === 'pair') {
    const option = optionNamed(command, current.name);
    if (option === undefined) return [[], line];
    // An open quote includes all following text.
    const raw = open === undefined ? current.raw : line.slice(open.at);
    const typed = raw.slice(raw.search(/[:：]/u) + 1).replace(/^["“”„]/u, '');
    const values = (await suggest(option, typed, command, context)).map(({ value }) => value);
    return [
      offers(
        values.map((value) => `${option}:${quoted(visible(value))} `),
        raw,
      ),
      raw,
    ];
  }

  const text = trailingText(words, line);
  const papers = command.rest === undefined ? [] : await suggest(command.rest, text, command, context);
  const [only, ...others] = papers;
  // In a list, insert the id, because titles contain commas.
  if (only && others.length === 0)
    return [[isList(restOption(command)) ? visible(only.value) : inserted(only)], text];
  if (only) return [offers(papers.map(inserted), text), text];
  const given = new Set(words.flatMap((word) => (word.kind === 'pair' ? [optionKey(word.name)] : [])));
  const names = Object.keys(command.options).filter(
    (name) => name !== command.rest && !given.has(optionKey(name)),
  );
  const typed = current?.raw ?? '';
  return [
    beginnings(
      names.map((name) => `${name}:`),
      typed,
    ),
    typed,
  ];
}

async function suggest(
  option: string,
  typed: string,
  command: CommandShape,
  { handlers, caller }: CompletionContext,
): Promise<Suggestion[]> {
  return handlers.complete({ caller, root: command.root, name: command.name, option, typed }, LIMIT);
}

/**
 * Prepares several candidates. readline replaces the typed text by their common prefix. If that is shorter
 * than the typed text, an extra candidate with another prefix prevents this, and they are only listed.
 */
function offers(candidates: string[], typed: string): string[] {
  const [first = '', ...others] = candidates;
  const differ = [...first].findIndex((_, at) =>
    others.some((other) => !other.startsWith(first.slice(0, at + 1))),
  );
  const alike = differ < 0 ? first : first.slice(0, differ);
  return others.length === 0 || bare(alike).startsWith(bare(typed))
    ? candidates
    : [...candidates, LISTED_ONLY];
}

const bare = (text: string) => text.toLowerCase().replace(/["“”„]/g, '');

/** Inserts the title if it is complete, otherwise the id. */
function inserted({ label, value }: Suggestion): string {
  const title = visible(label);
  return title.endsWith('…') ? visible(value) : title;
}

/** Returns the free text before the cursor. */
function trailingText(words: readonly Word[], line: string): string {
  const lastPair = words.findLastIndex((word) => word.kind === 'pair');
  const first = words[lastPair + 1];
  return first === undefined ? '' : line.slice(first.at);
}

function firstWords(catalogue: Catalogue, typed: string): string[] {
  if (typed.startsWith('/')) return rootsOf(catalogue).map((root) => `/${root} `);
  const roots = rootsOf(catalogue);
  return [...new Set([...commandNamesIn(catalogue, roots[0] ?? ''), ...roots, 'exit'])].map(
    (name) => `${name} `,
  );
}

function optionNamed(command: CommandShape, name: string): string | undefined {
  return Object.keys(command.options).find((each) => optionKey(each) === optionKey(name));
}

function beginnings(candidates: readonly string[], typed: string): string[] {
  return candidates.filter((candidate) => candidate.toLowerCase().startsWith(typed.toLowerCase()));
}
