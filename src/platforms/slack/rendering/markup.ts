/**
 * The only place that writes Slack's forms of text. What comes from outside goes into `rich_text` and `plain_text`, which are
 * shown as they stand: no sign in them makes a mention, a link or an emoji. Slack's own markup, mrkdwn, is written for the
 * fallback of a message alone, which has no other form.
 */
import type { types } from '@slack/bolt';
import type { Inline, RichText } from '../../../chat/card.ts';
import { clip } from '../../../chat/clip.ts';
import { visible, webUrl } from '../../../chat/invisible.ts';

/** A message shows some ten thousand characters. What stands this far behind is not even looked at, so that no text is slow. */
const CONSIDERED = 8_192;
/** A longer address takes the room of the words beside it. */
const LINKED_URL = 512;
/** An id of Slack's: of a public channel, a private one, a conversation of few. */
const CHANNEL = /^[CDG][A-Z0-9]{2,20}$/;
const PERSON = /^[UW][A-Z0-9]{2,20}$/;

/** The text as it is seen. */
export function shown(text: string): string {
  return visible(text.slice(0, CONSIDERED));
}

/** Elements of a `rich_text` section whose words are `limit` characters at most; empty when there is nothing to see. */
export function toElements(text: RichText, limit: number): types.RichTextElement[] {
  const pieces = trimmed(text.map((inline) => ({ inline, words: wordsOf(inline, limit) })));
  const elements: types.RichTextElement[] = [];
  let ahead = pieces.reduce((sum, { words }) => sum + words.length, 0);
  let room = limit;
  for (const { inline, words } of pieces) {
    ahead -= words.length;
    // One character is kept for the ellipsis of what follows.
    const fits = words.length + Math.min(ahead, 1) <= room;
    const fitting = fits ? words : clip(ahead > 0 ? `${words}…` : words, room);
    if (fitting !== '') elements.push(toElement(inline, fitting));
    if (!fits) break;
    room -= words.length;
  }
  return elements;
}

/** The words alone, for where Slack reads no markup; of a link its text. */
export function toPlain(text: RichText, limit: number): string {
  return clip(
    text
      .map((inline) => wordsOf(inline, limit))
      .join('')
      .trim(),
    limit,
  );
}

/** Never as emoji: `:smile:` in a title is a title. */
export function plainText(text: string): types.PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

/** The three signs that begin Slack's forms. https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

export function isPersonId(text: string): boolean {
  return PERSON.test(text);
}

/** No more than what clipping to `limit` looks at, with room for as much again, and more, that is not seen. */
function wordsOf(inline: Inline, limit: number): string {
  return shown((typeof inline === 'string' ? inline : inline.text).slice(0, 4 * limit + 64));
}

interface Piece {
  readonly inline: Inline;
  readonly words: string;
}

/** Without blanks at either end, as a line that begins with one is seen as a mistake. */
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
      // There is no small print within a line. Italics tell our words from the paper's.
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
      // Shown as the channel's name, which opens it; nobody is notified.
      return CHANNEL.test(inline.channel)
        ? { type: 'channel', channel_id: inline.channel }
        : { type: 'text', text };
  }
}
