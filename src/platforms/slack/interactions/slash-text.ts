/** What somebody typed behind a slash command or a mention, as the line that `parseLine` reads. */

import { keepJoiners } from '../../../chat/joiners.ts';
import type { Root } from '../../../command/define.ts';
import { NAMES_PEOPLE } from '../workspaces/manifest.ts';

/**
 * `<@U123|name>`, `<#C1|name>`, `<!here>`, `<https://x.org|x.org>`: what Slack makes of people, channels, groups and addresses.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
const FORM = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;
const ESCAPED: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** Signs that a keyboard or a copied page puts between words: not seen, or blanks of another kind. */
const UNSEEN = /[\u200B-\u200D\u2060\uFEFF\u00AD]/gu;

/**
 * `/papers search …` from the text behind `/papers`. Quotes and dashes are left as phones type them: `parseLine` knows them.
 * @param text as Slack sends it, escaped
 */
export function toLine(root: Root, text: string): string {
  const typed = toTyped(text, NAMES_PEOPLE.has(root));
  // Whoever reads "/papers search" in help may type all of it behind the command.
  const own = new RegExp(`^[/／]${root}(?=\\s|$)`, 'iu');
  return `/${root} ${typed.replace(own, '').trim()}`.trim();
}

/**
 * The line of a message that mentions the bot: `@Paperboy search agents`. Without a root before it, its first word is a command.
 * @param bot the id of the bot's user
 */
export function lineOfMention(text: string, bot: string): string {
  const own = new RegExp(`<@${bot}(?:\\|[^<>]*)?>`, 'g');
  const said = text.replace(own, ' ');
  return toTyped(said, /^\s*[/／]?paperfeed(?=\s)/iu.test(said))
    .replace(/\s+/gu, ' ')
    .trim();
}

/**
 * The text as somebody typed it: Slack's forms as what they show, its escapes undone.
 * @param permissions leaves mentions of people as Slack writes them, by their ids
 */
export function toTyped(text: string, permissions = false): string {
  const typed = text
    .replace(FORM, (form, sign: string, name: string, label?: string) =>
      permissions && sign === '@' ? form : formTyped(sign, name, label),
    )
    .replace(/&(?:lt|gt|amp);/g, (sign) => ESCAPED[sign] ?? sign);
  return keepJoiners(typed, (piece) => piece.replace(UNSEEN, '')).trim();
}

function formTyped(sign: string, name: string, label: string | undefined): string {
  switch (sign) {
    case '@':
    case '#':
      return `${sign}${label ?? name}`;
    case '!':
      // `!subteam^S1|@reviewers`, `!date^…|May 29`, `!here`.
      return label ?? `@${name.split('^')[0] ?? ''}`;
    default:
      // Slack makes an address of `x.org` as well: what was typed is the label. A label that is other words hides the address.
      return label !== undefined && name.includes(label) ? label : name.replace(/^mailto:/, '');
  }
}
