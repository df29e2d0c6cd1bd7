/** Limits of blocks, and IDs that must not repeat. */
import { type Block, type Element, type RichPart, type Text, wordsOf } from '../wire.ts';
import { atMost, checkElement, checkText, countAtMost, type Problems } from './elements.ts';
import * as limits from './limits.ts';

function checkBlock(path: string, block: Block): Problems {
  const { type, elements = [] } = block;
  switch (type) {
    case 'section':
      return [
        ...checkText(`${path}/text`, block.text, limits.SECTION_TEXT),
        ...(block.fields ? countAtMost(`${path}/fields`, block.fields, limits.FIELDS) : []),
        ...(block.fields ?? []).flatMap((field, index) =>
          checkText(`${path}/fields/${index}`, field, limits.FIELD_TEXT),
        ),
        ...(!block.text && !block.fields ? [`missing required field: text [json-pointer:${path}]`] : []),
        ...(block.accessory ? checkElement(`${path}/accessory`, block.accessory) : []),
      ];
    case 'header':
      return checkText(`${path}/text`, block.text, limits.HEADER_TEXT);
    case 'context':
      return [
        ...countAtMost(`${path}/elements`, elements, limits.CONTEXT_ELEMENTS),
        ...elements.flatMap((element, index) =>
          element.type === 'image'
            ? checkImage(`${path}/elements/${index}`, element)
            : checkText(`${path}/elements/${index}`, element.text, limits.CONTEXT_TEXT),
        ),
      ];
    case 'actions':
      return [
        ...countAtMost(`${path}/elements`, elements, limits.ACTIONS_ELEMENTS),
        ...elements.flatMap((element, index) => checkElement(`${path}/elements/${index}`, element)),
      ];
    case 'image':
      return [...checkImage(path, block), ...checkText(`${path}/title`, block.title, limits.IMAGE_TITLE)];
    case 'markdown':
      return checkText(path, block.text, limits.MARKDOWN_TEXT);
    case 'input':
      return [
        ...checkText(`${path}/label`, block.label, limits.LABEL),
        ...checkText(`${path}/hint`, block.hint, limits.LABEL),
        ...(block.element ? checkElement(`${path}/element`, block.element) : []),
      ];
    case 'table':
      return [
        ...countAtMost(`${path}/rows`, block.rows, limits.TABLE_ROWS),
        ...(block.rows ?? []).flatMap((row, index) =>
          countAtMost(`${path}/rows/${index}`, row, limits.TABLE_COLUMNS),
        ),
      ];
    default:
      return [];
  }
}

function checkImage(
  path: string,
  { alt_text: alt, image_url: url }: Pick<Block, 'alt_text' | 'image_url'>,
): Problems {
  return [
    ...(alt === undefined ? [`missing required field: alt_text [json-pointer:${path}]`] : []),
    ...atMost(`${path}/alt_text`, alt, limits.ALT_TEXT),
    ...atMost(`${path}/image_url`, url, limits.URL_LENGTH),
  ];
}

/** Every interactive element in a block. */
export function elementsOf(block: Block): readonly Element[] {
  const { accessory, element, elements = [], type } = block;
  return [
    ...(accessory ? [accessory] : []),
    ...(element ? [element] : []),
    ...(type === 'actions' || type === 'context_actions' ? elements : []),
  ];
}

function repeated(ids: readonly (string | undefined)[]): string[] {
  const known = ids.filter((id): id is string => id !== undefined);
  return [...new Set(known.filter((id, index) => known.indexOf(id) !== index))];
}

export function checkBlocks(blocks: readonly Block[], most: number): Problems {
  return [
    ...(blocks.length > most ? [`no more than ${most} items allowed [json-pointer:/blocks]`] : []),
    ...blocks.flatMap((block, index) => [
      ...checkBlock(`/blocks/${index}`, block),
      ...atMost(`/blocks/${index}/block_id`, block.block_id, limits.ID_LENGTH),
      ...repeated(elementsOf(block).map(({ action_id: id }) => id)).map(
        (id) =>
          `\`action_id\` "${id}" already exists for \`block_id\` "${block.block_id}" [json-pointer:/blocks/${index}]`,
      ),
    ]),
    ...repeated(blocks.map(({ block_id: id }) => id)).map(
      (id) => `\`block_id\` "${id}" already exists [json-pointer:/blocks]`,
    ),
  ];
}

/** Every text object in a block, with its path. Rich text has none. */
export function textsOf(block: Block): readonly Text[] {
  const { text, fields = [], elements = [], accessory, label, hint, title, type } = block;
  const inElements = type === 'rich_text' ? [] : elements;
  const all = [text, ...fields, label, hint, title, accessory?.text, ...inElements.map(toText)];
  return all.filter((each): each is Text => typeof each === 'object' && each !== null);
}

/** An element of a context is a text itself; a button has one. */
function toText(element: Element): Text | undefined {
  if (typeof element.text === 'string') return { type: element.type, text: element.text };
  return element.text;
}

/** The leaves of rich text. */
export function leavesOf(part: RichPart | Block): readonly RichPart[] {
  const { elements } = part;
  return elements ? elements.flatMap((inner) => leavesOf(inner)) : [part as RichPart];
}

/** Characters of all blocks together, as Slack counts them against `BLOCKS_TOGETHER`. */
export function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => {
    const texts = textsOf(block).reduce((inner, { text }) => inner + text.length, 0);
    const plain = typeof block.text === 'string' ? block.text.length : 0;
    const rich = block.type === 'rich_text' ? leavesOf(block) : [];
    return sum + texts + plain + rich.reduce((inner, { text }) => inner + wordsOf(text).length, 0);
  }, 0);
}
