/** Usage of a command in words, for help, errors and the guide. */
import type { Block } from '../chat/card.ts';
import { type Catalogue, type CommandShape, fullName, typedOptions } from './catalogue.ts';
import type { Option } from './define.ts';

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/**
 * `/papers search <query> [limit:1-10] [sort:relevance|newest]`: free text first, then options in their
 * order.
 */
export function usageLine(command: CommandShape): string {
  const { rest, options } = command;
  const text = rest === undefined ? undefined : options[rest];
  const named = typedOptions(command).filter(([name]) => name !== rest);
  return [
    fullName(command),
    ...(text === undefined ? [] : [text.required ? `<${rest}>` : `[${rest}]`]),
    ...named.map(([name, option]) => {
      const pair = `${name}:${valueForm(option)}`;
      return option.required ? pair : `[${pair}]`;
    }),
  ].join(' ');
}

/** An option with a sample value: `limit:5`. */
export function optionExample(name: string, option: Option): string {
  switch (option.type) {
    case 'integer':
      return `${name}:${option.default ?? option.min ?? 1}`;
    case 'choice':
      return `${name}:${option.default ?? option.choices[0] ?? ''}`;
    case 'day':
      return `${name}:2026-05-29`;
    case 'string':
      return `${name}:"some words"`;
  }
}

/** “Papers per page: 1 to 10; 5 by default” */
function optionHelp(option: Option): string {
  const fallback = 'default' in option ? `${option.default} by default` : undefined;
  const facts = [rangeOf(option), fallback, option.required ? 'required' : undefined].filter(
    (fact) => fact !== undefined,
  );
  return facts.length === 0 ? option.description : `${option.description}: ${facts.join('; ')}`;
}

/** The body of `/papers help search`. */
export function commandHelp(command: CommandShape): Block[] {
  const options = typedOptions(command);
  return [
    { kind: 'text', text: [command.description] },
    { kind: 'text', text: [{ kind: 'code', text: usageLine(command) }] },
    ...(options.length === 0
      ? []
      : [
          {
            kind: 'fields' as const,
            fields: options.map(([name, option]) => ({ name, value: [optionHelp(option)] })),
          },
        ]),
    ...command.examples.map((line): Block => ({ kind: 'text', text: [{ kind: 'code', text: line }] })),
  ];
}

/**
 * The guide's table of commands in GitHub's Markdown.
 * @param onlyOn names the platform, for a command that only one platform has
 */
export function commandsTable(
  catalogue: Catalogue,
  onlyOn: (command: CommandShape) => string | undefined,
): string {
  const rows = catalogue.map((command) => [
    inCode(fullName(command)),
    escaped(command.description) + (onlyOn(command) === undefined ? '' : ` (${onlyOn(command)} only)`),
    typedOptions(command)
      .map(([name]) => inCode(name))
      .join(', '),
    inCode(command.examples[0]),
  ]);
  const lines = [['Command', 'What it does', 'Options', 'Example'], ['---', '---', '---', '---'], ...rows];
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

function valueForm(option: Option): string {
  switch (option.type) {
    case 'integer':
      return option.min !== undefined && option.max !== undefined ? `${option.min}-${option.max}` : 'number';
    case 'choice':
      return option.choices.join('|');
    case 'day':
      return 'day';
    case 'string':
      return 'text';
  }
}

function rangeOf(option: Option): string | undefined {
  switch (option.type) {
    case 'integer':
      if (option.min !== undefined && option.max !== undefined) return `${option.min} to ${option.max}`;
      // A minimum of 1 is obvious for a count.
      if (option.min !== undefined && option.min > 1) return `from ${option.min}`;
      return option.max === undefined ? undefined : `at most ${option.max}`;
    case 'choice':
      return either.format(option.choices);
    case 'day':
      return '2026-05-29, 2026-05, yesterday, last friday or 30d';
    case 'string':
      return undefined;
  }
}

function inCode(text: string): string {
  return `\`${escaped(text)}\``;
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}
