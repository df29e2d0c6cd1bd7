/**
 * Finds reasons for which Slack would refuse a message or a view, by its documented limits, and parts that a
 * person would not see.
 */

import { visible } from '../../../src/chat/invisible.ts';
import { readPress } from '../../../src/platforms/slack/rendering/buttons.ts';
import { ACTION_ID, ACTIONS, BLOCK_ID, BUTTON_URL } from '../../../src/platforms/slack/rendering/limits.ts';
import type { Rendered, RenderedBlocks } from '../../../src/platforms/slack/rendering/render.ts';
import { checkBlock } from '../../fakes/slack/schema/block-schema.ts';

const HIDDEN =
  /[\p{Cc}\p{Cs}\p{Co}\u00AD\u061C\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/u;

interface Node {
  readonly type?: string;
  readonly [key: string]: unknown;
}

/** Empty if there are no problems. */
export function breaches(rendered: Rendered): string[] {
  return [
    ...blockBreaches(rendered, 50),
    ...within('characters of all blocks', everyString(rendered.blocks), 1, 13_200),
    ...within('the text', rendered.text.trim() === '' ? 0 : rendered.text.length, 1, 3_000),
    ...(/[<>]|&(?!(?:amp|lt|gt);)/.test(rendered.text) ? ['the text is not escaped'] : []),
    ...seen('the text', rendered.text),
  ];
}

export function blockBreaches({ blocks, lines }: RenderedBlocks, most: number): string[] {
  const nodes = nodesIn(blocks);
  const ids = nodes.flatMap(({ action_id }) => (typeof action_id === 'string' ? [action_id] : []));
  return [
    ...within('blocks', blocks.length, 1, most),
    ...blocks.flatMap((block) => checkBlock(block) ?? []),
    ...blocks.flatMap(({ block_id = '-' }) => within('block id', block_id.length, 1, BLOCK_ID)),
    ...(new Set(ids).size < ids.length ? ['two elements of one id'] : []),
    ...nodes.flatMap((node) => nodeBreaches(node, lines)),
  ];
}

function nodeBreaches(node: Node, lines: ReadonlyMap<string, string>): string[] {
  switch (node.type) {
    case 'header':
      return text('header', textOf(node), 150);
    case 'plain_text':
      return [
        ...text('plain text', node['text'], 3_000),
        ...(node['emoji'] === false ? [] : ['emoji are read']),
      ];
    case 'text':
      return text('rich text', node['text'], 13_200, '\n');
    case 'rich_text_section':
      return (node['elements'] as unknown[]).length === 0 ? ['an empty section'] : [];
    case 'link':
      return [...text('link', node['text'], 3_000), ...address(node['url'], 3_000)];
    case 'image':
      return [...text('alt text', node['alt_text'], 2_000), ...address(node['image_url'], 3_000)];
    case 'actions':
      return within('actions', (node['elements'] as unknown[]).length, 1, ACTIONS);
    case 'context':
      return within('context', (node['elements'] as unknown[]).length, 1, 10);
    case 'button':
      return buttonBreaches(node, lines);
    case 'static_select':
      return menuBreaches(node, lines);
    default:
      return [];
  }
}

function buttonBreaches(node: Node, lines: ReadonlyMap<string, string>): string[] {
  const { action_id, value, url } = node as { action_id: string; value?: string; url?: string };
  const label = text('button', textOf(node), 75);
  if (url !== undefined)
    return [...label, ...address(url, BUTTON_URL), ...within('id', action_id.length, 1, ACTION_ID)];
  const press = readPress({ action_id, ...(value !== undefined && { value }) });
  return [
    ...label,
    ...within('id', action_id.length, 1, ACTION_ID),
    ...within('value', value?.length ?? 0, 1, 2_000),
    ...(press === undefined ? [`unreadable ${action_id} ${value}`] : []),
    ...(press && 'key' in press && !lines.has(press.key) ? [`no line for ${value}`] : []),
  ];
}

function menuBreaches(node: Node, lines: ReadonlyMap<string, string>): string[] {
  const { action_id, options } = node as {
    action_id: string;
    options: { text: Node; value: string }[];
  };
  return [
    ...within('options', options.length, 1, 100),
    ...options.flatMap((option) => {
      const press = readPress({ action_id, selected_option: option });
      return [
        ...text('option', option.text['text'], 75),
        ...within('value', option.value.length, 1, 150),
        ...(press === undefined ? [`unreadable ${option.value}`] : []),
        ...(press && 'key' in press && !lines.has(press.key) ? [`no line for ${option.value}`] : []),
      ];
    }),
  ];
}

/** Every object of a tree that has a type. */
export function nodesIn(tree: unknown): Node[] {
  if (Array.isArray(tree)) return tree.flatMap(nodesIn);
  if (typeof tree !== 'object' || tree === null) return [];
  const node = tree as Node;
  return [...(typeof node.type === 'string' ? [node] : []), ...Object.values(tree).flatMap(nodesIn)];
}

/** The length of everything except structure, by the strictest way in which Slack could count. */
function everyString(tree: unknown): number {
  if (Array.isArray(tree)) return tree.reduce<number>((sum, each) => sum + everyString(each), 0);
  if (typeof tree !== 'object' || tree === null) return 0;
  return Object.entries(tree).reduce((sum, [key, value]) => {
    if (typeof value !== 'string') return sum + everyString(value);
    return ['type', 'action_id', 'block_id', 'style'].includes(key) ? sum : sum + value.length;
  }, 0);
}

function textOf(node: Node): unknown {
  return (node['text'] as Node | undefined)?.['text'];
}

function text(what: string, value: unknown, limit: number, except?: string): string[] {
  const words = String(value ?? '');
  const isBreak = except !== undefined && words === except;
  return isBreak ? [] : [...within(what, words === '' ? 0 : words.length, 1, limit), ...seen(what, words)];
}

function seen(what: string, words: string): string[] {
  const line = words.replaceAll('\n', ' ');
  return visible(line) !== line || HIDDEN.test(line) ? [`${what}: something invisible`] : [];
}

function address(value: unknown, limit: number): string[] {
  const url = String(value ?? '');
  return [
    ...within('address', url.length, 1, limit),
    ...(/^https?:\/\//.test(url) ? [] : [`address ${url}`]),
  ];
}

function within(what: string, count: number, least: number, most: number): string[] {
  return count < least || count > most ? [`${what}: ${count}, not ${least} to ${most}`] : [];
}
