/** Limits of buttons and menus: https://docs.discord.com/developers/components/reference */
import { ButtonStyle, ComponentType } from '../protocol.ts';
import { type Problem, tooLong, wrong } from '../refusal.ts';
import type { Component, SelectOption } from '../wire.ts';
import { checkUrl, lengthOf } from './embeds.ts';

export const ROWS = 5;
export const BUTTONS_IN_ROW = 5;
export const CUSTOM_ID = 100;
export const BUTTON_LABEL = 80;
export const BUTTON_URL = 512;
export const SELECT_OPTIONS = 25;
export const SELECT_TEXT = 100;
export const PLACEHOLDER = 150;
/** In a message with the flag IS_COMPONENTS_V2, including nested components. */
export const COMPONENTS_V2 = 40;

type Path = Problem['path'];

/** The component and everything inside it, each with its path. */
export function walk(components: readonly Component[], path: Path): (readonly [Path, Component])[] {
  return components.flatMap((component, index) => {
    const here = [...path, index];
    const single = component.accessory ?? component.component;
    return [
      [here, component] as const,
      ...walk(component.components ?? [], [...here, 'components']),
      ...(single ? walk([single], [...here, 'accessory']) : []),
    ];
  });
}

function checkButton(path: Path, button: Component): Problem[] {
  const link = button.style === ButtonStyle.Link;
  const problems: Problem[] = [];
  if (lengthOf(button.label) > BUTTON_LABEL) problems.push(tooLong([...path, 'label'], BUTTON_LABEL));
  if (!button.label && !button.emoji) {
    problems.push(wrong(path, 'BUTTON_COMPONENT_INVALID_LABEL', 'A button needs a label or an emoji'));
  }
  if (link && !button.url) problems.push(wrong([...path, 'url'], 'BASE_TYPE_REQUIRED', 'A url is required'));
  if (!link && !button.custom_id) {
    problems.push(wrong([...path, 'custom_id'], 'BASE_TYPE_REQUIRED', 'A custom id is required'));
  }
  if (button.url && button.custom_id) {
    const words = 'A custom id and url cannot both be specified';
    problems.push(wrong([...path, 'custom_id'], 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', words));
  }
  return [...problems, ...checkUrl([...path, 'url'], button.url, BUTTON_URL)];
}

function checkOption(path: Path, option: SelectOption): Problem[] {
  return (['label', 'value', 'description'] as const)
    .filter((key) => lengthOf(option[key]) > SELECT_TEXT)
    .map((key) => tooLong([...path, key], SELECT_TEXT));
}

function checkSelect(path: Path, select: Component): Problem[] {
  const options = select.options ?? [];
  const values = new Set(options.map(({ value }) => value));
  return [
    ...(lengthOf(select.placeholder) > PLACEHOLDER ? [tooLong([...path, 'placeholder'], PLACEHOLDER)] : []),
    ...(options.length > SELECT_OPTIONS ? [tooLong([...path, 'options'], SELECT_OPTIONS)] : []),
    ...(options.length === 0
      ? [wrong([...path, 'options'], 'BASE_TYPE_REQUIRED', 'This field is required')]
      : []),
    ...(values.size < options.length
      ? [
          wrong(
            [...path, 'options'],
            'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
            'The specified option value is already used',
          ),
        ]
      : []),
    ...options.flatMap((option, index) => checkOption([...path, 'options', index], option)),
  ];
}

function checkRow(path: Path, row: Component): Problem[] {
  const inside = row.components ?? [];
  const buttons = inside.filter(({ type }) => type === ComponentType.Button).length;
  const fits = buttons === inside.length ? buttons >= 1 && buttons <= BUTTONS_IN_ROW : inside.length === 1;
  return fits
    ? []
    : [
        wrong(
          [...path, 'components'],
          'BASE_TYPE_BAD_LENGTH',
          'Must be between 1 and 5 buttons, or one menu.',
        ),
      ];
}

function checkOne(path: Path, component: Component): Problem[] {
  const own = lengthOf(component.custom_id) > CUSTOM_ID ? [tooLong([...path, 'custom_id'], CUSTOM_ID)] : [];
  if (component.type === ComponentType.Row) return [...own, ...checkRow(path, component)];
  if (component.type === ComponentType.Button) return [...own, ...checkButton(path, component)];
  if (component.type === ComponentType.StringSelect) return [...own, ...checkSelect(path, component)];
  return own;
}

export function checkComponents(components: readonly Component[], v2: boolean): Problem[] {
  const problems: Problem[] = [];
  const all = walk(components, ['components']);
  if (!v2 && components.length > ROWS) problems.push(tooLong(['components'], ROWS));
  if (v2 && all.length > COMPONENTS_V2) problems.push(tooLong(['components'], COMPONENTS_V2));
  if (!v2 && components.some(({ type }) => type !== ComponentType.Row)) {
    problems.push(wrong(['components'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).'));
  }
  const ids = new Set<string>();
  for (const [path, component] of all) {
    problems.push(...checkOne(path, component));
    const id = component.custom_id;
    if (!id) continue;
    if (ids.has(id)) {
      const words = 'Component custom id cannot be duplicated';
      problems.push(wrong([...path, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', words));
    }
    ids.add(id);
  }
  return problems;
}
