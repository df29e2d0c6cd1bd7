/** Renders a card as a Discord message: one embed and its buttons. Pure; never throws. */
import type {
  APIActionRowComponent,
  APIComponentInMessageActionRow,
  APIEmbed,
  APIEmbedField,
  APIEmbedImage,
} from 'discord.js';
import type { Block, Card, Entry, Field, Tone } from '../../../chat/card.ts';
import { webUrl } from '../../../chat/invisible.ts';
import { buttonsOf } from './components.ts';
import { describe } from './description.ts';
import {
  AUTHOR_NAME,
  EMBED_DESCRIPTION,
  EMBED_FIELDS,
  EMBED_TITLE,
  EMBED_URL,
  EMBEDS_TOTAL,
  FIELD_NAME,
  FIELD_VALUE,
  FOOTER_TEXT,
  IMAGE_DESCRIPTION,
} from './limits.ts';
import { toMarkdown, toPlain } from './markup.ts';

export interface Rendered {
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIActionRowComponent<APIComponentInMessageActionRow>[];
  /** Lines that do not fit into a button's id, by key. Must be stored before the message is sent. */
  readonly lines: ReadonlyMap<string, string>;
}

/** Colours of the bar next to a card: blue, green and amber, visible on light and dark themes. */
export const TONE_COLORS: Readonly<Record<Tone, number>> = {
  plain: 0x4a6fa5,
  done: 0x3ba55d,
  problem: 0xe8a33d,
};
/** Text of an empty card, because Discord rejects empty messages. */
const NAME = 'Paperboy';
/** Characters for ` · 10,000 more did not fit`. */
const LEFT_OUT = 40;
/** Characters of name and value up to which a field is inline. */
const SHORT_FIELD = 24;
/** Placeholder for a required text. */
const NOTHING = '–';

const whole = new Intl.NumberFormat('en-GB');

export function renderCard(card: Card): Rendered {
  const { lead, described, fields, image } = layOut(card.blocks);
  const own = toMarkdown([card.title ?? ''], EMBED_TITLE);
  const title = lead ? toMarkdown([lead.title], EMBED_TITLE) : own;
  // Above a paper, the card's title ("Saved to your list") is shown as the embed's author, which is small.
  const author = lead ? toPlain([card.title ?? ''], AUTHOR_NAME) : '';
  const words = toPlain(card.footer ?? [], FOOTER_TEXT - LEFT_OUT);

  const room = EMBEDS_TOTAL - title.length - author.length - words.length - LEFT_OUT;
  const description = describe(lead, described, Math.min(EMBED_DESCRIPTION, room));
  const fitting = fieldsWithin(fields, room - description.text.length);

  const missing = description.leftOut.size + fields.length - fitting.length;
  const footer = [words, missing === 0 ? '' : `${whole.format(missing)} more did not fit`]
    .filter(Boolean)
    .join(' · ');
  const thumbnail = lead?.image && toImage(lead.image);
  const embed: APIEmbed = {
    color: TONE_COLORS[card.tone],
    ...(author !== '' && { author: { name: author, ...linkTo(card.url) } }),
    ...(title !== '' && { title, ...linkTo(lead ? lead.url : card.url) }),
    ...(description.text !== '' && { description: description.text }),
    ...(fitting.length > 0 && { fields: fitting }),
    ...(image && { image }),
    ...(thumbnail && { thumbnail }),
    ...(footer !== '' && { footer: { text: footer } }),
  };
  const isEmpty = [title, author, description.text].every((text) => text === '') && fitting.length === 0;
  const seen = card.blocks
    .filter((block) => block.kind === 'entry')
    .filter((entry) => !description.leftOut.has(entry));
  return {
    embeds: [isEmpty ? { ...embed, description: NAME } : embed],
    ...buttonsOf(card, seen),
  };
}

interface Layout {
  /** The main paper, whose title is the embed's title. */
  readonly lead?: Entry;
  /** Blocks for the description. */
  readonly described: readonly Block[];
  /** Trailing fields only, because embeds show fields below the description. */
  readonly fields: readonly Field[];
  /** The first image; others are linked in the description. */
  readonly image?: APIEmbedImage;
}

function layOut(blocks: readonly Block[]): Layout {
  const [first, ...others] = blocks;
  const lead = first?.kind === 'entry' && first.number === undefined ? first : undefined;
  const below = lead ? others : blocks;
  const picture = below.find((block) => block.kind === 'image' && toImage(block) !== undefined);
  const image = picture?.kind === 'image' ? toImage(picture) : undefined;
  const rest = below.filter((block) => block !== picture);

  const firstFields = rest.findIndex(({ kind }) => kind === 'fields');
  const tail = firstFields < 0 ? [] : rest.slice(firstFields);
  const fields = tail.flatMap((block) => (block.kind === 'fields' ? block.fields : []));
  const last =
    tail.every(({ kind }) => kind === 'fields' || kind === 'divider') && fields.length <= EMBED_FIELDS;
  return {
    ...(lead && { lead }),
    ...(image && { image }),
    described: last ? rest.slice(0, rest.length - tail.length) : rest,
    fields: last ? fields : [],
  };
}

/** Returns the first fields that fit into `room` characters. */
function fieldsWithin(fields: readonly Field[], room: number): APIEmbedField[] {
  let left = room;
  const fitting: APIEmbedField[] = [];
  for (const { name, value } of fields) {
    const field = {
      name: toMarkdown([name], FIELD_NAME) || NOTHING,
      value: toMarkdown(value, FIELD_VALUE) || NOTHING,
    };
    left -= field.name.length + field.value.length;
    if (left < 0) break;
    fitting.push({ ...field, inline: Math.max(field.name.length, field.value.length) <= SHORT_FIELD });
  }
  return fitting;
}

function linkTo(address: string | undefined): { readonly url?: string } {
  const url = address === undefined ? undefined : webUrl(address);
  return url === undefined || url.length > EMBED_URL ? {} : { url };
}

function toImage({
  url: address,
  alt,
}: {
  readonly url: string;
  readonly alt: string;
}): APIEmbedImage | undefined {
  const { url } = linkTo(address);
  const description = toPlain([alt], IMAGE_DESCRIPTION);
  return url === undefined ? undefined : { url, ...(description !== '' && { description }) };
}
