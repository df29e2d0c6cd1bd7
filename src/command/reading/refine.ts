/** Reads words about a list that was just shown: `more`, `only cs.CV`, `newest first`, `the second one`. */
import { type Catalogue, type CommandShape, findCommand, restOption } from '../catalogue.ts';
import type { RawValues } from '../define.ts';
import { formatLine } from '../line.ts';
import { JOINED } from '../several-papers.ts';
import { noSuchNumber, numberInQuestion, withoutPaperFillers } from './paper-words.ts';
import { readBesidePapers, readSaidOptions } from './read-said.ts';
import { isSpokenCommand } from './resolve-command.ts';
import { lineOfSentence, numbersNamed, readNumberFirst, readSentence } from './sentences.ts';

/** A list as it was asked for, with its papers by number. */
export interface ShownList {
  readonly command: CommandShape;
  readonly values: RawValues;
  readonly papers: ReadonlyMap<number, string>;
  /** The list before it. */
  readonly before?: ShownList;
}

/** Characters of words about a list. */
const LONGEST = 160;
const POLITE =
  /^(?:(?:ok|okay|and|now|please|pls|then|but|so|can you|could you|show me|give me|find(?: me)?|get me|let me see|i want|i'd like|let's see|what about|how about|go to|jump to)[,!]?\s+)+(?=\S)|[\s,]+(?:please|pls|now|instead|then|thanks)[.!?]*$|[.!?]+$/giu;
const NEXT =
  /^(?:the )?(?:more|next|next (?:page|ones|five|results|papers|\d{1,2})|more (?:papers|results|of (?:them|these|those))|some more|a few more|another page|further|continue|go on|any more|anything else|what else)$/iu;
const BACK = /^(?:back|go back|previous|prev|(?:the )?previous (?:page|ones|list|results)|last page|undo)$/iu;
const WITHOUT =
  /^(?:but )?(?!not (?:for (?:me|us)|interested|interesting|really|sure|now|yet)\b)(?:without|no|not|exclude|excluding|except|minus|hide|leave out|skip)(?: any| the| about| those about)* (.+)$/iu;
const ONLY =
  /^(?:only|just|narrow (?:it |this )?(?:down )?to|about)(?: papers)?(?: (?:about|on|those about))? (\S.*)$/iu;
/** Words about one paper of the list, and the command that each means. */
const ABOUT_ONE: readonly (readonly [RegExp, string, Readonly<Record<string, string>>?])[] = [
  [/^(?:more|papers|others?|something|anything) (?:like|similar to) (.+)$/iu, 'similar'],
  [/^(?:less|fewer|no more|not)(?: papers?)? (?:like|similar to|of) (.+)$/iu, 'taste', { do: 'less' }],
  [
    /^(?:(?:i'm |i’m |i am )?not interested in|i (?:don't|don’t|do not|didn't|didn’t|did not) (?:like|want to see|want)|dislike|not for me:?|thumbs down(?: for)?:?|(?:never|don't|don’t|do not) show me|hide) (.+?)(?: again| any ?more)?$/iu,
    'taste',
    { do: 'less' },
  ],
  [/^(?:i (?:(?:like|love)d?|enjoy(?:ed)?)|thumbs up(?: for)?:?) (.+)$/iu, 'taste', { do: 'more' }],
  [/^forget (?:about )?(.+)$/iu, 'taste', { do: 'neither' }],
  [/^dismiss (.+?)(?: here)?$/iu, 'dismiss'],
  [
    /^(?:undismiss|(?:undo|take back|i take back) (?:the |my )?(?:dismissal of|dismissing)|(?:don't|don’t) dismiss) (.+?)(?: here)?$/iu,
    'dismiss',
    { undo: 'yes' },
  ],
  [/^(?:similar|related)(?: papers)?(?: to)? (.+)$/iu, 'similar'],
  [/^(?:tell me |say )?more about (.+)$/iu, 'show'],
  [/^what (?:is|was|does) (.+?) (?:about|say|do)$/iu, 'summary'],
  [/^(?:the )?(?:abstract|pdf|link|details|authors) (?:of|to|for) (.+)$/iu, 'show'],
  [/^(?:i am |i'm |i’m )?reading (.+)$/iu, 'read', { state: 'reading' }],
  [/^(?:mark )?(.+) (?:as |is )unread$/iu, 'read', { state: 'unread' }],
  [/^unread (.+)$/iu, 'read', { state: 'unread' }],
  [/^(?:mark )?(.+) (?:as |is )read$/iu, 'read'],
  [
    /^(?:(?:i )?(?:(?:i've|i’ve|have|'ve|’ve) )?(?:already )?read|(?:i am |i'm |i’m )?done with|(?:i )?finished) (.+)$/iu,
    'read',
  ],
  [/^(?:open|show|see|view)(?: me)? (.+)$/iu, 'show'],
  [/^(?:summary|summari[sz]e|tldr|sum up)(?: of)? (.+)$/iu, 'summary'],
  [/^(save|unsave|compare|similar) (.+)$/iu, ''],
  [/^(.+)$/u, 'show'],
];
/** What may be left beside options. */
const GLUE =
  /^(?:(?:only|just|but|and|with|the|those|these|this|ones?|them|sort|sorted|order|ordered|filter|by|in|from|papers?|results?|all|also|it|that|are|is|to|make|limit|list|narrow|down|restrict|change|switch|published|please)\s*)*$/iu;

/** @returns the line of the list or paper that is meant; `undefined` if the words are about something else */
export function refineList(
  catalogue: Catalogue,
  shown: ShownList,
  said: string,
  now: Date,
): string | undefined {
  const ofSentence = lineAboutPapers(catalogue, shown.papers, said);
  if (ofSentence !== undefined) return ofSentence;
  if (said.length > LONGEST) return undefined;
  const text = said.trim().replace(POLITE, '').replace(/\s+/gu, ' ').trim();
  if (text === '') return undefined;
  const { command, values } = shown;
  const page = Number(values['page'] ?? 1);
  const has = (option: string) => Object.hasOwn(command.options, option);
  if (NEXT.test(text)) return has('page') ? lineOf(command, { ...values, page: page + 1 }) : undefined;
  if (BACK.test(text)) {
    if (page > 1) return lineOf(command, { ...values, page: page - 1 });
    return shown.before && lineOf(shown.before.command, shown.before.values);
  }
  const ofPaper = paperLine(catalogue, shown, text, now) ?? questionLine(catalogue, shown, said.trim());
  if (ofPaper !== undefined) return ofPaper;
  // “Not interested in robotics” is no filter, and the answer to a question has none.
  return isSpokenCommand(catalogue, text) || !has('page') ? undefined : narrowed(command, values, text, now);
}

/** A sentence about papers of the list: `note 2 a good baseline`, `remove the tag llm from 2`. */
export function lineAboutPapers(
  catalogue: Catalogue,
  papers: ReadonlyMap<number, string>,
  said: string,
): string | undefined {
  if (papers.size === 0) return undefined;
  const ofPapers = catalogue.filter(({ root }) => root === 'papers');
  const sentence = readSentence(ofPapers, said) ?? readNumberFirst(ofPapers, said);
  const numbers = numbersNamed(sentence?.papers?.named ?? '', Math.max(...papers.keys()));
  const ids = numbers.flatMap((number) => papers.get(number) ?? []);
  if (sentence === undefined || ids.length === 0 || ids.length < numbers.length) return undefined;
  return lineOfSentence(sentence, ids.join(', '));
}

/** A question about one paper of the list: “does 3 have code?”, “what data does the second one use?” */
function questionLine(catalogue: Catalogue, { papers }: ShownList, text: string): string | undefined {
  const found = numberInQuestion(text);
  const paper = papers.get(found?.number ?? 0);
  const command = catalogue.find((each) => {
    const option = restOption(each);
    return option?.type === 'string' && option.reads === 'question';
  });
  const [option] =
    Object.entries(command?.options ?? {}).find(([, { complete }]) => complete === 'paper') ?? [];
  if (!found || !command || paper === undefined || option === undefined) return undefined;
  const { root, name } = command;
  return formatLine({ root, name, args: { [option]: paper } }, found.question);
}

function paperLine(catalogue: Catalogue, { papers }: ShownList, text: string, now: Date): string | undefined {
  for (const [form, meant, args] of ABOUT_ONE) {
    const [, ...groups] = form.exec(text) ?? [];
    const name = groups.at(-1);
    if (name === undefined) continue;
    const numbers = numbersOf(name, papers);
    const chosen = numbers.flatMap((number) => papers.get(number) ?? []);
    const called = meant === '' ? (groups[0] ?? '') : meant;
    const command = findCommand(catalogue, 'papers', called) ?? findCommand(catalogue, undefined, called);
    if (command === undefined) continue;
    const together = togetherLine(command, name, papers, now);
    if (together !== undefined) return together;
    // A number that the list does not have is named by the command itself.
    if (chosen.length === 0 || chosen.length < numbers.length) continue;
    // As free text, so that several papers are read as such.
    return chosen.length === 1
      ? lineOf(command, { [command.rest ?? 'paper']: chosen[0], ...args })
      : formatLine({ root: command.root, name: command.name, args: args ?? {} }, chosen.join(', '));
  }
  return undefined;
}

/**
 * `2 and 2406.01574 since may`, for a command that takes several papers together: numbers of the list, ids
 * and options.
 */
function togetherLine(
  command: CommandShape,
  text: string,
  papers: ReadonlyMap<number, string>,
  now: Date,
): string | undefined {
  const { root, name, rest, options } = command;
  const option = restOption(command);
  if (rest === undefined || option?.type !== 'string' || option.together !== true) return undefined;
  const others = Object.fromEntries(Object.entries(options).filter(([each]) => each !== rest));
  const isSurely = (each: string) => option.isSurely?.(each) === true;
  const idsIn = (names: string) => {
    const numbers = numbersOf(names, papers);
    const named = numbers.length > 0 ? numbers.map(String) : names.split(JOINED).filter(Boolean);
    const ids = named.map((each) => (isSurely(each) ? each : papers.get(plainNumber(each) ?? 0)));
    const known = ids.filter((id) => id !== undefined);
    return known.length === ids.length ? known : [];
  };
  const found = readBesidePapers(others, {}, text, now, (names) => idsIn(names).length > 0);
  const known = idsIn(found.text);
  if (known.length === 0) return undefined;
  const args = Object.fromEntries(found.said);
  // As free text, so that several papers are read as such.
  return known.length === 1
    ? lineOf(command, { [rest]: known[0], ...args })
    : formatLine({ root, name, args }, known.join(', '));
}

/**
 * The value of an option for papers, with ids instead of numbers of a list: `1 3`. Unchanged if it names
 * anything else.
 * @throws UserError for a number that the list does not have
 */
export function withIds(value: string, papers: ReadonlyMap<number, string>): string {
  // “One” may be a title.
  if (papers.size === 0 || !/\d/.test(value)) return value;
  const numbers = numbersOf(value, papers);
  const ids = numbers.map((number) => {
    const id = papers.get(number);
    if (id === undefined) throw noSuchNumber(number, [...papers.keys()]);
    return id;
  });
  return ids.length === 0 ? value : ids.join(', ');
}

/** The numbers that a text names, if it names nothing else. */
function numbersOf(text: string, papers: ReadonlyMap<number, string>): number[] {
  return numbersNamed(withoutPaperFillers(text), Math.max(...papers.keys()));
}

function plainNumber(text: string): number | undefined {
  return /^#?\d{1,2}$/.test(text) ? Number(text.replace('#', '')) : undefined;
}

function narrowed(command: CommandShape, values: RawValues, text: string, now: Date): string | undefined {
  const { rest } = command;
  const without = WITHOUT.exec(text)?.[1];
  const option = restOption(command);
  if (without !== undefined && rest !== undefined && option?.type === 'string' && option.operators === true) {
    const words = without.split(/[\s,]+/).filter((word) => !/^(?:and|or|papers?)$/i.test(word));
    const query = [values[rest] ?? '', ...words.map((word) => `-${word}`)].join(' ').trim();
    return lineOf(command, { ...values, [rest]: query, page: undefined });
  }
  // A year alone is a word elsewhere.
  const told = /^(?:19|20)\d{2}$/.test(text) ? `in ${text}` : text;
  const found = readSaidOptions(command.options, {}, told, now, true);
  if (found.said.size > 0 && GLUE.test(found.text)) {
    return lineOf(command, { ...values, page: undefined, ...Object.fromEntries(found.said) });
  }
  const topic = ONLY.exec(text)?.[1];
  if (topic === undefined || rest === undefined || option?.type !== 'string' || option.operators !== true)
    return undefined;
  return lineOf(command, { ...values, [rest]: `${values[rest] ?? ''} ${topic}`.trim(), page: undefined });
}

function lineOf(
  { root, name }: CommandShape,
  args: Readonly<Record<string, string | number | undefined>>,
): string {
  return formatLine({ root, name, args });
}

/** True for words that page a list and mean nothing else: `/papers more`. */
export function isPaging(text: string): boolean {
  const plain = text.trim();
  return NEXT.test(plain) || BACK.test(plain) || /^page \d{1,4}$/i.test(plain);
}
