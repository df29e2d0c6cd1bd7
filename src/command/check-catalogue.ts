/** Checks a catalogue against the platforms' limits, so that a test fails before Discord does. */
import { messageOf } from '../base/errors.ts';
import { type Catalogue, type CommandShape, fullName, menuOptions, rootsOf } from './catalogue.ts';
import type { Option } from './define.ts';
import { parseLine } from './parse.ts';
import { withPaperApart } from './reading/read-said.ts';
import { validate } from './validate.ts';

// https://discord.com/developers/docs/interactions/application-commands#application-command-object
/** Discord also allows `'` and scripts without case; these names are safe on every platform. */
const NAME = /^[-_\p{Ll}\p{N}]{1,32}$/u;
const DESCRIPTION_MAX = 100;
const OPTIONS_MAX = 25;
const SUBCOMMANDS_MAX = 25;
const CHOICES_MAX = 25;
const CHOICE_MAX = 100;
/** Total length of the names, descriptions and choice values of one root command. */
const ROOT_CHARACTERS_MAX = 8000;
/** Any date: only the syntax of the examples is checked. */
const SOME_DAY = new Date('2026-05-29T12:00:00Z');

/** Describes each problem; an empty list if every platform accepts the catalogue. */
export function checkCatalogue(catalogue: Catalogue): string[] {
  const names = catalogue.map(fullName);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  return [
    ...twice.map((name) => `${name} is defined twice`),
    ...rootsOf(catalogue).flatMap((root) => rootProblems(catalogue, root)),
    ...catalogue.flatMap((command) =>
      [...commandProblems(command), ...exampleProblems(catalogue, command)].map(
        (problem) => `${fullName(command)}: ${problem}`,
      ),
    ),
  ];
}

function rootProblems(catalogue: Catalogue, root: string): string[] {
  const commands = catalogue.filter((command) => command.root === root);
  const places = new Set(commands.map(({ name, group }) => group?.name ?? name));
  const characters = commands.reduce((sum, command) => sum + charactersOf(command), root.length);
  return [
    ...(places.size > SUBCOMMANDS_MAX
      ? [`/${root}: ${places.size} subcommands; at most ${SUBCOMMANDS_MAX} are allowed`]
      : []),
    ...(characters > ROOT_CHARACTERS_MAX
      ? [`/${root}: ${characters} characters; at most ${ROOT_CHARACTERS_MAX} are allowed`]
      : []),
  ];
}

function commandProblems(command: CommandShape): string[] {
  const { name: file = '', description = '' } = command.attachment ?? {};
  const options = Object.entries(command.options);
  const problems = [
    ...(command.attachment
      ? [...nameProblems('attachment', file), ...descriptionProblems('attachment: ', description)]
      : []),
    ...nameProblems('name', command.name),
    ...descriptionProblems('', command.description),
  ];
  if (options.length > OPTIONS_MAX)
    problems.push(`${options.length} options; at most ${OPTIONS_MAX} are allowed`);
  for (const [name, option] of options) problems.push(...optionProblems(name, option));
  if (command.rest !== undefined && command.options[command.rest]?.type !== 'string') {
    problems.push(`rest is ${command.rest}, which is not a string option`);
  }
  return problems;
}

function optionProblems(name: string, option: Option): string[] {
  const problems = [
    ...nameProblems(`option ${name}: name`, name),
    ...descriptionProblems(`option ${name}: `, option.description),
  ];
  if (option.type === 'choice') {
    if (option.choices.length === 0 || option.choices.length > CHOICES_MAX) {
      problems.push(`option ${name}: ${option.choices.length} choices; 1 to ${CHOICES_MAX} are allowed`);
    }
    for (const choice of option.choices) {
      if (choice === '' || choice.length > CHOICE_MAX) problems.push(`option ${name}: choice “${choice}”`);
    }
    if (option.default !== undefined && !option.choices.includes(option.default)) {
      problems.push(`option ${name}: its default is not one of its choices`);
    }
  }
  if (option.type === 'integer') {
    const { min = -Infinity, max = Infinity, default: fallback } = option;
    if (min > max) problems.push(`option ${name}: min is greater than max`);
    if (fallback !== undefined && (fallback < min || fallback > max)) {
      problems.push(`option ${name}: its default is out of range`);
    }
  }
  return problems;
}

function nameProblems(what: string, name: string): string[] {
  return NAME.test(name) ? [] : [`${what} “${name}” does not match ${NAME.source}`];
}

function descriptionProblems(what: string, text: string): string[] {
  if (text.length >= 1 && text.length <= DESCRIPTION_MAX) return [];
  return [`${what}description of ${text.length} characters; 1 to ${DESCRIPTION_MAX} are allowed`];
}

function exampleProblems(catalogue: Catalogue, command: CommandShape): string[] {
  // No slip is forgiven in a command that changes something.
  const strict = catalogue.map((each): CommandShape => ({ ...each, changes: true }));
  return command.examples.flatMap((line) => {
    try {
      const parsed = parseLine(strict, line);
      validate(parsed.command, withPaperApart(parsed.command, parsed.values), SOME_DAY);
      return fullName(parsed.command) === fullName(command)
        ? []
        : [`its example “${line}” runs another command`];
    } catch (error) {
      return [`its example “${line}” fails: ${messageOf(error)}`];
    }
  });
}

function charactersOf(command: CommandShape): number {
  const options = menuOptions(command).map(
    ([name, option]) =>
      name.length +
      option.description.length +
      (option.type === 'choice' ? 2 * option.choices.join('').length : 0),
  );
  const { name = '', description = '' } = command.attachment ?? {};
  const own = [command.name, command.description, name, description].join('').length;
  return options.reduce((sum, count) => sum + count, own);
}
