/**
 * The only place that writes Discord's Markdown: literal text in, text that a client shows as the letters it is out.
 *
 * Where Markdown is read: descriptions and values of fields; titles and names of fields too, but for links and blocks.
 * Footers, authors and labels of buttons are shown as they stand: they take `toPlain`, as a backslash would be seen.
 */
import type { Inline, RichText } from '../../../chat/card.ts';
import { clip } from '../../../chat/clip.ts';
import { visible, webUrl } from '../../../chat/invisible.ts';

type Node =
  | { readonly kind: 'plain' | 'bold' | 'italic' | 'code'; readonly text: string }
  /** `text` is the channel's id. */
  | { readonly kind: 'channel'; readonly text: string }
  /** `label` is what is pressed; `text` what stays where there is no room for the address. */
  | { readonly kind: 'link'; readonly text: string; readonly label: string; readonly url: string };

/** A message shows 6,000 characters. What stands this far behind is not even looked at, so that no text is slow. */
const CONSIDERED = 8_192;
/** Characters that may make up the last one to the eye. */
const LONGEST_GRAPHEME = 64;
/** A longer address would take the room of the words beside it. */
const LINKED_URL = 512;
/** What is pressed where the text cannot be the link itself. */
const LINK_WORD = 'open';

/**
 * What begins a form wherever it stands: emphasis, code, spoilers, links, mentions, timestamps, commands, emoji (`<`),
 * addresses and `:emoji:` (a colon before anything but a space). `](` in a text would be taken for the end of a link that
 * *we* began before it, hence the parenthesis behind a bracket.
 */
const SPECIAL = /[\\*_~|`<>[\]@]|:(?!\s)|(?<=\])\(/g;
/** An invite needs no scheme to be found. */
const OWN_HOST = /discord(?:app)?(?=\.\w)/gi;
/** Headings, small print and lists, where a line begins; emphasis opens a line too, so every text is guarded, wherever it goes. */
const LINE_START = /^(\s*)([#+-])/;
const NUMBERED = /^(\s*\d+)(?=[.)])/;
/** An id of Discord's: https://discord.com/developers/docs/reference#snowflakes */
const SNOWFLAKE = /^\d{17,20}$/;
/** Clients differ in whether a link with an emoji in its text is a link: discord/discord-api-docs#6810, #7673. */
const EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
/** What code cannot hold: its own end, and the end of a link that began before it. Such a text is better plain than changed. */
const UNCODED = /`|\]\(/;
/** What ends a link's address early. The backslash, quotes and blanks are `webUrl`'s, but not in a query. */
const ADDRESS_END = /[()[\]<>\\"'`]/g;

/** One line of Markdown, at most `limit` characters with its escapes: a longer text is clipped, never an escape or a link. */
export function toMarkdown(text: RichText, limit: number): string {
  const nodes = toNodes(text, limit);
  const whole = nodes.map(write).join('').trim();
  if (whole.length <= limit) return whole;
  let line = '';
  for (const [at, node] of nodes.entries()) {
    const forms = [write(node), ...(node.kind === 'link' ? [literalAlone(node.text)] : [])];
    // One character is kept for the ellipsis of what follows.
    const form = forms.find((each) => line.length + each.length < limit);
    if (form === undefined) {
      const more = at < nodes.length - 1 ? '…' : '';
      return (line + literalWithin(node.text + more, limit - line.length)).trim();
    }
    line += form;
  }
  return line.trim();
}

/** The words alone, for where Discord reads no Markdown; of a link its text. */
export function toPlain(text: RichText, limit: number): string {
  const words = text.map((inline) => shown(typeof inline === 'string' ? inline : inline.text)).join('');
  return clip(words.trim(), limit);
}

/** The text as it is seen, before it is escaped. */
export function shown(text: string): string {
  return visible(text.slice(0, CONSIDERED));
}

function toNodes(text: RichText, limit: number): Node[] {
  const nodes: Node[] = [];
  for (const inline of text) {
    for (const node of spell(inline, limit)) {
      if (node.text === '' && node.kind !== 'link') continue;
      const last = nodes.at(-1);
      // Marks that touch (`**a***b*`) are read as other marks.
      const touches = last !== undefined && isMark(last) && isMark(node);
      const kind = touches ? 'plain' : node.kind;
      // Escaping looks at neighbours, so plain texts are escaped as one: `https:` and `//x.org` are an address together.
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

/** As nodes that Discord can show, of a text no more than what clipping it to `limit` looks at. */
function spell(inline: Inline, limit: number): Node[] {
  const text = shown(typeof inline === 'string' ? inline : inline.text).slice(0, limit + LONGEST_GRAPHEME);
  if (typeof inline === 'string' || text.trim() === '') return [{ kind: 'plain', text }];
  switch (inline.kind) {
    case 'bold':
    case 'italic':
      return [{ kind: inline.kind, text }];
    case 'code':
      // No escape works within code.
      return [{ kind: UNCODED.test(text) ? 'plain' : 'code', text }];
    case 'dim':
      // Small print is a form of whole lines in Discord. Within a line, italics tell our words from the paper's.
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
 * The text of a link knows no escapes: Discord shows their backslashes, and a text with an address in it breaks the link
 * (discord/discord-api-docs#6185, #7721). A text that needs escapes therefore stands before its link.
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

/** Marks stand right at the letters: with a blank between, they are asterisks. */
function around(mark: string, text: string): string {
  const inner = text.trim();
  const start = text.indexOf(inner);
  return text.slice(0, start) + mark + literal(inner) + mark + text.slice(start + inner.length);
}

/** A backslash before a letter or a blank would be seen; before these signs it is not. */
function literal(text: string): string {
  return text
    .replace(SPECIAL, '\\$&')
    .replace(OWN_HOST, '$&\\')
    .replace(LINE_START, '$1\\$2')
    .replace(NUMBERED, '$1\\');
}

/** For a text whose neighbour is not known. */
function literalAlone(text: string): string {
  return literal(text).replace(/^\(/, '\\(');
}

/** Clipping looks at what a person sees as one character, which is slow: the length is found without. */
function literalWithin(text: string, limit: number): string {
  const room = Math.max(0, limit);
  let length = room;
  const tooMuch = () => literalAlone(text.slice(0, length)).length - room;
  // A character takes at most two, so that half of what is too much is never more than that.
  for (let over = tooMuch(); over > 0; over = tooMuch()) length -= Math.ceil(over / 2);
  for (;;) {
    const written = literalAlone(clip(text, length));
    if (written.length <= room) return written;
    // Before the ellipsis, a colon needs an escape that it did not need before a blank.
    length -= 1;
  }
}
