/** Reads a command that names no paper after one was opened: `save`, `ask which data?` */
import { type Catalogue, type CommandShape, optionKey, restOption } from '../catalogue.ts';
import type { Option } from '../define.ts';
import { formatLine, quoted } from '../line.ts';
import { commandNamedBy } from '../parse.ts';
import { cutWords } from '../words.ts';

/** A command without a paper, and options behind it. */
const ALONE = /^(?:\/?(?:papers|paperfeed)\s+|\/)?([\p{L}-]+)((?:\s+\p{L}[\w-]*:\S.*)?)$/iu;

/** Returns the commands whose free text is one paper; they run once per number. */
export function paperCommands<C extends CommandShape>(catalogue: Catalogue<C>): C[] {
  return catalogue.filter((command) =>
    ['paper', 'saved-paper'].includes(restOption(command)?.complete ?? ''),
  );
}

/**
 * `save`, `summary level:line` or `ask which data?` after a paper was opened. `/papers ask …` still asks all
 * papers.
 */
export function lineOfOpened(
  catalogue: Catalogue,
  line: string,
  opened: string | undefined,
): string | undefined {
  if (opened === undefined) return undefined;
  const [, word = '', options = ''] = ALONE.exec(line) ?? [];
  const alone = paperCommands(catalogue).find(({ name }) => name === word.toLowerCase());
  if (alone) {
    const namesPaper = isSet(alone.rest ?? '', line) || !areOptions(options, alone);
    return namesPaper ? undefined : lineFor(alone, opened, options);
  }
  const command = /^\p{L}/u.test(line) ? commandNamedBy(catalogue, line) : undefined;
  // With its root in front, it is the whole command that is meant.
  if (command === undefined || line.toLowerCase().startsWith(`${command.root} `)) return undefined;
  const option = aboutPaper(command);
  if (option === undefined || isSet(option, line) || namesPaper(command.options[option], line))
    return undefined;
  // `my reminders` is no question about the paper.
  if (command.paperFirst === option && command.options[option]?.required !== true && isNameOf(command, line))
    return undefined;
  return `${line} ${option}:${quoted(opened)}`;
}

/** The option that says which paper a question or a note is about. Words for a watch are about no paper. */
function aboutPaper(command: CommandShape): string | undefined {
  const text = restOption(command);
  const isQuestion = text?.type === 'string' && text.reads === 'question';
  const [option] = Object.entries(command.options).find(([, { complete }]) => complete === 'paper') ?? [];
  return option !== command.rest && (isQuestion || command.paperFirst === option) ? option : undefined;
}

function namesPaper(option: Option | undefined, line: string): boolean {
  const { isSurely } = option?.type === 'string' ? option : {};
  return isSurely !== undefined && line.split(/[\s,]+/).some((word) => isSurely(word));
}

function isNameOf({ name, alsoCalled = [] }: CommandShape, line: string): boolean {
  return [name, ...alsoCalled].includes(line.toLowerCase().replace(/[.!?\s]+$/u, ''));
}

function isSet(option: string, line: string): boolean {
  return cutWords(line).some((word) => word.kind === 'pair' && optionKey(word.name) === optionKey(option));
}

/** False for `https://…`, `arXiv:…` and `doi:…`, which only look like options. */
function areOptions(typed: string, { options }: CommandShape): boolean {
  const known = new Set(Object.keys(options).map(optionKey));
  const [first] = cutWords(typed.trim());
  return first === undefined || (first.kind === 'pair' && known.has(optionKey(first.name)));
}

export function lineFor(command: CommandShape, paper: string, options: string): string {
  const args = { [command.rest ?? 'paper']: paper };
  return formatLine({ root: command.root, name: command.name, args }) + options;
}
