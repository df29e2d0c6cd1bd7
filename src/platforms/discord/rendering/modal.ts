/** Converts the form of a command to a modal with text inputs, and a submitted modal to a call. */
import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import { parsedOrNothing } from '../../../base/errors.ts';
import { clip } from '../../../chat/clip.ts';
import type { CommandForm } from '../../../chat/handlers.ts';
import {
  type Catalogue,
  type CommandShape,
  fullName,
  isSecretOption,
  opensForm,
} from '../../../command/catalogue.ts';
import type { Option, RawValues } from '../../../command/define.ts';
import { formatLine } from '../../../command/line.ts';
import { parseLine } from '../../../command/parse.ts';
import {
  CUSTOM_ID,
  INPUT_LABEL,
  INPUT_LENGTH,
  INPUT_PLACEHOLDER,
  MODAL_INPUTS,
  MODAL_TITLE,
} from './limits.ts';

const PREFIX = 'form:';

export interface FormCall {
  readonly root: string;
  readonly name: string;
  readonly values: RawValues;
}

/**
 * The options that were typed are in its id.
 * @returns `undefined` if they, or a value, are too long for that
 */
export function toModal(
  command: CommandShape,
  { typed, values }: CommandForm,
): APIModalInteractionResponseCallbackData | undefined {
  const { root, name } = command;
  const customId = `${PREFIX}${formatLine({ root, name, args: typed })}`;
  const isTooLong = Object.values(values).some((value) => String(value).length > INPUT_LENGTH);
  if (isTooLong || customId.length > CUSTOM_ID) return undefined;
  const asked = Object.entries(command.options)
    .filter(([option, { input }]) => input !== 'none' && !Object.hasOwn(typed, option))
    .slice(0, MODAL_INPUTS);
  return {
    custom_id: customId,
    title: clip(fullName(command), MODAL_TITLE),
    components: asked.map(([option, definition]) => {
      const given = values[option];
      const longest = definition.type === 'string' ? (definition.maxLength ?? INPUT_LENGTH) : INPUT_LENGTH;
      return {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.TextInput,
            custom_id: option,
            label: clip(`${option.charAt(0).toUpperCase()}${option.slice(1)}`, INPUT_LABEL),
            placeholder: clip(definition.description, INPUT_PLACEHOLDER),
            style: definition.input === 'paragraph' ? TextInputStyle.Paragraph : TextInputStyle.Short,
            max_length: Math.min(longest, INPUT_LENGTH),
            required: isNeeded(command, definition),
            ...(given !== undefined && given !== '' && { value: String(given) }),
          },
        ],
      };
    }),
  };
}

/** The text of a form for texts is needed too: without it the command says something else. */
function isNeeded({ formEverywhere }: CommandShape, option: Option): boolean {
  const isItsText = formEverywhere === true && option.input === 'paragraph';
  return option.required === true || isItsText || isSecretOption(option);
}

/** `undefined` for a form of a command that no longer exists. */
export function readModal(
  catalogue: Catalogue,
  { customId, fields }: Pick<ModalSubmitInteraction, 'customId' | 'fields'>,
): FormCall | undefined {
  if (!customId.startsWith(PREFIX)) return undefined;
  const meant = parsedOrNothing(() => parseLine(catalogue, customId.slice(PREFIX.length)));
  if (!meant || !opensForm(meant.command)) return undefined;
  const { root, name, options } = meant.command;
  const entered = Object.keys(options).flatMap((option) => {
    const value = fields.fields.has(option) ? fields.getTextInputValue(option).trim() : '';
    return value === '' ? [] : [[option, value] as const];
  });
  return { root, name, values: { ...meant.values, ...Object.fromEntries(entered) } };
}
