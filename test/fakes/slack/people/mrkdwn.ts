/**
 * Reads Slack's mrkdwn like its clients, so that a test sees what a person would see. Written from Slack's
 * documentation of message formatting. It shares nothing with our escaper. Where clients differ or the
 * behaviour is not known, it chooses the reading with more markup.
 *
 * https://docs.slack.dev/messaging/formatting-message-text
 * https://docs.slack.dev/reference/block-kit/composition-objects/text-object
 */
import type { Mark, Seen } from '../../visible-text.ts';

export interface MrkdwnOptions {
  /** Bare URLs and names stay text. */
  readonly verbatim?: boolean;
}

interface State extends MrkdwnOptions {
  readonly lineStart: boolean;
  /** The character before, which decides whether a character opens a mark. */
  readonly before: string;
  readonly depth: number;
}

interface Reading {
  readonly length: number;
  readonly seen: readonly Seen[];
}

type Rule = (source: string, state: State) => Reading | undefined;

/** Deeper nesting is shown as text. */
const DEEPEST = 8;

export function readMrkdwn(source: string, options: MrkdwnOptions = {}): Seen[] {
  return readAll(source, { ...options, lineStart: true, before: '', depth: 0 });
}

function readAll(source: string, start: State): Seen[] {
  const seen: Seen[] = [];
  let { lineStart, before } = start;
  for (let at = 0; at < source.length; ) {
    const rest = source.slice(at);
    const reading = read(rest, { ...start, lineStart, before });
    const length = reading?.length ?? 1;
    for (const part of reading?.seen ?? [{ kind: 'text', text: rest.slice(0, 1) } as const]) add(seen, part);
    const consumed = rest.slice(0, length);
    before = consumed.at(-1) ?? '';
    lineStart = /\n *$/.test(consumed) || (lineStart && /^ *$/.test(consumed));
    at += length;
  }
  return seen;
}

function read(source: string, state: State): Reading | undefined {
  if (state.depth > DEEPEST) return undefined;
  const rules = state.verbatim ? RULES : [...RULES, ...WORDS];
  for (const rule of rules) {
    const reading = rule(source, state);
    if (reading) return reading;
  }
  return undefined;
}

function add(seen: Seen[], part: Seen): void {
  const last = seen.at(-1);
  if (part.kind === 'text' && last?.kind === 'text') {
    seen[seen.length - 1] = { kind: 'text', text: last.text + part.text };
  } else seen.push(part);
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

const entity: Rule = (source) => {
  const match = /^&(?:amp|lt|gt);/.exec(source);
  if (!match) return undefined;
  return { length: match[0].length, seen: [{ kind: 'text', text: ENTITIES[match[0]] ?? '' }] };
};

/** `<https://…|words>`, `<@U…>`, `<#C…>`, `<!here>`, `<!date^…|fallback>`, in any context. */
const control: Rule = (source, state) => {
  const match = /^<([^<>\n|]+)(?:\|([^<>\n]*))?>/.exec(source);
  if (!match) return undefined;
  const [all, target = '', label] = match;
  if (/^[@#!]/.test(target)) return { length: all.length, seen: [{ kind: 'mention', source: all }] };
  if (!/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(target)) return undefined;
  const content = readAll(label || target, { ...state, verbatim: true, depth: DEEPEST });
  return { length: all.length, seen: [{ kind: 'link', url: target, content }] };
};

/** An escaped `>` can still begin a quote. */
const quote: Rule = (source, state) => {
  if (!state.lineStart) return undefined;
  const match = /^(?:>|&gt;)(?:>>|&gt;&gt;)? ?([^\n]*)\n?/.exec(source);
  return match ? marked('quote', match, state) : undefined;
};

/** A pair of characters on one line, with no letter outside and no space inside. */
function emphasis(mark: Mark, sign: string): Rule {
  const form = new RegExp(`^[${sign}](?![\\s${sign}])([^\\n]*?\\S)[${sign}](?![\\p{L}\\p{N}])`, 'u');
  return (source, state) => {
    if (/[\p{L}\p{N}]$/u.test(state.before)) return undefined;
    const match = form.exec(source);
    return match ? marked(mark, match, state) : undefined;
  };
}

function marked(mark: Mark, [all, inner = '']: RegExpExecArray, state: State): Reading {
  const content = readAll(inner, { ...state, before: '', lineStart: false, depth: state.depth + 1 });
  return { length: all.length, seen: [{ kind: 'mark', mark, content }] };
}

/** In code, characters of markup are literal, but text in angle brackets is still resolved. */
function code(mark: Mark, form: RegExp): Rule {
  return (source) => {
    const match = form.exec(source);
    if (!match) return undefined;
    const [all, inner = ''] = match;
    const parts = inner.split(/(<[^<>\n]+>|&(?:amp|lt|gt);)/).filter((part) => part !== '');
    const state = { verbatim: true, lineStart: false, before: '', depth: 0 };
    const content = parts.flatMap(
      (part): readonly Seen[] =>
        (control(part, state) ?? entity(part, state))?.seen ?? [{ kind: 'text', text: part }],
    );
    return { length: all.length, seen: [{ kind: 'mark', mark, content }] };
  };
}

/** Emoji by their names. The workspace decides which names exist. */
const emoji: Rule = (source) => {
  const match = /^:[a-z0-9_+'-]+(?:::skin-tone-[2-6])?:/.exec(source);
  return match ? { length: match[0].length, seen: [{ kind: 'mention', source: match[0] }] } : undefined;
};

const RULES: readonly Rule[] = [
  control,
  quote,
  entity,
  code('code block', /^```\n?([\s\S]+?)```/),
  code('code', /^`([^`\n]+)`/),
  emphasis('bold', '*'),
  emphasis('italic', '_'),
  emphasis('strike', '~'),
  emoji,
];

const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/|www\.|mailto:)[^\s<>|]*[^\s<>|.,:;!?"')\]]/i;
/** Host names become links automatically. */
const HOST =
  /^(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|app|ai|co|edu|gov|info|me|xyz|example)(?:\/[^\s<>|]*)?(?![\w-])/i;
const CALL = /^@(?:here|channel|everyone)(?![\w-])/i;

/** Automatic formatting of words, unless it is turned off. */
const WORDS: readonly Rule[] = [
  (source, { before }) => {
    if (/[\p{L}\p{N}@.]$/u.test(before)) return undefined;
    const [found] = ADDRESS.exec(source) ?? HOST.exec(source) ?? [];
    if (found === undefined) return undefined;
    const url = found.replaceAll('&amp;', '&');
    return { length: found.length, seen: [{ kind: 'link', url, content: [{ kind: 'text', text: url }] }] };
  },
  (source, { before }) => {
    const [found] = /[\p{L}\p{N}]$/u.test(before) ? [] : (CALL.exec(source) ?? []);
    return found === undefined
      ? undefined
      : { length: found.length, seen: [{ kind: 'mention', source: found }] };
  },
];
