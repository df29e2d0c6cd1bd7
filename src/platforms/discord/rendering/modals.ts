/**
 * Forms for the texts of a command. The id of a modal contains the line that was typed, and what is put in is
 * added to it.
 */
import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord.js';
import type { FormValues } from '../../../chat/handlers.ts';
import { type CommandShape, fullName } from '../../../command/catalogue.ts';
import { quoted } from '../../../command/line.ts';
import { CUSTOM_ID, INPUT_LABEL, INPUT_TEXT, MODAL_INPUTS, MODAL_TITLE } from './limits.ts';
import { toPlain } from './markup.ts';

const FORM = 'form ';

/** @returns `undefined` if the line or a value does not fit into a modal */
export function toModal(
  command: CommandShape,
  line: string,
  values: FormValues,
): APIModalInteractionResponseCallbackData | undefined {
  const asked = Object.entries(values).slice(0, MODAL_INPUTS);
  const isTooLong = asked.some(([, value]) => String(value).length > INPUT_TEXT);
  if (isTooLong || FORM.length + line.length > CUSTOM_ID) return undefined;
  return {
    custom_id: `${FORM}${line}`,
    title: toPlain([fullName(command)], MODAL_TITLE),
    components: asked.map(([name, value]) => {
      const option = command.options[name];
      const most = option?.type === 'string' ? (option.maxLength ?? INPUT_TEXT) : INPUT_TEXT;
      return {
        type: ComponentType.Label,
        label: toPlain([option?.description ?? name], INPUT_LABEL),
        component: {
          type: ComponentType.TextInput,
          custom_id: name,
          style: TextInputStyle.Paragraph,
          max_length: Math.min(most, INPUT_TEXT),
          required: true,
          ...(value !== '' && { value: String(value) }),
        },
      };
    }),
  };
}

/** The name and the text of an input; nothing for any other component. */
export function textIn(field: { readonly customId: string; readonly value?: unknown }): [string, string][] {
  return typeof field.value === 'string' ? [[field.customId, field.value]] : [];
}

/** @returns the whole line; `undefined` for a modal that is none of ours */
export function readModal(
  customId: string,
  texts: readonly (readonly [string, string])[],
): string | undefined {
  if (!customId.startsWith(FORM)) return undefined;
  const values = texts.map(([name, text]) => `${name}:${quoted(text.trim())}`);
  return [customId.slice(FORM.length), ...values].join(' ');
}
