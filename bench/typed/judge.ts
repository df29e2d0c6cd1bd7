/** Judges whether a typed line gave the same answer as one of its commands in full. */
import type { TypedCase } from './cases.ts';
import type { Conversations, Outcome } from './conversations.ts';

export interface Verdict {
  readonly tried: TypedCase;
  readonly right: boolean;
  /** True if the line changed the saved papers or the feeds in a way that nobody asked for. */
  readonly changedWrongly: boolean;
  /** True if no command gave anything to compare with. */
  readonly empty: boolean;
  /** Answer to the typed line. */
  readonly printed: string;
}

/** What is left of an answer without its heading: numbered titles, links and quotes. */
const TITLE = /^\s*(\d+) {2}(\S.*)$/gm;
const TITLE_LENGTH = 50;
const LINK = /https:\/\/arxiv\.org\/abs\/\S+/g;
const QUOTE = /“([^”]{25,})”/g;

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
    const got = await conversations.have([...first, typed], afterwards);
    const before = await inFull(tried, '');
    const targets = await Promise.all(commands.map((command) => inFull(tried, command)));
    const right =
      targets.some((target) => isSame(got, target)) ||
      (literal !== undefined && quotes(got.afterwards ?? got.printed, literal)) ||
      (loose && isShort(got.printed.slice(before.printed.length)));
    const states = [before, ...targets].map(({ state }) => state);
    return {
      tried,
      right,
      changedWrongly: !(right && literal !== undefined) && !states.includes(got.state),
      empty: literal === undefined && !loose && targets.every((target) => saysNothing(target)),
      printed: got.printed.slice(before.printed.length),
    };
  };
}

function linesOf(command: string): string[] {
  return command.split('\n').filter((line) => line !== '');
}

function isSame(got: Outcome, target: Outcome): boolean {
  if (target.afterwards !== undefined) return got.afterwards === target.afterwards;
  const said = withoutHeading(target.printed);
  // Help lists no papers, so it is compared whole.
  return said === '' ? got.printed === target.printed : withoutHeading(got.printed) === said;
}

function saysNothing({ printed, afterwards }: Outcome): boolean {
  return (
    afterwards === undefined && withoutHeading(printed) === '' && (printed === '' || REFUSALS.test(printed))
  );
}

function withoutHeading(printed: string): string {
  const titles = Array.from(
    printed.matchAll(TITLE),
    ([, number = '', title = '']) => `${number} ${title.slice(0, TITLE_LENGTH).replace(/ {2,}.*$/, '')}`,
  );
  const links = new Set(printed.match(LINK));
  const quoted = Array.from(printed.matchAll(QUOTE), ([, quote = '']) => quote.replace(/\s+/g, ' '));
  return [...titles, ...links, ...quoted].join('\n');
}

function quotes(answer: string, words: string): boolean {
  const line = answer.split('\n').find((each) => each.includes(`“${words}”`));
  return line !== undefined && !FILTERS.test(line.replace(`“${words}”`, ''));
}

function isShort(answer: string): boolean {
  return answer !== '' && !REFUSALS.test(answer) && withoutHeading(answer) === '';
}
