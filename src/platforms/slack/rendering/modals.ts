/** Converts a command to a modal with one input per option, and a submitted modal to a call. */
import type { types } from '@slack/bolt';
import { z } from 'zod';
import { UserError } from '../../../base/errors.ts';
import { clip } from '../../../chat/clip.ts';
import type { FormValues } from '../../../chat/handlers.ts';
import { type Catalogue, type CommandShape, findCommand, fullName } from '../../../command/catalogue.ts';
import { validate } from '../../../command/validate.ts';
import { textAtFirst, textIn, toInput } from './inputs.ts';
import { MODAL_BUTTON, MODAL_TITLE } from './limits.ts';
import { plainText, toPlain } from './markup.ts';

/** Callback id of these modals. */
export const MODAL_ID = 'command';
/** The button that shows all inputs of a form. */
export const MORE_ID = 'form.more';
/** Inputs that a form has at first. */
const AT_FIRST = 5;

/** The channel where a form was opened; absent in App Home. */
export interface FormOrigin {
  readonly workspace: string;
  readonly channel: string;
}

export interface FormCall<C extends CommandShape = CommandShape> {
  readonly command: C;
  readonly values: Readonly<Record<string, string>>;
  readonly origin?: FormOrigin;
}

interface FormOptions {
  readonly origin?: FormOrigin;
  /** Values that were typed already and need no input. */
  readonly typed?: FormValues;
  /** Initial values by option, such as the current settings of a feed for `/paperfeed edit`. */
  readonly values?: FormValues;
  /** With all inputs: *More…* was pressed. */
  readonly isWhole?: boolean;
}

const METADATA = z.object({
  root: z.string(),
  name: z.string(),
  // Modals that were opened before an update still use `place`.
  place: z.object({ workspace: z.string(), channel: z.string() }).optional(),
  typed: z.record(z.string(), z.string()).optional(),
});

export function toModal(
  command: CommandShape,
  { origin, typed = {}, values = {}, isWhole = false }: FormOptions = {},
): types.ModalView {
  const { root, name, description } = command;
  const said = Object.fromEntries(Object.entries(typed).map(([option, value]) => [option, String(value)]));
  const asked = Object.entries(command.options).filter(([option]) => !Object.hasOwn(said, option));
  const inputs = asked.flatMap(([option, definition]) => {
    const given = values[option];
    return toInput(option, definition, given === undefined ? undefined : String(given)) ?? [];
  });
  const shown = isWhole ? inputs : inputs.slice(0, AT_FIRST);
  return {
    type: 'modal',
    callback_id: MODAL_ID,
    title: plainText(clip(fullName(command), MODAL_TITLE)),
    submit: plainText(clip(name.charAt(0).toUpperCase() + name.slice(1), MODAL_BUTTON)),
    close: plainText('Cancel'),
    private_metadata: JSON.stringify({ root, name, typed: said, ...(origin && { place: origin }) }),
    blocks: [
      { type: 'context', elements: [plainText(toPlain([description], 300))] },
      ...shown,
      ...(shown.length < inputs.length ? [MORE] : []),
    ],
  };
}

const MORE: types.ActionsBlock = {
  type: 'actions',
  elements: [{ type: 'button', action_id: MORE_ID, text: plainText('More…') }],
};

/** The parts of a submitted form that are read here. */
export interface FormState {
  readonly private_metadata: string;
  readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  readonly blocks: readonly object[];
}

/**
 * Converts a submitted form to a call with the changed values only. Unchanged inputs keep the command's
 * defaults or the feed's settings. An emptied list becomes `none`.
 * @returns `undefined` when the command no longer exists
 */
export function readModal<C extends CommandShape>(
  catalogue: Catalogue<C>,
  { private_metadata, state, blocks }: FormState,
): FormCall<C> | undefined {
  const meant = readForm(catalogue, private_metadata);
  if (meant === undefined) return undefined;
  const { typed, ...call } = meant;
  const put = Object.entries(call.command.options).flatMap(([name, option]) => {
    const [input] = Object.values(state.values[name] ?? {});
    const before = textAtFirst(elementCalled(blocks, name));
    const now = textIn(input);
    if (now === before) return [];
    if (now !== '') return [[name, now] as const];
    return option.type === 'string' && option.list ? [[name, 'none'] as const] : [];
  });
  return { ...call, values: { ...typed, ...Object.fromEntries(put) } };
}

/** Reads the option that an external select requests values for. */
export function readSuggestion<C extends CommandShape>(
  catalogue: Catalogue<C>,
  asked: {
    readonly block_id: string;
    readonly value: string;
    readonly view?: { readonly private_metadata: string };
  },
) {
  const meant = asked.view && readForm(catalogue, asked.view.private_metadata);
  if (meant === undefined) return undefined;
  const { command, origin } = meant;
  return { command, ...(origin && { origin }), option: asked.block_id, typed: asked.value };
}

/** Returns errors by input, for `response_action: 'errors'`; `undefined` when all values are valid. */
export function problemsIn(
  { command, values }: FormCall,
  now: Date,
): Readonly<Record<string, string>> | undefined {
  const problems = Object.entries(command.options).flatMap(([name, option]) => {
    const value = values[name];
    try {
      validate(
        { ...command, options: { [name]: option } },
        value === undefined ? {} : { [name]: value },
        now,
      );
      return [];
    } catch (error) {
      if (error instanceof UserError) return [[name, error.message] as const];
      throw error;
    }
  });
  return problems.length === 0 ? undefined : Object.fromEntries(problems);
}

/** The command of an open form, with the options that were typed. */
export function readForm<C extends CommandShape>(catalogue: Catalogue<C>, metadata: string) {
  const read = METADATA.safeParse(parsed(metadata));
  if (!read.success) return undefined;
  const { root, name, place: origin, typed = {} } = read.data;
  const command = findCommand(catalogue, root, name);
  return command && { command, typed, ...(origin && { origin }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function elementCalled(blocks: readonly object[], name: string): unknown {
  const block = blocks.find((each) => 'block_id' in each && each.block_id === name);
  return block && 'element' in block ? block.element : undefined;
}
