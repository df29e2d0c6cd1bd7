/** Collects all text and link URLs of a message, including forwarded messages. */
import type { Message } from 'discord.js';

type Readable = Pick<Message, 'content' | 'embeds' | 'components' | 'poll' | 'attachments'>;

/** Properties of embeds and components that contain text or a URL. */
const TEXT = ['title', 'description', 'name', 'label', 'content', 'placeholder', 'text', 'url'];
/** Properties with nested parts. */
const NESTED = [
  ...['author', 'footer', 'provider', 'fields'],
  ...['components', 'accessory', 'component', 'options', 'items'],
];

export function textOf(message: Message): string {
  const forwarded = [...message.messageSnapshots.values()];
  return [message, ...forwarded].flatMap(partsOf).join('\n');
}

function partsOf({ content, embeds, components, poll, attachments }: Readable): string[] {
  const rich: readonly { toJSON(): unknown }[] = [...(embeds ?? []), ...(components ?? [])];
  const asked = poll ? [poll.question.text, ...poll.answers.map(({ text }) => text)] : [];
  return [
    content,
    ...rich.flatMap((each) => stringsIn(each.toJSON())),
    ...asked,
    ...filesIn(attachments),
  ].filter(isText);
}

/** Names such as `2406.01574v2.pdf`, titles and descriptions. */
function filesIn(attachments: Readable['attachments'] | undefined): Array<string | null> {
  return [...(attachments?.values() ?? [])].flatMap(({ name, title, description }) => [
    name,
    title,
    description,
  ]);
}

function stringsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (typeof value !== 'object' || value === null) return [];
  const facts = new Map<string, unknown>(Object.entries(value));
  const own = TEXT.map((key) => facts.get(key)).filter(isText);
  // The value of a field is visible, but not the value of a menu option.
  const field = facts.has('label') ? undefined : facts.get('value');
  return [...own, ...(isText(field) ? [field] : []), ...NESTED.flatMap((key) => stringsIn(facts.get(key)))];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
