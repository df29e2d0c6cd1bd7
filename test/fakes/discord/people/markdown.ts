/**
 * Reads Discord's Markdown like its clients, so that a test sees what a person would see. Written from
 * Discord's documentation of message formatting, its help pages, and reports of its maintainers and users. It
 * shares nothing with our escaper. Where clients differ or the behaviour is not known, it chooses the reading
 * with more markup.
 *
 * https://discord.com/developers/docs/reference#message-formatting
 * https://support.discord.com/hc/en-us/articles/210298617-Markdown-Text-101
 */
import { type Mark, type Seen, summary } from '../../visible-text.ts';

/**
 * Titles and names of fields have no blocks and no links; values of fields have no headings and small print.
 */
export type Place = 'description' | 'value' | 'title';

interface State {
  readonly place: Place;
  /** Whether the text is at the beginning of a line. */
  readonly lineStart: boolean;
  readonly inLink?: boolean;
  readonly inQuote?: boolean;
  /** While a text is tried as the text of a link. */
  readonly noEscapes?: boolean;
  readonly depth: number;
}

interface Reading {
  readonly length: number;
  readonly seen: readonly Seen[];
}

type Rule = (source: string, state: State) => Reading | undefined;

/** Deeper nesting is shown as text. */
const DEEPEST = 12;
/** A character at which no form can begin. */
const PLAIN = /^(?!\w+:\S|discord)[0-9A-Za-z]/i;

export function readMarkdown(source: string, place: Place = 'description'): Seen[] {
  return readAll(source, { place, lineStart: true, depth: 0 });
}

function readAll(source: string, state: State): Seen[] {
  const seen: Seen[] = [];
  let { lineStart } = state;
  for (let at = 0; at < source.length; ) {
    const rest = source.slice(at, at + 16_384);
    const reading = read(rest, { ...state, lineStart });
    const length = reading?.length ?? 1;
    for (const part of reading?.seen ?? [text(rest.slice(0, 1))]) add(seen, part);
    const consumed = source.slice(at, at + length);
    // After spaces at the beginning of a line, it still counts as the beginning.
    lineStart = /\n *$/.test(consumed) || (lineStart && /^ *$/.test(consumed));
    at += length;
  }
  return seen;
}

function read(source: string, state: State): Reading | undefined {
  if (PLAIN.test(source) && !(state.lineStart && /^\d/.test(source))) return undefined;
  if (state.depth > DEEPEST) return undefined;
  const rules = state.inLink ? LINK_TEXT : [...(state.lineStart ? BLOCKS : []), ...INLINES];
  for (const rule of rules) {
    const reading = rule(source, state);
    if (reading) return reading;
  }
  return undefined;
}

function add(seen: Seen[], part: Seen): void {
  const last = seen.at(-1);
  if (part.kind === 'text' && last?.kind === 'text') seen[seen.length - 1] = text(last.text + part.text);
  else seen.push(part);
}

function text(content: string): Seen {
  return { kind: 'text', text: content };
}

/** A form with its content in the first group. */
function marked(mark: Mark, form: RegExp, lineStart = false): Rule {
  return (source, state) => {
    const match = form.exec(source);
    if (!match) return undefined;
    const inner = { ...state, depth: state.depth + 1, lineStart: lineStart || state.lineStart };
    return {
      length: match[0].length,
      seen: [{ kind: 'mark', mark, content: readAll(match[1] ?? '', inner) }],
    };
  };
}

/** A form with content that is shown unchanged. */
function verbatim(mark: Mark, form: RegExp, group: number): Rule {
  return (source) => {
    const match = form.exec(source);
    return match
      ? { length: match[0].length, seen: [{ kind: 'mark', mark, content: [text(match[group] ?? '')] }] }
      : undefined;
  };
}

function mention(form: RegExp): Rule {
  return (source) => {
    const match = form.exec(source);
    return match ? { length: match[0].length, seen: [{ kind: 'mention', source: match[0] }] } : undefined;
  };
}

function unless(places: readonly Place[], rule: Rule): Rule {
  return (source, state) => (places.includes(state.place) ? undefined : rule(source, state));
}

const heading = marked('heading', /^#{1,3}\s+(?!#)([^\n]+)\n?/, true);
const subtext = marked('subtext', /^-#\s+(?!-#)([^\n]+)\n?/, true);

const quote: Rule = (source, state) => {
  if (state.inQuote) return undefined;
  const match = /^ *>>>\s([\s\S]*)/.exec(source) ?? /^(?: *> [^\n]*(?:\n|$))+/.exec(source);
  if (!match) return undefined;
  const content = match[1] ?? match[0].replace(/^ *> /gm, '');
  const inner = { ...state, depth: state.depth + 1, inQuote: true, lineStart: true };
  return {
    length: match[0].length,
    seen: [{ kind: 'mark', mark: 'quote', content: readAll(content, inner) }],
  };
};

const BLOCKS: readonly Rule[] = [
  unless(['title', 'value'], heading),
  unless(['title', 'value'], subtext),
  unless(['title'], quote),
  unless(['title'], marked('list', /^ *(?:[*+-]|\d+[.)])\s+([^\n]*)\n?/, true)),
];

/** ¯\_(ツ)_/¯ is shown with its arm. */
const shrug: Rule = (source) =>
  source.startsWith('¯\\_(ツ)_/¯') ? { length: 9, seen: [text('¯\\_(ツ)_/¯')] } : undefined;

const escaped: Rule = (source, { noEscapes }) => {
  if (noEscapes) return undefined;
  const match = /^\\([^0-9A-Za-z\s])/.exec(source);
  return match ? { length: match[0].length, seen: [text(match[1] ?? '')] } : undefined;
};

/** `<https://…>`, `<scheme:/…>`, and the addresses and numbers in angle brackets. */
const angled: Rule = (source) => {
  const match =
    /^<((?:[^: >]+:\/[^ >]+)|(?:mailto|tel|sms):[^ >]+|[^\s<>@]+@[^\s<>]+\.[^\s<>]+|\+\d[\d -]*)>/i.exec(
      source,
    );
  const [all, url] = match ?? [];
  return all === undefined || url === undefined ? undefined : { length: all.length, seen: [link(url)] };
};

const bare: Rule = (source) => {
  const match = /^(?:https?|steam|discord):\/\/[^\s<]+[^<.,:;"'\]\s]/i.exec(source);
  return match ? { length: match[0].length, seen: [link(match[0])] } : undefined;
};

function link(url: string, content: readonly Seen[] = [text(url)]): Seen {
  return { kind: 'link', url, content };
}

/**
 * `[text](url "title")`. The text extends to a later `](` if possible, across everything except an opening
 * bracket. Escapes do not work in it. If it contains an address or a mention, there is no link, and all of it
 * is shown unchanged (discord/discord-api-docs#6185, #7721).
 */
const masked: Rule = (source, state) => {
  const match =
    /^\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['"]([\s\S]*?)['"])?\s*\)/.exec(
      source,
    );
  if (!match) return undefined;
  const [all, label = '', target = ''] = match;
  const url = target.replace(/\\([^0-9A-Za-z\s])/g, '$1');
  const tried = summary(readAll(label, { ...state, noEscapes: true, depth: state.depth + 1 }));
  const refused = tried.links.length > 0 || tried.mentions.length > 0 || label.trim() === '';
  if (refused || !/^(?:https?|mailto|tel|sms|discord|steam):/i.test(url)) {
    return { length: all.length, seen: [text(all)] };
  }
  const content = readAll(label, { ...state, inLink: true, depth: state.depth + 1 });
  return { length: all.length, seen: [link(url, content)] };
};

const EMPHASES: readonly (readonly [Mark, RegExp])[] = [
  ['bold', /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/],
  ['underline', /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/],
  ['italic', /^\*(?!\s)((?:\\[\s\S]|\*\*|[^*\\])+?)(?<!\s) {0,2}\*(?!\*)/],
  ['italic', /^_((?:\\[\s\S]|__|[^_\\])+?)_(?!\w)/],
];

/** The longest one wins, because they share their characters. */
const emphasis: Rule = (source, state) => {
  if (!/^[*_]/.test(source)) return undefined;
  const [longest] = EMPHASES.flatMap(([mark, form]) => {
    const length = form.exec(source)?.[0].length;
    return length === undefined ? [] : [{ mark, form, length }];
  }).sort((a, b) => b.length - a.length);
  return longest && marked(longest.mark, longest.form)(source, state);
};

const strike = marked('strike', /^~~([\s\S]+?)~~(?!_)/);
const spoiler = marked('spoiler', /^\|\|([\s\S]+?)\|\|/);
const code = verbatim('code', /^(`+)([\s\S]*?[^`])\1(?!`)/, 2);
const codeBlock = verbatim('code block', /^```(?:[\w+.#-]*\n)?([\s\S]*?[^\n][\s\S]*?)```/, 1);
const time = mention(/^<t:-?\d+(?::\w+)?>/);
/**
 * Resolves them as for a bot's text. For a name that does not exist the source is shown, including
 * backslashes.
 */
const shortcode: Rule = (source) => {
  const match = /^:([^\s:]+?(?:::skin-tone-\d)?):/.exec(source);
  if (!match) return undefined;
  const known = /^\w+(?:::skin-tone-\d)?$/.test(match[1] ?? '');
  return {
    length: match[0].length,
    seen: known ? [{ kind: 'mention', source: match[0] }] : [text(match[0])],
  };
};
const customEmoji = mention(/^<a?:\w+:\d+>/);

const LINK_TEXT: readonly Rule[] = [emphasis, strike, spoiler, code, time, customEmoji, shortcode];

const INLINES: readonly Rule[] = [
  shrug,
  escaped,
  unless(['title'], codeBlock),
  unless(['title'], angled),
  unless(['title'], bare),
  unless(['title'], masked),
  mention(/^<@[!&]?\d+>/),
  mention(/^<#\d+>/),
  mention(/^<\/[^\n:<>]+:\d+>/),
  mention(/^<(?:id|\d+):[\w-]+(?::\d+)?>/),
  mention(/^<(?:sound|game|g):[^\s<>]+>/),
  mention(/^@(?:everyone|here)/),
  mention(/^discord(?:app)?\.(?:gg|com\/invite|gift|new)\/\w+/i),
  ...LINK_TEXT,
];
