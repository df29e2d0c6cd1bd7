/**
 * The only module that writes Discord's Markdown. Escapes text so that a client shows exactly its characters.
 *
 * Discord renders Markdown in descriptions and values of fields. In titles and names of fields it renders all
 * but links and blocks. Footers, authors and labels of buttons show backslashes, so they use `toPlain`.
 */
import type { Inline, RichText } from '../../../chat/card.ts';
import { clip } from '../../../chat/clip.ts';
import { visible, webUrl } from '../../../chat/invisible.ts';

type Node =
  | { readonly kind: 'plain' | 'bold' | 'italic' | 'code'; readonly text: string }
  /** `text` is the id of the channel. */
  | { readonly kind: 'channel'; readonly text: string }
  /** `label` is shown as the link; `text` replaces it if the URL does not fit. */
  | { readonly kind: 'link'; readonly text: string; readonly label: string; readonly url: string };

/** Characters that are read. A message shows at most 6,000, so the rest of a huge text costs no time. */
const CONSIDERED = 8_192;
/** Characters that one visible character can consist of. */
const LONGEST_GRAPHEME = 64;
/** Longer URLs are not linked, as they would leave too little space for the text. */
const LINKED_URL = 512;
/** Label of a link whose text cannot be the label. */
const LINK_WORD = 'open';

/**
 * Characters that start markup anywhere: emphasis, code, spoilers, links, mentions, timestamps, commands,
 * emoji (`<`), URLs and `:emoji:` (a colon before anything but a space). The parenthesis after a bracket is
 * included because `](` in a text would end a link that starts before it.
 */
const SPECIAL = /[\\*_~|`<>[\]@]|:(?!\s)|(?<=\])\(/g;
/** Discord links its own hosts even without a scheme. */
const OWN_HOST = /discord(?:app)?(?=\.\w)/gi;
/** Headings, small print and lists at the start of a line. Any text can end up there, so all is escaped. */
const LINE_START = /^(\s*)([#+-])/;
const NUMBERED = /^(\s*\d+)(?=[.)])/;
/** A Discord id: https://discord.com/developers/docs/reference#snowflakes */
const SNOWFLAKE = /^\d{17,20}$/;
/** Some clients show no link if its text contains an emoji: discord/discord-api-docs#6810, #7673. */
const EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
/** Text that cannot be in code: its end, or the end of an earlier link. Such code is shown as plain text. */
const UNCODED = /`|\]\(/;
/** Characters that would end the URL of a link. `webUrl` encodes some of them, but not in a query. */
const ADDRESS_END = /[()[\]<>\\"'`]/g;

/** One line of Markdown, at most `limit` characters with its escapes. Never clips an escape or a link. */
export function toMarkdown(text: RichText, limit: number): string {
  const nodes = toNodes(text, limit);
  const whole = nodes.map(write).join('').trim();
  if (whole.length <= limit) return whole;
  let line = '';
  for (const [at, node] of nodes.entries()) {
    const forms = [write(node), ...(node.kind === 'link' ? [literalAlone(node.text)] : [])];
    // Leaves one character for an ellipsis.
    const form = forms.find((each) => line.length + each.length < limit);
    if (form === undefined) {
      const more = at < nodes.length - 1 ? '…' : '';
      return (line + literalWithin(node.text + more, limit - line.length)).trim();
    }
    line += form;
  }
  return line.trim();
}

/** Text without markup, for places where Discord does not render Markdown. */
export function toPlain(text: RichText, limit: number): string {
  const words = text.map((inline) => shown(typeof inline === 'string' ? inline : inline.text)).join('');
  return clip(words.trim(), limit);
}

/** The visible text, before it is escaped. */
export function shown(text: string): string {
  return visible(text.slice(0, CONSIDERED));
}

function toNodes(text: RichText, limit: number): Node[] {
  const nodes: Node[] = [];
  for (const inline of text) {
    for (const node of spell(inline, limit)) {
      if (node.text === '' && node.kind !== 'link') continue;
      const last = nodes.at(-1);
      // Adjacent markup (`**a***b*`) is ambiguous.
      const touches = last !== undefined && isMark(last) && isMark(node);
      const kind = touches ? 'plain' : node.kind;
      // Adjacent plain texts are escaped together: `https:` and `//x.org` form a URL.
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

/** Converts to nodes that Discord can show. Drops text far beyond `limit`. */
function spell(inline: Inline, limit: number): Node[] {
  const text = shown(typeof inline === 'string' ? inline : inline.text).slice(0, limit + LONGEST_GRAPHEME);
  if (typeof inline === 'string' || text.trim() === '') return [{ kind: 'plain', text }];
  switch (inline.kind) {
    case 'bold':
    case 'italic':
      return [{ kind: inline.kind, text }];
    case 'code':
      // Escapes do not work in code.
      return [{ kind: UNCODED.test(text) ? 'plain' : 'code', text }];
    case 'dim':
      // Discord has small print for whole lines only. Within a line, italics replace it.
      return [{ kind: 'italic', text }];
    case 'link':
      return spellLink(text, inline.url);
    case 'channel':
      // Shown as the channel's name, which opens it; nobody is notified.
      return SNOWFLAKE.test(inline.channel)
        ? [{ kind: 'channel', text: inline.channel }]
        : [{ kind: 'plain', text }];
  }
}

/**
 * In the text of a link, Discord shows the backslashes of escapes, and a URL breaks the link
 * (discord/discord-api-docs#6185, #7721). A text that needs escapes is therefore placed before its link.
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

/** Puts markup directly around the letters: next to a space, Discord shows asterisks. */
function around(mark: string, text: string): string {
  const inner = text.trim();
  const start = text.indexOf(inner);
  return text.slice(0, start) + mark + literal(inner) + mark + text.slice(start + inner.length);
}

/** Escapes only characters before which Discord hides the backslash. */
function literal(text: string): string {
  return text
    .replace(SPECIAL, '\\$&')
    .replace(OWN_HOST, '$&\\')
    .replace(LINE_START, '$1\\$2')
    .replace(NUMBERED, '$1\\');
}

/** Escapes a text that may follow a closing bracket. */
function literalAlone(text: string): string {
  return literal(text).replace(/^\(/, '\\(');
}

/** Finds a length that fits before it clips, as clipping at visible characters is slow. */
function literalWithin(text: string, limit: number): string {
  const room = Math.max(0, limit);
  let length = room;
  const tooMuch = () => literalAlone(text.slice(0, length)).length - room;
  // A character takes at most two when escaped, so at least half of the excess must go.
  for (let over = tooMuch(); over > 0; over = tooMuch()) length -= Math.ceil(over / 2);
  for (;;) {
    const written = literalAlone(clip(text, length));
    if (written.length <= room) return written;
    // A colon needs an escape before the ellipsis, but not before a space.
    length -= 1;
  }
}
