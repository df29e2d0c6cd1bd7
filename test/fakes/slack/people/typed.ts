/** Slack's app's conversion of typed text. */
import type { Block, RichPart } from '../wire.ts';

/** `&`, `<` and `>` are always escaped. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** People's messages also carry their text as rich text. */
export function toRichText(text: string): Block {
  const parts = text.split(/(<[^<>]+>)/).filter((part) => part !== '');
  const elements: RichPart[] = parts.map((part) => {
    if (part.startsWith('<@')) return { type: 'user', user_id: part.slice(2, -1) };
    if (part.startsWith('<')) return { type: 'link', url: part.slice(1, -1) };
    return { type: 'text', text: unescaped(part) };
  });
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] } as Block;
}

export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
