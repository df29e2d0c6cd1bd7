/** Schemas of settings that check and normalise text from the environment. */
import { z } from 'zod';
import { messageOf } from '../base/errors.ts';
import { POLLED_SOURCES } from '../papers/source-names.ts';
import { parseZone } from '../time/zones.ts';

/** `https://host/path`, without a trailing slash. */
export const url = z
  .url({ protocol: /^https?$/, error: 'must be an address that begins with http:// or https://' })
  .transform((text) => text.replace(/\/+$/, ''));

export function splitList<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (text) =>
      String(text)
        .split(/[\s,]+/)
        .filter(Boolean),
    z.array(item),
  );
}

export const port = z.coerce
  .number({ error: 'must be a whole number from 1 to 65535' })
  .int()
  .min(1)
  .max(65_535);

export const category = z
  .string()
  .regex(/^[a-z][a-z-]+(\.[A-Za-z-]{2,})?$/, 'must be a list of arXiv categories such as cs.LG');

/** `none` means that no source is polled. */
export const sources = splitList(
  z.enum([...POLLED_SOURCES, 'none'], {
    error: `must be a list of ${POLLED_SOURCES.slice(0, -1).join(', ')} and ${POLLED_SOURCES.at(-1)}, separated by commas, or none`,
  }),
).transform((names) => names.filter((name) => name !== 'none'));

/** Normalises the spelling. */
export const zone = z.string().transform((text, context) => {
  try {
    return parseZone(text);
  } catch (error) {
    context.addIssue({
      code: 'custom',
      message: `must be a time zone: ${messageOf(error).replace(/\.$/, '')}`,
    });
    return z.NEVER;
  }
});

/** `DISCORD_TOKEN=`, `token: `; but not the end of a key in base64. */
const NAME_BEFORE = /(?:[A-Z][A-Z\d_]*|(?:token|key|secret))\s*[=:](?!=?$)/;
/** In three languages, as documentation marks what to replace, and as values stand in code and JSON. */
const QUOTE_BEFORE = /["'`“”„‘’«<([{]/;
const QUOTE_AFTER = /["'`“”‘’»>)\]},;]/;

/** A token or key alone: no name before it, no quotes around it, no spaces in it. */
export const bareValue = z
  .string()
  .min(1)
  .regex(new RegExp(`^(?!${NAME_BEFORE.source}|${QUOTE_BEFORE.source})\\S+(?<!${QUOTE_AFTER.source})$`), {
    error: 'must be only the value, without its name, quotes or spaces',
  });

/** An emoji of a server, as Discord writes it into messages. */
const DISCORD_EMOJI = /^<a?:(\w+):\d+>$/;
const EMOJI = /\p{Emoji_Presentation}|\p{Emoji}\uFE0F/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Slack’s own names have `+`, `-` and `'`, and those of a workspace any letters. */
const NAME = /^[\p{L}\p{M}\p{N}_+'-]+$/u;

/** The variation selector is often left out, as in ❤. To Unicode, `#` and `*` are emoji as well. */
function isOneEmoji(text: string): boolean {
  return (
    text !== '#' && text !== '*' && EMOJI.test(`${text}\uFE0F`) && [...graphemes.segment(text)].length === 1
  );
}

export const saveEmoji = z
  .string()
  .transform((text) => text.replace(DISCORD_EMOJI, '$1'))
  .pipe(
    z
      .string()
      .max(32)
      .refine((text) => NAME.test(text) || isOneEmoji(text), {
        error: 'must be an emoji, such as 🔖, or the name of a custom emoji without colons',
      }),
  );

/** `Name <address>`, or an address alone. */
export const sender = z
  .string()
  .regex(/^(?:[^<>@"\r\n]{0,100}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, {
    error: 'must be an address such as papers@lab.example or Paper digest <papers@lab.example>',
  })
  .transform((text) => {
    const [name = '', address = ''] = text.includes('<') ? text.split(/[<>]/) : ['', text];
    return { name: name.trim(), address };
  });

export const hostName = z.string().regex(/^[a-z\d_](?:[a-z\d_-]*[a-z\d])?(?:\.[a-z\d_-]+)*$/i, {
  error: 'must be a name such as lab.example',
});
