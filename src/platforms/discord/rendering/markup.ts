/**
 * Writes Discord's Markdown; the only module that does. Escapes literal text so that clients show it
 * unchanged.
 *
 * Discord renders Markdown in descriptions and field values, and, except for links and blocks, in titles and
 * field names. Footers, authors and button labels are literal, so they need `toPlain`; a backslash would be
 * visible.
 */
import type { Inline, RichText } from '../../../chat/card.ts';
import { clip } from '../../../chat/clip.ts';
import { visible, webUrl } from '../../../chat/invisible.ts';

type Node =
  | { readonly kind: 'plain' | 'bold' | 'italic' | 'code'; readonly text: string }
  /** `text` is the id of the channel. */
  | { readonly kind: 'channel'; readonly text: string }
  /** `label` is the clickable text; `text` is used when there is no room for the URL. */
  | { readonly kind: 'link'; readonly text: string; readonly label: string; readonly url: string };

/** Characters of a text to process, so that long texts are not slow. A message shows 6,000. */
const CONSIDERED = 8_192;
/** Code units of the longest grapheme. */
const LONGEST_GRAPHEME = 64;
/** A longer URL would take space from the text. */
const LINKED_URL = 512;
/** Clickable text when the text itself cannot be a link. */
const LINK_WORD = 'open';

/**
 * Characters that start markup anywhere: emphasis, code, spoilers, links, mentions, timestamps, commands,
 * emoji (`<`), URLs and `:emoji:` (a colon before anything but a space). `](` in a text could end a link of
 * ours, so a parenthesis after a bracket is escaped too.
 */
const SPECIAL = /[\\*_~|`<>[\]@]|:(?!\s)|(?<=\])\(/g;
/** Discord links invites without a scheme. */
const OWN_HOST = /discord(?:app)?(?=\.\w)/gi;
/**
 * Headings, small print and lists at the start of a line. Always escaped, because emphasis can start a line
 * too.
 */
const LINE_START = /^(\s*)([#+-])/;
const NUMBERED = /^(\s*\d+)(?=[.)])/;
/** Discord's ids: https://discord.com/developers/docs/reference#snowflakes */
const SNOWFLAKE = /^\d{17,20}$/;
/** Some clients do not support links with emoji in their text: discord/discord-api-docs#6810, #7673. */
const EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
/**
 * Text that cannot be code, because it contains the end of code or of a link. It is written as plain text.
 */
const UNCODED = /`|\]\(/;
/**
 * Characters that would end a link's URL early. `webUrl` encodes backslashes, quotes and spaces, but not in a
 * query.
 */
const ADDRESS_END = /[()[\]<>\\"'`]/g;

/**
 * Returns a line of Markdown of at most `limit` characters, including escapes. Never clips inside an escape
 * or a link.
 */
export function toMarkdown(text: RichText, limit: number): string {
  const nodes = toNodes(text, limit);
  const whole = nodes.map(write).join('').trim();
  if (whole.length <= limit) return whole;
  let line = '';
  for (const [at, node] of nodes.entries()) {
    const forms = [write(node), ...(node.kind === 'link' ? [literalAlone(node.text)] : [])];
    // Keep one character for an ellipsis.
    const form = forms.find((each) => line.length + each.length < limit);
    if (form === undefined) {
      const more = at < nodes.length - 1 ? '…' : '';
      return (line + literalWithin(node.text + more, limit - line.length)).trim();
    }
    line += form;
  }
  return line.trim();
}

/** Returns plain text without Markdown; links become their text. */
export function toPlain(text: RichText, limit: number): string {
  const words = text.map((inline) => shown(typeof inline === 'string' ? inline : inline.text)).join('');
  return clip(words.trim(), limit);
}

/** Returns the visible text, before escaping. */
export function shown(text: string): string {
  return visible(text.slice(0, CONSIDERED));
}

function toNodes(text: RichText, limit: number): Node[] {
  const nodes: Node[] = [];
  for (const inline of text) {
    for (const node of spell(inline, limit)) {
      if (node.text === '' && node.kind !== 'link') continue;
      const last = nodes.at(-1);
      // Adjacent marks (`**a***b*`) would be parsed differently.
      const touches = last !== undefined && isMark(last) && isMark(node);
      const kind = touches ? 'plain' : node.kind;
      // Adjacent plain texts are joined before escaping, because `https:` and `//x.org` are a URL together.
      if (kind === 'plain' && last?.kind === 'plain') {
        nodes[nodes.length - 1] = { kind, text: last.text + node.text };
      } else nodes.push(kind === 'plain' ? { kind, text: node.text } : node);
    }
  }
  return nodes;
}

function isMark({ kind }: Node): boolean {
  return kind === 'bold' || kind === 'italic' || kind === 'code';
}

/** Converts text to nodes that Discord can show, limited to what `limit` needs. */
function spell(inline: Inline, limit: number): Node[] {
  const text = shown(typeof inline === 'string' ? inline : inline.text).slice(0, limit + LONGEST_GRAPHEME);
  if (typeof inline === 'string' || text.trim() === '') return [{ kind: 'plain', text }];
  switch (inline.kind) {
    case 'bold':
    case 'italic':
      return [{ kind: inline.kind, text }];
    case 'code':
      // Escapes do not work within code.
      return [{ kind: UNCODED.test(text) ? 'plain' : 'code', text }];
    case 'dim':
      // Discord has small print only for whole lines. Within a line, italics distinguish our words from the
      // paper's.
      return [{ kind: 'italic', text }];
    case 'link':
      return spellLink(text, inline.url);
    case 'channel':
      // Shown as a link to the channel; notifies nobody.
      return SNOWFLAKE.test(inline.channel)
        ? [{ kind: 'channel', text: inline.channel }]
        : [{ kind: 'plain', text }];
  }
}

/**
 * Discord does not support escapes in the text of a link, and a URL in it breaks the link
 * (discord/discord-api-docs#6185, #7721). A text that needs escapes is therefore written before its link.
 */
function spellLink(text: string, url: string): Node[] {
  const address = webUrl(url)?.replace(
    ADDRESS_END,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  if (address === undefined || address.length > LINKED_URL) return [{ kind: 'plain', text }];
  const label = text.trim();
  if (literal(label) === label && !EMOJI.test(label)) {
    const start = text.indexOf(label);
    return [
      { kind: 'plain', text: text.slice(0, start) },
      { kind: 'link', text: label, label, url: address },
      { kind: 'plain', text: text.slice(start + label.length) },
    ];
  }
  return [
    { kind: 'plain', text: `${text.trimEnd()} ` },
    { kind: 'link', text: '', label: LINK_WORD, url: address },
  ];
}

function write(node: Node): string {
  switch (node.kind) {
    case 'plain':
      return literal(node.text);
    case 'bold':
      return around('**', node.text);
    case 'italic':
      return around('*', node.text);
    case 'code':
      return `\`${node.text}\``;
    case 'channel':
      return `<#${node.text}>`;
    case 'link':
      return `[${node.label}](${node.url})`;
  }
}

/** Puts marks directly around the letters; next to a space they would be plain asterisks. */
function around(mark: string, text: string): string {
  const inner = text.trim();
  const start = text.indexOf(inner);
  return text.slice(0, start) + mark + literal(inner) + mark + text.slice(start + inner.length);
}

/** Escapes special characters only, because a backslash before a letter or a space is visible. */
function literal(text: string): string {
  return text
    .replace(SPECIAL, '\\$&')
    .replace(OWN_HOST, '$&\\')
    .replace(LINE_START, '$1\\$2')
    .replace(NUMBERED, '$1\\');
}

/** Escapes a text whose previous character is unknown. */
function literalAlone(text: string): string {
  return literal(text).replace(/^\(/, '\\(');
}

/** Escapes and clips. Estimates the length first, because clipping by graphemes is slow. */
function literalWithin(text: string, limit: number): string {
  const room = Math.max(0, limit);
  let length = room;
  const tooMuch = () => literalAlone(text.slice(0, length)).length - room;
  // An escaped character has at most two, so removing half of the excess never removes too much.
  for (let over = tooMuch(); over > 0; over = tooMuch()) length -= Math.ceil(over / 2);
  for (;;) {
    const written = literalAlone(clip(text, length));
    if (written.length <= room) return written;
    // A colon before the ellipsis needs an escape, unlike before a space.
    length -= 1;
  }
}
