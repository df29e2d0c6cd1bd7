/** Limits of embeds: https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
import { type Problem, tooLong, wrong } from '../refusal.ts';
import type { Embed } from '../wire.ts';

export const EMBEDS = 10;
export const TITLE = 256;
export const DESCRIPTION = 4_096;
export const FIELDS = 25;
export const FIELD_NAME = 256;
export const FIELD_VALUE = 1_024;
export const FOOTER = 2_048;
export const AUTHOR = 256;
/** Title, description, field names and values, footer and author of all embeds of a message together. */
export const EMBEDS_TOGETHER = 6_000;
const URL_LENGTH = 2_048;

type Path = Problem['path'];

/**
 * Lengths are in UTF-16 units, which are never fewer than Discord counts. So a text that passes here passes
 * there.
 */
export function lengthOf(text: string | null | undefined): number {
  return text?.length ?? 0;
}

function wordsOf(embed: Embed): number {
  const fields = (embed.fields ?? []).reduce(
    (sum, { name, value }) => sum + lengthOf(name) + lengthOf(value),
    0,
  );
  return (
    lengthOf(embed.title) +
    lengthOf(embed.description) +
    lengthOf(embed.footer?.text) +
    lengthOf(embed.author?.name) +
    fields
  );
}

export function checkUrl(path: Path, url: string | null | undefined, limit = URL_LENGTH): Problem[] {
  if (url === null || url === undefined) return [];
  if (url.length > limit) return [tooLong(path, limit)];
  if (!/^https?:\/\//i.test(url)) {
    return [
      wrong(
        path,
        'URL_TYPE_INVALID_SCHEME',
        `Scheme "${url.split(':')[0]}" is not supported. Scheme must be one of ('http', 'https').`,
      ),
    ];
  }
  return URL.canParse(url) ? [] : [wrong(path, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.')];
}

function atMost(path: Path, text: string | null | undefined, limit: number): Problem[] {
  return lengthOf(text) > limit ? [tooLong(path, limit)] : [];
}

function needed(path: Path, text: string | null | undefined, limit: number): Problem[] {
  if (!text?.trim()) return [wrong(path, 'BASE_TYPE_REQUIRED', 'This field is required')];
  return atMost(path, text, limit);
}

function checkEmbed(path: Path, embed: Embed): Problem[] {
  const fields = embed.fields ?? [];
  const attached = embed.image?.url?.startsWith('attachment://');
  return [
    ...atMost([...path, 'title'], embed.title, TITLE),
    ...atMost([...path, 'description'], embed.description, DESCRIPTION),
    ...atMost([...path, 'footer', 'text'], embed.footer?.text, FOOTER),
    ...atMost([...path, 'author', 'name'], embed.author?.name, AUTHOR),
    ...checkUrl([...path, 'url'], embed.url),
    ...checkUrl([...path, 'author', 'url'], embed.author?.url),
    ...(attached ? [] : checkUrl([...path, 'image', 'url'], embed.image?.url)),
    ...checkUrl([...path, 'thumbnail', 'url'], embed.thumbnail?.url),
    ...(fields.length > FIELDS ? [tooLong([...path, 'fields'], FIELDS)] : []),
    ...fields.flatMap(({ name, value }, index) => [
      ...needed([...path, 'fields', index, 'name'], name, FIELD_NAME),
      ...needed([...path, 'fields', index, 'value'], value, FIELD_VALUE),
    ]),
    ...(wordsOf(embed) === 0 && !embed.image && !embed.thumbnail
      ? [wrong([...path, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required')]
      : []),
  ];
}

export function checkEmbeds(embeds: readonly Embed[]): Problem[] {
  const together = embeds.reduce((sum, embed) => sum + wordsOf(embed), 0);
  return [
    ...(embeds.length > EMBEDS ? [tooLong(['embeds'], EMBEDS)] : []),
    ...embeds.flatMap((embed, index) => checkEmbed(['embeds', index], embed)),
    ...(together > EMBEDS_TOGETHER
      ? [
          wrong(
            ['embeds'],
            'MAX_EMBED_SIZE_EXCEEDED',
            `Embed size exceeds maximum size of ${EMBEDS_TOGETHER}`,
          ),
        ]
      : []),
  ];
}
