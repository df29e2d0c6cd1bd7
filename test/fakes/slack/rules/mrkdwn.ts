/**
 * Parts of a text that notify people, link elsewhere, or were not escaped:
 * https://docs.slack.dev/messaging/formatting-message-text
 */

import type { Block } from '../wire.ts';
import { leavesOf, textsOf } from './blocks.ts';

/** `<…>` as Slack reads it. Escaped text has no angle brackets. */
const CONTROL = /<([^<>]*)>/g;
const LONE = /[<>]|&(?!(?:amp|lt|gt);)/;

/** Violations in a text that Slack would read as markup. */
export function dangersIn(text: string, origins: readonly string[]): string[] {
  const dangers = [...text.matchAll(CONTROL)].flatMap(([all, inner = '']) => dangerOf(all, inner, origins));
  const rest = text.replaceAll(CONTROL, '');
  const lone = LONE.exec(rest)?.[0];
  return lone ? [...dangers, `"${lone}" is not escaped in ${JSON.stringify(rest.slice(0, 80))}`] : dangers;
}

function dangerOf(all: string, inner: string, origins: readonly string[]): string[] {
  const [target = ''] = inner.split('|');
  if (/^!(?:channel|here|everyone|subteam)/.test(target)) return [`${all} pings`];
  if (/^@/.test(target)) return [`${all} mentions somebody`];
  if (/^(?:!date\^|#C)/.test(target)) return [];
  if (URL.canParse(target)) {
    const { origin } = new URL(target);
    return origins.includes(origin) ? [] : [`${all} leads to a foreign place`];
  }
  return [`${all} is not escaped`];
}

export function dangersInBlocks(blocks: readonly Block[], origins: readonly string[]): string[] {
  return blocks.flatMap((block) => {
    const marked = textsOf(block).filter(({ type }) => type === 'mrkdwn');
    const rich = block.type === 'rich_text' ? leavesOf(block) : [];
    return [
      ...marked.flatMap(({ text }) => dangersIn(text, origins)),
      ...rich
        .filter(({ type }) => ['broadcast', 'user', 'usergroup'].includes(type))
        .map(({ type, range, user_id: user }) => `rich text ${type} ${range ?? user ?? ''} pings`),
    ];
  });
}
