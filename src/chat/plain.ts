/** Renders a card as plain text with line breaks, for notifications, screen readers and logs. */
import type { Action, Block, Card, Entry, Inline, RichText } from './card.ts';
import { visible, webUrl } from './invisible.ts';

/** Never empty, because platforms reject a notification without text. */
export function toPlainText(card: Card): string {
  const actions = (card.actions ?? []).flatMap(plainLink);
  const lines = [
    ...(card.title === undefined ? [] : [visible(card.title)]),
    ...(card.url === undefined ? [] : plainUrl(card.url)),
    ...card.blocks.flatMap(plainBlock),
    ...actions,
    ...(card.footer === undefined ? [] : [plainRichText(card.footer)]),
  ].filter((line) => line.trim() !== '');
  return lines.length === 0 ? 'Paperboy' : lines.join('\n');
}

export function plainRichText(text: RichText): string {
  return text.map(plainInline).join('');
}

function plainInline(inline: Inline): string {
  if (typeof inline === 'string') return visible(inline);
  switch (inline.kind) {
    case 'bold':
    case 'italic':
    case 'code':
    case 'dim':
    case 'channel':
      return visible(inline.text);
    case 'link': {
      const url = webUrl(inline.url);
      const text = visible(inline.text);
      return url === undefined || text === inline.url ? text : `${text} (${url})`;
    }
  }
}

function plainBlock(block: Block): string[] {
  switch (block.kind) {
    case 'text':
      return [plainRichText(block.text)];
    case 'entry':
      return plainEntry(block);
    case 'fields':
      return block.fields.map(({ name, value }) => `${visible(name)}: ${plainRichText(value)}`);
    case 'image':
      return [visible(block.alt)];
    case 'divider':
      return [];
  }
}

function plainEntry(entry: Entry): string[] {
  const number = entry.number === undefined ? '' : `${entry.number}. `;
  return [
    `${number}${visible(entry.title)}`,
    ...(entry.url === undefined ? [] : plainUrl(entry.url)),
    ...entry.meta.map(plainRichText),
    ...entry.body.map(plainRichText),
  ];
}

function plainUrl(url: string): string[] {
  const safe = webUrl(url);
  return safe === undefined ? [] : [safe];
}

/** Links work in plain text; buttons that run a command do not. */
function plainLink(action: Action): string[] {
  if (action.kind === 'run') return [];
  const url = webUrl(action.url);
  return url === undefined ? [] : [`${visible(action.label)}: ${url}`];
}
