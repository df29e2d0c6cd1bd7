/** Converts the text of a slash command or mention to a line for `parseLine`. */

import type { Root } from '../../../command/define.ts';
import { toTyped } from '../connection/typed-text.ts';
import { NAMES_PEOPLE } from '../workspaces/manifest.ts';

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
