/** Judges whether a typed line gave the same answer as one of its commands in full. */
import type { TypedCase } from './cases.ts';
import type { Conversations, Outcome } from './conversations.ts';

export interface Verdict {
  readonly tried: TypedCase;
  readonly right: boolean;
  /** True if the line changed the saved papers or the feeds in a way that nobody asked for. */
  readonly changedWrongly: boolean;
  /** To the typed line. */
  readonly answer: string;
}

// An answer without its heading: numbered titles, links and quotes.
const TITLE = /^\s*(\d+) {2}(\S.*)$/m;
const TITLES = new RegExp(TITLE, 'gm');
const TITLE_LENGTH = 50;
const LINK = /https:\/\/arxiv\.org\/abs\/\S+/g;
const QUOTE = /“([^”]{25,})”/g;
/** A heading and a remark, wrapped. */
const REMARK_LINES = 3;

const REFUSALS = /has no |Did you mean|\bNo |Nothing/;
/** Words for filters, in a heading that should have none. */
const FILTERS = /since|until|by|newest|most votes|at least|at \d/;

export function openJudge(conversations: Conversations) {
  const known = new Map<string, Promise<Outcome>>();

  /** Many lines have the same commands in full. */
  function inFull({ first, afterwards }: TypedCase, command: string): Promise<Outcome> {
    const key = JSON.stringify([first, command, afterwards]);
    const outcome = known.get(key) ?? conversations.have([...first, ...linesOf(command)], afterwards);
    known.set(key, outcome);
    return outcome;
  }

  return async (tried: TypedCase): Promise<Verdict> => {
    const { first, typed, commands, afterwards, literal, loose } = tried;
    const before = await inFull(tried, '');
    const targets = await Promise.all(commands.map((command) => inFull(tried, command)));
    const got = await conversations.have([...first, typed], afterwards);
    const answerOf = ({ printed }: Outcome) => printed.slice(before.printed.length);
    const answer = answerOf(got);
    const isSame = (target: Outcome) =>
      afterwards === undefined
        ? isSameAnswer(answer, answerOf(target))
        : got.afterwards === target.afterwards;
    const right =
      targets.some(isSame) ||
      (literal !== undefined && quotes(got.afterwards ?? answer, literal)) ||
      (loose && isShort(answer));
    const states = [before, ...targets].map(({ state }) => state);
    return {
      tried,
      right,
      changedWrongly: !(right && literal !== undefined) && !states.includes(got.state),
      answer,
    };
  };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function isSameAnswer(got: string, wanted: string): boolean {
  if (withoutHeading(got) !== withoutHeading(wanted)) return false;
  // The answer is one paper or a text, such as help.
  return TITLE.test(wanted) || isSameText(got, wanted);
}

/** Ignores the first of several lines, and a few more lines that say how the typed line was read. */
function isSameText(got: string, wanted: string): boolean {
  const lines = linesOf(got);
  const [heading = '', ...others] = linesOf(wanted);
  const body = others.length > 0 ? others : [heading];
  const more = lines.filter((line) => line !== heading && !body.includes(line));
  return body.every((line) => lines.includes(line)) && more.length <= REMARK_LINES;
}

function withoutHeading(answer: string): string {
  const titles = Array.from(
    answer.matchAll(TITLES),
    ([, number = '', title = '']) => `${number} ${title.slice(0, TITLE_LENGTH).replace(/ {2,}.*$/, '')}`,
  );
  const links = new Set(answer.match(LINK));
  const quoted = Array.from(answer.matchAll(QUOTE), ([, quote = '']) => quote.replace(/\s+/g, ' '));
  return [...titles, ...links, ...quoted].join('\n');
}

function quotes(answer: string, words: string): boolean {
  const line = answer.split('\n').find((each) => each.includes(`“${words}”`));
  return line !== undefined && !FILTERS.test(line.replace(`“${words}”`, ''));
}

function isShort(answer: string): boolean {
  return answer !== '' && !REFUSALS.test(answer) && withoutHeading(answer) === '';
}
