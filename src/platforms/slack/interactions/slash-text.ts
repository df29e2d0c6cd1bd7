/** Converts the text of a slash command or mention to a line for `parseLine`. */

import { keepJoiners } from '../../../chat/joiners.ts';
import type { Root } from '../../../command/define.ts';
import { NAMES_PEOPLE } from '../workspaces/manifest.ts';

/**
 * Slack's syntax for users, channels, groups and links: `<@U123|name>`, `<#C1|name>`, `<!here>`,
 * `<https://x.org|x.org>`.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
const FORM = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;
const ESCAPED: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** Invisible characters from keyboards and copied pages. */
const UNSEEN = /[\u200B-\u200D\u2060\uFEFF\u00AD]/gu;

/**
 * Builds `/papers search …` from the text after `/papers`. Typographic quotes and dashes are left to
 * `parseLine`.
 * @param text escaped, as sent by Slack
 */
export function toLine(root: Root, text: string): string {
  const typed = toTyped(text, NAMES_PEOPLE.has(root));
  // Users may repeat the command name: `/papers /papers search`.
  const own = new RegExp(`^[/／]${root}(?=\\s|$)`, 'iu');
  return `/${root} ${typed.replace(own, '').trim()}`.trim();
}

/**
 * Builds the line of a message that mentions the bot: `@Paperboy search agents`. Without a root, the first
 * word is the command.
 * Line breaks are left.
 * @param bot the bot's user id
 */
export function lineOfMention(text: string, bot: string): string {
  const own = new RegExp(`<@${bot}(?:\\|[^<>]*)?>`, 'g');
  const said = text.replace(own, ' ');
  return toTyped(said, /^\s*[/／]?paperfeed(?=\s)/iu.test(said))
    .replace(/[^\S\r\n]+/gu, ' ')
    .trim();
}

/**
 * Restores the typed text: replaces Slack's syntax by its label and undoes escapes.
 * @param permissions true to keep mentions of users as ids
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
      // Slack also links `x.org`, so the label is the typed text. Any other label hides the URL, which is
      // then used.
      return label !== undefined && name.includes(label) ? label : name.replace(/^mailto:/, '');
  }
}
