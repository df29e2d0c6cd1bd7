/** Discord's rules for commands: https://docs.discord.com/developers/interactions/application-commands */
import { CommandType, OptionType } from '../protocol.ts';
import { type Problem, tooLong, wrong } from '../refusal.ts';
import type { Choice, CommandBody, CommandOption } from '../wire.ts';
import { lengthOf } from './embeds.ts';

export const COMMANDS = 100;
export const OPTIONS = 25;
export const CHOICES = 25;
export const DESCRIPTION = 100;
export const CHOICE_TEXT = 100;
/** Names, descriptions and values of a whole command. */
export const COMMAND_TOGETHER = 8_000;

/** Discord's pattern also has the scripts Devanagari and Thai with their marks. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

type Path = Problem['path'];

function checkName(path: Path, name: string): Problem[] {
  if (NAME.test(name) && name === name.toLowerCase()) return [];
  return [wrong([...path, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')];
}

function checkDescription(path: Path, description: string | null | undefined): Problem[] {
  const length = lengthOf(description);
  if (length >= 1 && length <= DESCRIPTION) return [];
  return [
    wrong(
      [...path, 'description'],
      'BASE_TYPE_BAD_LENGTH',
      `Must be between 1 and ${DESCRIPTION} in length.`,
    ),
  ];
}

function checkChoice(path: Path, type: number, { name, value }: Choice): Problem[] {
  const numeric = type === OptionType.Integer || type === OptionType.Number;
  return [
    ...(lengthOf(name) < 1 || lengthOf(name) > CHOICE_TEXT ? [tooLong([...path, 'name'], CHOICE_TEXT)] : []),
    ...(lengthOf(String(value)) > CHOICE_TEXT ? [tooLong([...path, 'value'], CHOICE_TEXT)] : []),
    ...(numeric === (typeof value === 'number')
      ? []
      : [wrong([...path, 'value'], 'BASE_TYPE_CHOICES', 'Not a value of this type.')]),
  ];
}

function twice(path: Path, names: readonly string[]): Problem[] {
  if (new Set(names).size === names.length) return [];
  return [wrong(path, 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', 'Names must be unique.')];
}

function isNested({ type }: CommandOption): boolean {
  return type === OptionType.Subcommand || type === OptionType.SubcommandGroup;
}

function checkOption(path: Path, option: CommandOption, depth: number): Problem[] {
  const choices = option.choices ?? [];
  const tooDeep =
    isNested(option) && (depth > 1 || (depth === 1 && option.type === OptionType.SubcommandGroup));
  return [
    ...checkName(path, option.name),
    ...checkDescription(path, option.description),
    ...(tooDeep ? [wrong(path, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Too deep.')] : []),
    ...(choices.length > CHOICES ? [tooLong([...path, 'choices'], CHOICES)] : []),
    ...choices.flatMap((choice, index) => checkChoice([...path, 'choices', index], option.type, choice)),
    ...twice(
      [...path, 'choices'],
      choices.map(({ name }) => name),
    ),
    ...(choices.length > 0 && option.autocomplete
      ? [
          wrong(
            [...path, 'autocomplete'],
            'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE',
            'Not together with choices.',
          ),
        ]
      : []),
    ...checkOptions([...path, 'options'], option.options ?? [], depth + 1),
  ];
}

function checkOptions(path: Path, options: readonly CommandOption[], depth: number): Problem[] {
  const firstOptional = options.findIndex((option) => !isNested(option) && !option.required);
  const lastRequired = options.findLastIndex(({ required }) => required);
  const nested = options.filter(isNested).length;
  return [
    ...(options.length > OPTIONS ? [tooLong(path, OPTIONS)] : []),
    ...(firstOptional >= 0 && firstOptional < lastRequired
      ? [
          wrong(
            [...path, lastRequired],
            'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
            'Required options must be placed before non-required options',
          ),
        ]
      : []),
    ...(nested > 0 && nested < options.length
      ? [
          wrong(
            path,
            'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
            'Sub-command and sub-command group option types are mutually exclusive to all other types',
          ),
        ]
      : []),
    ...twice(
      path,
      options.map(({ name }) => name),
    ),
    ...options.flatMap((option, index) => checkOption([...path, index], option, depth)),
  ];
}

/**
 * Only the longest translation counts:
 * https://discord.com/developers/docs/interactions/application-commands
 */
function longestOf(
  text: string | null | undefined,
  translations: Readonly<Record<string, string>> | null | undefined,
): number {
  return Math.max(lengthOf(text), ...Object.values(translations ?? {}).map(lengthOf));
}

function wordsOf(part: CommandBody | CommandOption): number {
  const choices = 'choices' in part ? (part.choices ?? []) : [];
  return (
    longestOf(part.name, part.name_localizations) +
    longestOf(part.description, part.description_localizations) +
    choices.reduce((sum, { name, value }) => sum + lengthOf(name) + lengthOf(String(value)), 0) +
    (part.options ?? []).reduce((sum, option) => sum + wordsOf(option), 0)
  );
}

export function problemsOfCommand(command: CommandBody, path: Path = []): Problem[] {
  const chat = (command.type ?? CommandType.ChatInput) === CommandType.ChatInput;
  if (!chat) {
    // Names of menu commands are shown as they are, with capitals and spaces.
    const length = lengthOf(command.name);
    const described = lengthOf(command.description) > 0 || (command.options ?? []).length > 0;
    return [
      ...(length < 1 || length > 32
        ? [wrong([...path, 'name'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 32 in length.')]
        : []),
      ...(described
        ? [
            wrong(
              path,
              'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID',
              'Context menu commands cannot have description',
            ),
          ]
        : []),
    ];
  }
  return [
    ...checkName(path, command.name),
    ...checkDescription(path, command.description),
    ...checkOptions([...path, 'options'], command.options ?? [], 0),
    ...(wordsOf(command) > COMMAND_TOGETHER
      ? [wrong(path, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${COMMAND_TOGETHER})`)]
      : []),
  ];
}

/** In one list, each type can have a name once. */
export function problemsOfList(commands: readonly CommandBody[]): Problem[] {
  const names = commands.map(({ name, type }) => `${type ?? CommandType.ChatInput} ${name}`);
  return [
    ...(commands.length > COMMANDS
      ? [wrong([], 'BASE_TYPE_BAD_LENGTH', `Must be ${COMMANDS} or fewer in length.`)]
      : []),
    ...(new Set(names).size < names.length
      ? [wrong([], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique')]
      : []),
    ...commands.flatMap((command, index) => problemsOfCommand(command, [index])),
  ];
}
