/** Finds the interactive elements of a message or a view, and builds their payloads. */

import type { FakeMessage, FakeView } from '../model.ts';
import { elementsOf } from '../rules/blocks.ts';
import { type Block, type Element, type JsonObject, type Option, wordsOf } from '../wire.ts';
import { ClientRefusal } from './refusal.ts';

export type Surface = FakeMessage | FakeView;

export interface FoundElement {
  readonly element: Element;
  readonly blockId: string;
}

export function isView(surface: Surface): surface is FakeView {
  return 'view' in surface;
}

export function blocksOf(surface: Surface): readonly Block[] {
  if (!isView(surface)) return surface.blocks;
  if (surface.closed) throw new ClientRefusal('The view is closed');
  return surface.view.blocks;
}

export function labelOf({ text, action_id: id }: Element): string {
  return wordsOf(text) || (id ?? '');
}

/** By its `action_id` or its label. */
export function findElement(surface: Surface, name: string): FoundElement {
  const all = blocksOf(surface).flatMap((block) =>
    elementsOf(block).map((element) => ({ element, blockId: block.block_id ?? '' })),
  );
  const found =
    all.find(({ element, blockId }) => element.action_id === name || blockId === name) ??
    all.find(({ element }) => labelOf(element) === name);
  if (!found) {
    const known = all.map(({ element }) => labelOf(element)).join(', ');
    throw new ClientRefusal(`There is no ${name}; there is: ${known || 'nothing to use'}`);
  }
  return found;
}

/** A person's input: a text, the value of an option, several of them, or a suggested option. */
export type Input = string | readonly string[] | Option;

const PICKED: Readonly<Record<string, string>> = {
  channels_select: 'selected_channel',
  conversations_select: 'selected_conversation',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  users_select: 'selected_user',
};

function optionsOf({ options = [], option_groups: groups = [] }: Element): readonly Option[] {
  return [...options, ...groups.flatMap((group) => group.options)];
}

function pick(element: Element, value: string): Option {
  const found = optionsOf(element).find((option) => option.value === value || option.text.text === value);
  if (!found) throw new ClientRefusal(`${labelOf(element)} has no ${value}`);
  return found;
}

function oneOf(element: Element, input: Input): Option {
  if (typeof input === 'string') return pick(element, input);
  if (Array.isArray(input)) throw new ClientRefusal(`${labelOf(element)} takes one`);
  return input as Option;
}

/** The input as it appears in an action and in the state of a view. */
export function selectionOf(element: Element, input: Input): JsonObject {
  const { type } = element;
  switch (type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: oneOf(element, input) };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: [input].flat().map((value) => oneOf(element, value as Input)) };
    case 'multi_external_select':
      return { type, selected_options: [input].flat() };
    default: {
      const text = String(input);
      if (element.max_length !== undefined && text.length > element.max_length) {
        throw new ClientRefusal(`${labelOf(element)} takes ${element.max_length} characters`);
      }
      return { type, [PICKED[type] ?? 'value']: text };
    }
  }
}

/** The value of an element that the person does not touch. */
function untouched({
  type,
  initial_value: value,
  initial_option: option,
  initial_options: options,
  initial_date: date,
  initial_time: time,
}: Element): JsonObject {
  if (type.startsWith('multi_') || type === 'checkboxes') return { type, selected_options: options ?? [] };
  if (type.endsWith('select') || type === 'radio_buttons') return { type, selected_option: option ?? null };
  if (type === 'datepicker') return { type, selected_date: date ?? null };
  if (type === 'timepicker') return { type, selected_time: time ?? null };
  return { type, value: value ?? null };
}

function isEmpty(state: JsonObject): boolean {
  const [, content] = Object.entries(state).find(([key]) => key !== 'type') ?? [];
  return content === null || content === '' || (Array.isArray(content) && content.length === 0);
}

/**
 * `state.values` of a form that is filled in by the `action_id` of its inputs, or by the `block_id` if they
 * share one.
 */
export function fillForm(view: FakeView, inputs: Readonly<Record<string, Input>>): JsonObject {
  for (const name of Object.keys(inputs)) findElement(view, name);
  const values: Record<string, Record<string, JsonObject>> = {};
  for (const block of blocksOf(view).filter(
    ({ type }) => type === 'input' || type === 'actions' || type === 'section',
  )) {
    for (const element of elementsOf(block).filter(({ type }) => type !== 'button')) {
      const id = element.action_id ?? '';
      const given = inputs[block.block_id ?? ''] ?? inputs[id];
      const state = given === undefined ? untouched(element) : selectionOf(element, given);
      if (block.type === 'input' && !block.optional && isEmpty(state))
        throw new ClientRefusal(`${id} is required`);
      values[block.block_id ?? ''] = { ...values[block.block_id ?? ''], [id]: state };
    }
  }
  return values;
}
