/** The visible text of a message or a view: words, without the marks for bold text or links. */
import { type Seen, type Summary, summary } from '../../visible-text.ts';
import type { FakeMessage, FakeView } from '../model.ts';
import { elementsOf } from '../rules/blocks.ts';
import { type Block, type Element, type RichPart, type Text, wordsOf } from '../wire.ts';
import { readMrkdwn } from './mrkdwn.ts';

type Shown = Pick<FakeMessage, 'text' | 'blocks'> | FakeView;

/** From top to bottom, one part per line. Blocks hide the message's text, which is for notifications. */
export function shownText(shown: Shown): string {
  return readShown(shown).text;
}

/** Includes links, mentions and marks, for tests with hostile texts. */
export function readShown(shown: Shown): Summary {
  const { text, blocks } = contentOf(shown);
  const parts = blocks.length > 0 ? blocks.flatMap(seenIn) : [readMrkdwn(text)];
  const read = parts.map(summary);
  return {
    text: read
      .map((part) => part.text)
      .filter((part) => part !== '')
      .join('\n'),
    links: read.flatMap(({ links }) => links),
    mentions: read.flatMap(({ mentions }) => mentions),
    marks: read.flatMap(({ marks }) => marks),
  };
}

function contentOf(shown: Shown): Pick<FakeMessage, 'text' | 'blocks'> {
  if (!('view' in shown)) return shown;
  const { title, blocks } = shown.view;
  return { text: '', blocks: title ? [{ type: 'header', text: title }, ...blocks] : blocks };
}

/** One part per line. */
function seenIn(block: Block): readonly (readonly Seen[])[] {
  const { type, text, fields = [], elements = [], title, label, hint, alt_text: alt, accessory } = block;
  switch (type) {
    case 'rich_text':
      return elements.flatMap(seenInRichText);
    case 'context':
      return [
        elements.flatMap((element, index) => [
          ...(index > 0 ? [literal('  ')] : []),
          ...seenInContext(element),
        ]),
      ];
    case 'table':
      return (block.rows ?? []).map((row) =>
        row.flatMap((cell, index) => [...(index > 0 ? [literal('\t')] : []), ...seenInCell(cell)]),
      );
    default:
      return [
        ...[text, ...fields, title, label, hint].flatMap((each) =>
          each === undefined ? [] : [seenInText(each)],
        ),
        ...[alt, accessory?.alt_text].flatMap((each) => (each ? [[literal(each)]] : [])),
      ];
  }
}

function literal(text: string): Seen {
  return { kind: 'text', text };
}

/** Plain text is unchanged, except for the names of emoji, unless these are off. */
function seenInText(text: Text | string): readonly Seen[] {
  if (typeof text === 'string') return readMrkdwn(text);
  if (text.type === 'mrkdwn') return readMrkdwn(text.text, { verbatim: text.verbatim ?? false });
  if (text.emoji === false) return [literal(text.text)];
  return text.text
    .split(/(:[a-z0-9_+'-]+:)/)
    .filter((part) => part !== '')
    .map((part): Seen => (/^:[^:]+:$/.test(part) ? { kind: 'mention', source: part } : literal(part)));
}

/** An element of a context: a text object, or an image with its text. */
function seenInContext(
  element: Element & { readonly verbatim?: boolean; readonly emoji?: boolean },
): readonly Seen[] {
  if (element.type === 'image') return [literal(element.alt_text ?? '')];
  return typeof element.text === 'string' ? seenInText({ ...element, text: element.text }) : [];
}

function seenInCell(cell: RichPart): readonly Seen[] {
  if (cell.type !== 'rich_text') return [literal(wordsOf(cell.text))];
  return (cell.elements ?? []).flatMap((part) => seenInRichText(part).flat());
}

const SURROUNDING = { rich_text_quote: 'quote', rich_text_preformatted: 'code block' } as const;

function seenInRichText(part: RichPart): readonly (readonly Seen[])[] {
  const { type, elements = [] } = part;
  if (type === 'rich_text_list') return elements.map((item) => (item.elements ?? []).map(seenInLeaf));
  const content = elements.map(seenInLeaf);
  const mark = SURROUNDING[type as keyof typeof SURROUNDING];
  return [mark ? [{ kind: 'mark', mark, content }] : content];
}

function seenInLeaf(leaf: RichPart): Seen {
  const seen = withoutStyle(leaf);
  const styles = typeof leaf.style === 'object' ? leaf.style : {};
  return (['bold', 'italic', 'strike', 'code'] as const)
    .filter((style) => styles[style])
    .reduce<Seen>((content, mark) => ({ kind: 'mark', mark, content: [content] }), seen);
}

function withoutStyle({ type, text, url = '', fallback, name, ...leaf }: RichPart): Seen {
  switch (type) {
    case 'text':
      return literal(wordsOf(text));
    case 'link':
      return { kind: 'link', url, content: [literal(wordsOf(text) || url)] };
    case 'date':
      return literal(fallback ?? new Date((leaf.timestamp ?? 0) * 1_000).toISOString());
    default:
      return {
        kind: 'mention',
        source: `${type} ${name ?? leaf.user_id ?? leaf.channel_id ?? leaf.range ?? ''}`,
      };
  }
}

export interface ShownButton {
  readonly label: string;
  readonly actionId: string | undefined;
  readonly value: string | undefined;
  readonly url: string | undefined;
}

export function buttonsOf(shown: Shown): ShownButton[] {
  return contentOf(shown)
    .blocks.flatMap(elementsOf)
    .filter(({ type }) => type === 'button')
    .map(({ text, action_id: actionId, value, url }) => ({
      label: wordsOf(text),
      actionId,
      value,
      url,
    }));
}
