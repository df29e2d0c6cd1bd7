/** Buttons, menus and forms, as far as a person can use them in Discord's app. */
import type { FakeMessage, Modal } from '../model.ts';
import { ComponentType } from '../protocol.ts';
import { walk } from '../rules/components.ts';
import type { Component, JsonObject } from '../wire.ts';
import { ClientRefusal } from './refusal.ts';

export function findComponent(
  message: FakeMessage,
  type: number,
  matches: (component: Component) => boolean,
): Component {
  const all = walk(message.components, []).map(([, component]) => component);
  const found = all.find((component) => component.type === type && matches(component));
  if (!found) {
    const there = all.flatMap(({ label, custom_id: id }) => label ?? id ?? []).join(', ');
    throw new ClientRefusal(`The message has no such component; it has ${there || 'none'}`);
  }
  if (found.disabled) throw new ClientRefusal(`${found.label ?? found.custom_id} is disabled`);
  return found;
}

/** The rows of a submitted form; `values` by the IDs of the inputs. */
export function fillForm(modal: Modal, values: Readonly<Record<string, string>>): JsonObject[] {
  const inputs = walk(modal.components, []).filter(([, { type }]) => type === ComponentType.TextInput);
  return inputs.map(([, { custom_id: id, max_length: max, required }], index) => {
    const value = values[id ?? ''] ?? '';
    if (required !== false && value === '') throw new ClientRefusal(`${id} is required`);
    if (max && value.length > max) throw new ClientRefusal(`${id} is longer than ${max}`);
    const input = { id: index + 1, type: ComponentType.TextInput, custom_id: id, value };
    return { id: index + 100, type: ComponentType.Row, components: [input] };
  });
}
