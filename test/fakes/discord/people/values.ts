/** Values that Discord's app lets a person fill in, for the options that the bot registered. */
import { OptionType } from '../protocol.ts';
import type { CommandBody, CommandOption, JsonObject } from '../wire.ts';
import { ClientRefusal } from './refusal.ts';

export type Values = Readonly<Record<string, string | number | boolean>>;

const TYPES: Readonly<Record<number, string>> = {
  [OptionType.String]: 'string',
  [OptionType.Integer]: 'number',
  [OptionType.Number]: 'number',
  [OptionType.Boolean]: 'boolean',
  // Its id, which Discord resolves.
  [OptionType.Attachment]: 'string',
};

/** The options of a subcommand (`list`, or `watch list` in a group), or of a command without any. */
export function optionsOf(command: CommandBody, name: string | undefined): readonly CommandOption[] {
  const options = command.options ?? [];
  if (name === undefined) {
    if (options.some(({ type }) => type <= OptionType.SubcommandGroup)) {
      throw new ClientRefusal(`/${command.name} needs a subcommand`);
    }
    return options;
  }
  const [first, second] = name.split(' ');
  const group = options.find((option) => option.type === OptionType.SubcommandGroup && option.name === first);
  const found = (second === undefined ? options : (group?.options ?? [])).find(
    (option) => option.type === OptionType.Subcommand && option.name === (second ?? first),
  );
  if (!found) throw new ClientRefusal(`There is no /${command.name} ${name}`);
  return found.options ?? [];
}

function checkText(option: CommandOption, value: string): void {
  const { name, min_length: min, max_length: max, choices } = option;
  if (max !== null && max !== undefined && value.length > max)
    throw new ClientRefusal(`${name} is longer than ${max}`);
  if (min !== null && min !== undefined && value.length < min)
    throw new ClientRefusal(`${name} is shorter than ${min}`);
  if (value === '') throw new ClientRefusal(`${name} is empty`);
  if (choices?.length && !choices.some((choice) => choice.value === value)) {
    throw new ClientRefusal(`${name} has no choice ${value}`);
  }
}

function checkNumber(option: CommandOption, value: number): void {
  const { name, type, min_value: min, max_value: max, choices } = option;
  if (type === OptionType.Integer && !Number.isSafeInteger(value))
    throw new ClientRefusal(`${name} is not a whole number`);
  if (min !== null && min !== undefined && value < min) throw new ClientRefusal(`${name} is below ${min}`);
  if (max !== null && max !== undefined && value > max) throw new ClientRefusal(`${name} is above ${max}`);
  if (choices?.length && !choices.some((choice) => choice.value === value)) {
    throw new ClientRefusal(`${name} has no choice ${value}`);
  }
}

function checkValue(option: CommandOption, value: string | number | boolean): void {
  if (typeof value !== TYPES[option.type])
    throw new ClientRefusal(`${option.name} is not a ${TYPES[option.type]}`);
  if (typeof value === 'string') checkText(option, value);
  if (typeof value === 'number') checkNumber(option, value);
}

/**
 * The values as sent. A person who is still typing (`partly`) may leave out required ones, and is not checked
 * yet.
 */
export function fillIn(options: readonly CommandOption[], values: Values, partly?: string): JsonObject[] {
  for (const name of Object.keys(values)) {
    if (!options.some((option) => option.name === name))
      throw new ClientRefusal(`There is no option ${name}`);
  }
  return options.flatMap((option) => {
    const value = values[option.name];
    const focused = option.name === partly;
    if (value === undefined) {
      if (option.required && partly === undefined) throw new ClientRefusal(`${option.name} is required`);
      return [];
    }
    if (partly === undefined) checkValue(option, value);
    return [{ name: option.name, type: option.type, value, ...(focused && { focused }) }];
  });
}
