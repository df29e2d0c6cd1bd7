/** Finds breaches of Discord's documented limits, and text that readers could not see. */
import type { APIEmbed } from 'discord.js';
import { visible } from '../../../src/chat/invisible.ts';
import { MENU_ID, readCustomId } from '../../../src/platforms/discord/rendering/components.ts';
import type { Rendered } from '../../../src/platforms/discord/rendering/render.ts';

const HIDDEN =
  /[\p{Cc}\p{Cs}\p{Co}\u00AD\u061C\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/u;

/** Empty when there is nothing wrong. */
export function breaches({ embeds, components, lines }: Rendered): string[] {
  const buttons = components.flatMap((row) => row.components);
  const ids = buttons.flatMap((button) => ('custom_id' in button ? [button.custom_id] : []));
  const options = buttons.flatMap((menu) => ('options' in menu ? menu.options : []));
  const presses = [...ids.filter((id) => id !== MENU_ID), ...options.map(({ value }) => value)];
  const total = embeds.flatMap(textsOf).reduce((sum, { text }) => sum + text.length, 0);
  return [
    ...within('embeds', embeds.length, 1, 10),
    ...within('characters of all embeds', total, 1, 6000),
    ...embeds.flatMap(embedBreaches),
    ...within('rows', components.length, 0, 5),
    ...components.flatMap((row) => within('buttons in a row', row.components.length, 1, 5)),
    ...buttons.flatMap((button) => [
      ...('label' in button ? textBreaches('label', button.label ?? '', 80) : []),
      ...('url' in button ? addressBreaches('button', button.url, 512) : []),
    ]),
    ...(new Set(ids).size < ids.length ? ['two buttons of one id'] : []),
    ...within('options', options.length, 0, 25),
    ...options.flatMap(({ label, value }) => [
      ...textBreaches('option', label, 100),
      ...within('value', value.length, 1, 100),
    ]),
    ...(new Set(options.map(({ value }) => value)).size < options.length ? ['two options of one value'] : []),
    ...ids.flatMap((id) => within('custom id', id.length, 1, 100)),
    ...presses.flatMap((id) => {
      const press = readCustomId(id);
      if (press === undefined) return [`unreadable id ${id}`];
      return 'key' in press && !lines.has(press.key) ? [`no line for ${id}`] : [];
    }),
  ];
}

function textsOf({ title, description, author, footer, fields = [] }: APIEmbed) {
  return [
    { name: 'title', text: title, limit: 256 },
    { name: 'description', text: description, limit: 4096 },
    { name: 'author', text: author?.name, limit: 256 },
    { name: 'footer', text: footer?.text, limit: 2048 },
    ...fields.map(({ name }) => ({ name: 'field name', text: name, limit: 256 })),
    ...fields.map(({ value }) => ({ name: 'field value', text: value, limit: 1024 })),
  ].flatMap(({ text, ...rest }) => (text === undefined ? [] : [{ ...rest, text }]));
}

function embedBreaches(embed: APIEmbed): string[] {
  const { title, description, author, fields = [], url, image, thumbnail } = embed;
  const isEmpty = [title, description, author, ...fields].every((part) => part === undefined);
  return [
    ...(isEmpty ? ['an empty embed'] : []),
    ...textsOf(embed).flatMap(({ name, text, limit }) => textBreaches(name, text, limit)),
    ...within('fields', fields.length, 0, 25),
    ...[url, author?.url, image?.url, thumbnail?.url].flatMap((address) =>
      addressBreaches('embed', address, 2048),
    ),
    ...[image, thumbnail].flatMap((picture) =>
      picture?.description === undefined ? [] : textBreaches('image', picture.description, 4096),
    ),
  ];
}

function within(what: string, count: number, least: number, most: number): string[] {
  return count < least || count > most ? [`${what}: ${count}, not ${least} to ${most}`] : [];
}

function textBreaches(what: string, text: string, limit: number): string[] {
  const seen = text.replaceAll('\n', ' ');
  return [
    // Discord trims before it counts.
    ...within(what, text.trim() === '' ? 0 : text.length, 1, limit),
    ...(visible(seen) !== seen || HIDDEN.test(seen) ? [`${what}: something invisible`] : []),
  ];
}

function addressBreaches(what: string, address: string | undefined, limit: number): string[] {
  if (address === undefined) return [];
  const isWeb = /^https?:\/\//.test(address);
  return [
    ...within(`address of ${what}`, address.length, 1, limit),
    ...(isWeb ? [] : [`${what}: ${address}`]),
  ];
}
