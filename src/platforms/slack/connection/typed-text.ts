/** Restores what people typed from the text that Slack sends. */
import { keepJoiners } from '../../../chat/joiners.ts';

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
