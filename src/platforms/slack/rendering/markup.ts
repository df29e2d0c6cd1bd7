/**
 * Writes text for Slack; the only module that does. Untrusted text goes into `rich_text` and `plain_text`,
 * which Slack shows literally, without mentions, links or emoji. mrkdwn is only used for the fallback text of
 * a message.
 */
import type { types } from '@slack/bolt';
import type { Inline, RichText } from '../../../chat/card.ts';
import { clip } from '../../../chat/clip.ts';
import { visible, webUrl } from '../../../chat/invisible.ts';

/** Characters of a text to process, so that long texts are not slow. A message shows about ten thousand. */
const CONSIDERED = 8_192;
/** A longer URL would take space from the text. */
const LINKED_URL = 512;
/** Ids of public channels, direct messages and private channels. */
const CHANNEL = /^[CDG][A-Z0-9]{2,20}$/;
const PERSON = /^[UW][A-Z0-9]{2,20}$/;

/** Returns the visible text. */
export function shown(text: string): string {
  return visible(text.slice(0, CONSIDERED));
}

/**
 * Builds elements of a `rich_text` section with at most `limit` characters; empty when nothing is visible.
 */
export function toElements(text: RichText, limit: number): types.RichTextElement[] {
  const pieces = trimmed(text.map((inline) => ({ inline, words: wordsOf(inline, limit) })));
  const elements: types.RichTextElement[] = [];
  let ahead = pieces.reduce((sum, { words }) => sum + words.length, 0);
  let room = limit;
  for (const { inline, words } of pieces) {
    ahead -= words.length;
    // Keep one character for an ellipsis.
    const fits = words.length + Math.min(ahead, 1) <= room;
    const fitting = fits ? words : clip(ahead > 0 ? `${words}…` : words, room);
    if (fitting !== '') elements.push(toElement(inline, fitting));
    if (!fits) break;
    room -= words.length;
  }
  return elements;
}

/** Returns plain text without markup; links become their text. */
export function toPlain(text: RichText, limit: number): string {
  return clip(
    text
      .map((inline) => wordsOf(inline, limit))
      .join('')
      .trim(),
    limit,
  );
}

/** Without emoji, so that `:smile:` in a title is shown literally. */
export function plainText(text: string): types.PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

/**
 * Escapes Slack's three special characters. https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

export function isPersonId(text: string): boolean {
  return PERSON.test(text);
}

/** Returns visible text, from a slice long enough for `limit` even with many invisible characters. */
function wordsOf(inline: Inline, limit: number): string {
  return shown((typeof inline === 'string' ? inline : inline.text).slice(0, 4 * limit + 64));
}

interface Piece {
  readonly inline: Inline;
  readonly words: string;
}

/** Trims white space at both ends. */
function trimmed(pieces: readonly Piece[]): Piece[] {
  const first = pieces.findIndex(({ words }) => words.trim() !== '');
  const last = pieces.findLastIndex(({ words }) => words.trim() !== '');
  return pieces.slice(Math.max(0, first), last + 1).map(({ inline, words }, at, kept) => ({
    inline,
    words:
      at === 0 ? startTrimmed(words, kept.length === 1) : at === kept.length - 1 ? words.trimEnd() : words,
  }));
}

function startTrimmed(words: string, isOnly: boolean): string {
  return isOnly ? words.trim() : words.trimStart();
}

function toElement(inline: Inline, text: string): types.RichTextElement {
  if (typeof inline === 'string') return { type: 'text', text };
  switch (inline.kind) {
    case 'bold':
      return { type: 'text', text, style: { bold: true } };
    case 'italic':
    case 'dim':
      // Slack has no small print within a line. Italics distinguish our words from the paper's.
      return { type: 'text', text, style: { italic: true } };
    case 'code':
      return { type: 'text', text, style: { code: true } };
    case 'link': {
      const url = webUrl(inline.url);
      return url === undefined || url.length > LINKED_URL
        ? { type: 'text', text }
        : { type: 'link', text, url };
    }
    case 'channel':
      // Shown as a link to the channel; notifies nobody.
      return CHANNEL.test(inline.channel)
        ? { type: 'channel', channel_id: inline.channel }
        : { type: 'text', text };
  }
}
