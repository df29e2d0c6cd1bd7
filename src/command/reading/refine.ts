/** Reads words about a list that was just shown: `more`, `only cs.CV`, `newest first`, `the second one`. */
import { type Catalogue, type CommandShape, findCommand, restOption } from '../catalogue.ts';
import type { RawValues } from '../define.ts';
import { formatLine } from '../line.ts';
import { numberMeant, withoutPaperFillers } from './paper-words.ts';
import { readSaidOptions } from './read-said.ts';

/** A list as it was asked for, with its papers by number. */
export interface ShownList {
  readonly command: CommandShape;
  readonly values: RawValues;
  readonly papers: ReadonlyMap<number, string>;
  /** The list before it. */
  readonly before?: ShownList;
}

const POLITE =
  /^(?:(?:ok|okay|and|now|please|pls|then|but|can you|could you|show(?: me)?|give me|i want|let's see)[,!]?\s+)+(?=\S)|[\s,]+(?:please|pls|now|instead|then|thanks)[.!]*$|[.!?]+$/giu;
const NEXT =
  /^(?:more|next|next (?:page|ones|five|results|papers)|more (?:papers|results|of (?:them|these|those))|some more|a few more|further|continue|go on|any more|anything else|what else)$/iu;
const BACK = /^(?:back|go back|previous|prev|previous (?:page|ones|list|results)|last page|undo)$/iu;
const WITHOUT =
  /^(?:but )?(?:without|no|not|exclude|excluding|except|minus|hide|leave out|skip)(?: any| the)? (.+)$/iu;
const VERB = /^(open|show|read|see|save|unsave|summary|summarize|summarise|similar|tldr)\s+(.+)$/iu;
/** What may be left beside options. */
const GLUE =
  /^(?:(?:only|just|but|and|with|the|those|ones?|them|sort|sorted|order|ordered|filter|by|in|from|papers?|results?|all|also|it|that|are|is|to|make|limit|list|narrow|down|restrict|change|switch|published|please)\s*)*$/iu;

/** @returns the line of the list or paper that is meant; `undefined` if the words are about something else */
export function refineList(
  catalogue: Catalogue,
  shown: ShownList,
  said: string,
  now: Date,
): string | undefined {
  const text = said.trim().replace(POLITE, '').replace(/\s+/gu, ' ').trim();
  if (text === '' || text.length > 120) return undefined;
  const { command, values } = shown;
  const page = Number(values['page'] ?? 1);
  const has = (option: string) => Object.hasOwn(command.options, option);
  if (NEXT.test(text)) return has('page') ? lineOf(command, { ...values, page: page + 1 }) : undefined;
  if (BACK.test(text)) {
    if (page > 1) return lineOf(command, { ...values, page: page - 1 });
    return shown.before && lineOf(shown.before.command, shown.before.values);
  }
  return paperLine(catalogue, shown, text) ?? narrowed(command, values, text, now);
}

function paperLine(catalogue: Catalogue, { papers }: ShownList, text: string): string | undefined {
  const [, verb = 'show', name = text] = VERB.exec(text) ?? [];
  const isLast = /^(?:the )?last(?: one| paper)?$/i.test(name);
  const number = isLast
    ? Math.max(...papers.keys())
    : (numberMeant(withoutPaperFillers(name)) ?? numberMeant(name) ?? plainNumber(name));
  const paper = number === undefined ? undefined : papers.get(number);
  const called = verb
    .toLowerCase()
    .replace(/^(?:open|read|see)$/, 'show')
    .replace(/^(?:summari[sz]e|tldr)$/, 'summary');
  const command = findCommand(catalogue, 'papers', called);
  if (paper === undefined || command === undefined) return undefined;
  return lineOf(command, { [command.rest ?? 'paper']: paper });
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
  const found = readSaidOptions(command.options, {}, text, now, true);
  if (found.said.size === 0 || !GLUE.test(found.text)) return undefined;
  return lineOf(command, { ...values, page: undefined, ...Object.fromEntries(found.said) });
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
