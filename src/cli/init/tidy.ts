/** A value as somebody pasted it, and what is wrong with it. */
import { stripVTControlCharacters } from 'node:util';
import { faultOf } from '../../config/config.ts';
import { SETTINGS } from '../../config/settings.ts';
import { type AskedName, factsOf, isSecret } from './asked.ts';

/** Signs that take no room. */
const UNSEEN = /[\u200b-\u200f\u2060\ufeff]/g;
/** `export DISCORD_TOKEN=` or `DISCORD_TOKEN:`. */
const NAME_BEFORE = /^(?:export\s+)?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\s*[=:]\s*/;
/** As in an `Authorization` header. */
const SCHEME_BEFORE = /^(?:Bot|Bearer)\s+/i;
const QUOTED = /^(["'`])([\s\S]*)\1$|^[“‘«]([\s\S]*)[”’»]$/;

/**
 * Without what comes along when a line of a file or of a page is pasted: quotes, the name of the setting, `Bot `, blanks; a secret
 * without blanks and line breaks inside.
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

/** What is copied in another's place, the most certain first. */
const MISTAKEN: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^[•*∙●▪·x]+$/i, 'what a page shows in the place of a secret: press Show or Reset, then Copy'],
  [/^https?:\/\//, 'an address'],
  [/^xoxb-/, 'a Slack bot token (Bot User OAuth Token)'],
  [/^xapp-/, 'a Slack app-level token'],
  [/^xoxp-/, 'a person’s Slack token (User OAuth Token)'],
  [/^xox[a-z]/, 'a Slack token of another kind'],
  [/^[\w-]{20,}\.[\w-]{3,}\.[\w-]{20,}$/, 'a Discord bot token'],
  [/^\d{17,20}$/, 'the ID of something in Discord'],
  [/^[0-9a-f]{64}$/, 'the public key of a Discord application'],
  [/^\d+\.\d+$/, 'the client ID of a Slack app'],
  [/^[0-9a-f]{32}$/, 'a signing secret or client secret of a Slack app'],
  [/^[\w-]{32}$/, 'the client secret of a Discord application'],
];

/** @param value tidied. @returns a sentence, or `undefined` when nothing is wrong as far as its looks tell */
export function faultIn(name: AskedName, value: string): string | undefined {
  const { label, looks } = factsOf(name);
  if (value === '') return `The ${label} is empty.`;
  const fits = looks === undefined || looks.pattern.test(value);
  const [, mistaken] = (!fits && MISTAKEN.find(([pattern]) => pattern.test(value))) || [];
  if (looks && mistaken) return `That looks like ${mistaken}. The ${label} is ${looks.like}.`;
  if (isSecret(name) && !/^[\x21-\x7e]+$/.test(value)) {
    return `The ${label} holds characters that cannot be part of it. Copy it again.`;
  }
  if (looks && !fits) {
    const length = `${value.length} ${value.length === 1 ? 'character' : 'characters'}`;
    return `This cannot be the ${label}: that is ${looks.like}, and this has ${length}.`;
  }
  const fault = faultOf({ [name]: value }, name);
  return fault && `${name} ${fault}${/[.?!]$/.test(fault) ? '' : '.'}`;
}

/** As it is written: `Europe/Berlin` for `berlin`, and lists with commas between. */
export function spelled(name: AskedName, value: string): string {
  const parsed: string | number | readonly string[] = SETTINGS[name].schema.parse(value);
  return typeof parsed === 'object' ? parsed.join(',') : String(parsed);
}
