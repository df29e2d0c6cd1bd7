/** Tidies and validates pasted values. */
import { stripVTControlCharacters } from 'node:util';
import { faultOf } from '../../config/config.ts';
import { SETTINGS } from '../../config/settings.ts';
import { type AskedName, factsOf, isSecret } from './asked.ts';

/** Zero-width characters. */
const UNSEEN = /[\u200b-\u200f\u2060\ufeff]/g;
/** `export DISCORD_TOKEN=` or `DISCORD_TOKEN:`. */
const NAME_BEFORE = /^(?:export\s+)?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\s*[=:]\s*/;
/** As in an `Authorization` header. */
const SCHEME_BEFORE = /^(?:Bot|Bearer)\s+/i;
const QUOTED = /^(["'`])([\s\S]*)\1$|^[“‘«]([\s\S]*)[”’»]$/;

/**
 * Removes text that is often copied along: quotes, the setting's name, `Bot `, surrounding spaces; from a
 * secret also spaces and line breaks inside.
 */
export function tidy(name: AskedName, pasted: string): string {
  let text = stripVTControlCharacters(pasted).replace(UNSEEN, '');
  for (let before: string | undefined; before !== text; ) {
    before = text;
    text = text.trim().replace(NAME_BEFORE, '');
    if (isSecret(name)) text = text.replace(SCHEME_BEFORE, '').replace(/[;,]$/, '');
    text = text.replace(QUOTED, (_, __, plain?: string, typographic?: string) => plain ?? typographic ?? '');
  }
  return isSecret(name) ? text.replace(/\s+/g, '') : text;
}

/** Values that are copied by mistake, most specific first. */
const MISTAKEN: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^[•*∙●▪·x]+$/i, 'the dots that hide a secret: press Show or Reset, then Copy'],
  [/^https?:\/\//, 'an address'],
  [/^xoxb-/, 'a Slack bot token (Bot User OAuth Token)'],
  [/^xapp-/, 'a Slack app-level token'],
  [/^xoxp-/, 'a person’s Slack token (User OAuth Token)'],
  [/^xox[a-z]/, 'a Slack token of another kind'],
  [/^[\w-]{20,}\.[\w-]{3,}\.[\w-]{20,}$/, 'a Discord bot token'],
  [/^\d{17,20}$/, 'a Discord ID'],
  [/^[0-9a-f]{64}$/, 'the public key of a Discord application'],
  [/^\d+\.\d+$/, 'the client ID of a Slack app'],
  [/^[0-9a-f]{32}$/, 'a signing secret or client secret of a Slack app'],
  [/^[\w-]{32}$/, 'the client secret of a Discord application'],
];

/** @param value tidied. @returns an error as a sentence, or `undefined` if the format is valid */
export function faultIn(name: AskedName, value: string): string | undefined {
  const { label, looks } = factsOf(name);
  if (value === '') return `The ${label} is empty.`;
  const fits = looks === undefined || looks.pattern.test(value);
  const [, mistaken] = (!fits && MISTAKEN.find(([pattern]) => pattern.test(value))) || [];
  if (looks && mistaken) return `That looks like ${mistaken}. The ${label} should be ${looks.like}.`;
  if (isSecret(name) && !/^[\x21-\x7e]+$/.test(value)) {
    return `The ${label} contains characters that do not belong in it. Copy it again.`;
  }
  if (looks && !fits) {
    const length = `${value.length} ${value.length === 1 ? 'character' : 'characters'}`;
    return `This is not the ${label}: expected ${looks.like}, got ${length}.`;
  }
  const fault = faultOf({ [name]: value }, name);
  return fault && `${name} ${fault}${/[.?!]$/.test(fault) ? '' : '.'}`;
}

/** Normalised for `.env`: `Europe/Berlin` for `berlin`, lists separated by commas. */
export function spelled(name: AskedName, value: string): string {
  const parsed: string | number | readonly string[] = SETTINGS[name].schema.parse(value);
  return typeof parsed === 'object' ? parsed.join(',') : String(parsed);
}
