/** All text that a message shows, and the addresses of its links, including those of forwarded messages. */
import type { Message } from 'discord.js';

type Readable = Pick<Message, 'content' | 'embeds' | 'components' | 'poll'>;

/** Properties of embeds and components that contain text or the address of a link. */
const TEXT = ['title', 'description', 'name', 'label', 'content', 'placeholder', 'text', 'url'];
/** Properties that contain further parts. */
const NESTED = ['author', 'footer', 'provider', 'fields', 'components', 'accessory', 'component', 'options'];

export function textOf(message: Message): string {
  const forwarded = [...message.messageSnapshots.values()];
  return [message, ...forwarded].flatMap(partsOf).join('\n');
}

function partsOf({ content, embeds, components, poll }: Readable): string[] {
  const rich: readonly { toJSON(): unknown }[] = [...(embeds ?? []), ...(components ?? [])];
  const asked = poll ? [poll.question.text, ...poll.answers.map(({ text }) => text)] : [];
  return [content, ...rich.flatMap((each) => stringsIn(each.toJSON())), ...asked].filter(isText);
}

function stringsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value !== 'object' || value === null) return [];
  const facts = new Map<string, unknown>(Object.entries(value));
  const own = TEXT.map((key) => facts.get(key)).filter(isText);
  // Discord shows the value of a field, but not the value of a menu option.
  const field = facts.has('label') ? undefined : facts.get('value');
  return [...own, ...(isText(field) ? [field] : []), ...NESTED.flatMap((key) => stringsIn(facts.get(key)))];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
