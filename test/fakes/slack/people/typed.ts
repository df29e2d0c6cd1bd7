/** What Slack's app makes of what a person types. */
import type { Block, RichPart } from '../wire.ts';

/** `&`, `<` and `>` never travel as such. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Messages of people come with their text as rich text too. */
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
