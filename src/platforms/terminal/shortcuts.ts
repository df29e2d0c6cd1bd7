/** Expands typed shortcuts to command lines: `3`, `save 1 3`, `next`. */

import { UserError } from '../../base/errors.ts';
import type { Action, Entry } from '../../chat/card.ts';
import { type Catalogue, type CommandShape, optionKey, restOption } from '../../command/catalogue.ts';
import { formatLine, quoted } from '../../command/line.ts';
import { commandNamedBy } from '../../command/parse.ts';
import { lineFor, lineOfOpened, paperCommands } from '../../command/reading/opened-paper.ts';
import { noSuchNumber, numberMeant, numbersMeant } from '../../command/reading/paper-words.ts';
import {
  lineOfSentence,
  numbersNamed,
  readNumberFirst,
  readSentence,
} from '../../command/reading/sentences.ts';
import { type LastAnswer, typedLabel } from './last-answer.ts';

export type ShortcutStep =
  | { readonly kind: 'run'; readonly line: string }
  /** Words that are no command: about the last list, or a search. */
  | { readonly kind: 'say'; readonly said: string }
  | { readonly kind: 'address'; readonly label: string; readonly url: string };

/** Most numbers in one line. */
const MOST_NUMBERS = 25;
/** `3`, `1 3 5`, `1,3`, `2-4`, with an optional word before and options after (`similar 3 limit:5`). */
const NUMBERED =
  /^(?:\/?(?:papers|paperfeed)\s+|\/)?(?:([\p{L}-]+)\s+)?(\d{1,3}(?:\s*[-–—,]\s*\d{1,3}|\s+\d{1,3})*)((?:\s+\p{L}[\w-]*:\S.*)?)$/iu;
const OPTION_BY_NUMBER = /(^|\s)([\p{L}-]+):(\d{1,3})(?=\s|$)/gu;
const VERB = /^((?:\/?(?:papers|paperfeed)\s+|\/)?[\p{L}-]+)\s+(\S.*)$/iu;
/** Nothing may follow: “last layer retraining” is a search. */
const LAST = /(?:(?:of|to) )?(?:the )?last(?: one| paper| result)$/iu;
const ASK_ABOUT =
  /^((?:\/?(?:papers|paperfeed)\s+|\/)?ask\s+)(?:about\s+)?((?:the\s+)?(?:\p{L}+|\d+(?:st|nd|rd|th))\s+(?:paper|one)|(?:paper|no\.?|number)\s*#?\d{1,3}|#\d{1,3})[\s,:]+(\S.*)$/iu;
const TURNS = new Map<string, 'next' | 'prev'>([
  ['next', 'next'],
  ['n', 'next'],
  ['prev', 'prev'],
  ['previous', 'prev'],
  ['p', 'prev'],
]);

/**
 * Returns one step for most lines. Several numbers give one step per paper, or a single step if the command
 * takes several papers.
 * @throws UserError for a number that is not on the list, or `next` without a next page
 */
export function stepsFor(typed: string, lastAnswer: LastAnswer, catalogue: Catalogue): ShortcutStep[] {
  const line = inNumbers(typed.trim(), lastAnswer, catalogue);
  const said = stepsOfSentence(line, lastAnswer, catalogue);
  if (said) return said;
  const numbered = numberedSteps(line, lastAnswer, catalogue);
  if (numbered) return numbered;
  const way = TURNS.get(line.toLowerCase());
  if (way !== undefined) return [pagingStep(way, lastAnswer)];
  const labelled = lastAnswer.labelled(line);
  if (labelled) return [stepOf(labelled)];
  const ofOpened = lineOfOpened(catalogue, line, lastAnswer.opened()?.paper);
  if (ofOpened !== undefined) return [{ kind: 'run', line: ofOpened }];
  const meant = withPapers(line, lastAnswer, catalogue);
  return [line.startsWith('/') ? { kind: 'run', line: meant } : { kind: 'say', said: meant }];
}

/** `save the second one` is `save 2`; `ask the first paper what …` is `ask what … paper:1`. */
function inNumbers(line: string, lastAnswer: LastAnswer, catalogue: Catalogue): string {
  if (lastAnswer.listed().size === 0) return line;
  const last = Math.max(...lastAnswer.listed().keys());
  const counted = line.replace(LAST, String(last));
  const [, asking, paper, question] = ASK_ABOUT.exec(counted) ?? [];
  const about = paper === undefined ? undefined : numberMeant(paper);
  if (about !== undefined) return `${asking}${question} paper:${about}`;
  const alone = numbersMeant(counted);
  if (alone !== undefined) return alone;
  const [, verb = '', name = ''] = VERB.exec(counted) ?? [];
  const called = nameOf(verb.replace(/^(?:\/?(?:papers|paperfeed)\s+|\/)/iu, ''), catalogue);
  const isOfPapers = catalogue.some(
    (each) => each.name === called && /^(?:saved-)?papers?$/.test(restOption(each)?.complete ?? ''),
  );
  const numbers = name === '' || !isOfPapers ? undefined : numbersMeant(name);
  return numbers === undefined ? line : `${verb} ${numbers}`;
}

/** Sentences about papers of the list: `note 2 a good baseline`, `tag the first two with rl`. */
function stepsOfSentence(
  line: string,
  lastAnswer: LastAnswer,
  catalogue: Catalogue,
): ShortcutStep[] | undefined {
  const sentence = readSentence(catalogue, line) ?? readNumberFirst(catalogue, line);
  const named = sentence?.papers?.named ?? '';
  const numbers = numbersNamed(named, Math.max(0, ...lastAnswer.listed().keys())).slice(0, MOST_NUMBERS);
  if (sentence === undefined || numbers.length === 0) return undefined;
  return numbers.map((number) => ({
    kind: 'run',
    line: lineOfSentence(sentence, paperAt(number, lastAnswer)),
  }));
}

function numberedSteps(
  line: string,
  lastAnswer: LastAnswer,
  catalogue: Catalogue,
): ShortcutStep[] | undefined {
  const [, word, list, options = ''] = NUMBERED.exec(line) ?? [];
  if (list === undefined) return undefined;
  const verb = nameOf(word ?? 'show', catalogue);
  const numbers = readNumbers(list);
  const several = catalogue.find((each) => each.name === verb && takesSeveral(each, numbers.length));
  if (several) {
    const papers = numbers.map((number) => paperAt(number, lastAnswer)).join(', ');
    // As free text, because a quoted list would be parsed as one title.
    const { root, name } = several;
    return [{ kind: 'run', line: formatLine({ root, name, args: {} }, papers) + options }];
  }
  const command = paperCommands(catalogue).find(({ name }) => name === verb);
  if (command === undefined) {
    const actions = numbers.map((number) => actionOf(lastAnswer.listed().get(number), verb));
    return actions.every((action) => action !== undefined) ? actions.map(stepOf) : undefined;
  }
  // `unread 2` says a state too.
  const said = command.alsoMeantBy?.[word?.toLowerCase() ?? ''] ?? '';
  const more = said === '' ? options : ` ${said}${options}`;
  return numbers.map((number) => ({
    kind: 'run',
    line: lineFor(command, paperAt(number, lastAnswer), more),
  }));
}

function takesSeveral(command: CommandShape, count: number): boolean {
  const option = restOption(command);
  const isTogether = option?.type === 'string' && option.together === true && count > 1;
  return isTogether || option?.complete === 'papers';
}

/** The name of a command that is called by another word: `summarize 2`. */
function nameOf(word: string, catalogue: Catalogue): string {
  const verb = word.toLowerCase();
  const isCalled = ({ alsoCalled = [], alsoMeantBy = {} }: CommandShape) =>
    alsoCalled.includes(verb) || Object.hasOwn(alsoMeantBy, verb);
  const named = catalogue.some(({ name }) => name === verb);
  return named ? verb : (catalogue.find(isCalled)?.name ?? verb);
}

/** Replaces numbers in options that take a paper: `ask what data did they use? paper:2`. */
function withPapers(line: string, lastAnswer: LastAnswer, catalogue: Catalogue): string {
  const command = commandNamedBy(catalogue, line);
  if (command === undefined) return line;
  return line.replace(OPTION_BY_NUMBER, (whole, before: string, name: string, number: string) => {
    const [option] =
      Object.entries(command.options).find(([each]) => optionKey(each) === optionKey(name)) ?? [];
    const isPaper = option !== undefined && command.options[option]?.complete === 'paper';
    return isPaper ? `${before}${option}:${quoted(paperAt(Number(number), lastAnswer))}` : whole;
  });
}

function actionOf(entry: Entry | undefined, verb: string): Action | undefined {
  return entry?.actions.find((action) => typedLabel(action) === verb);
}

function paperAt(number: number, lastAnswer: LastAnswer): string {
  const listed = lastAnswer.listed();
  const entry = listed.get(number);
  if (entry) return entry.paper;
  if (listed.size === 0) {
    throw new UserError('There is no list to choose from. Search first, for example: mixture of experts');
  }
  throw noSuchNumber(number, [...listed.keys()]);
}

function readNumbers(list: string): number[] {
  const numbers = list
    .replace(/\s+/g, ' ')
    .replace(/ ?[-–—] ?/g, '-')
    .split(/[\s,]+/)
    .flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      const length = Math.min(MOST_NUMBERS + 1, Math.abs(last - first) + 1);
      return Array.from({ length }, (_, at) => (last < first ? first - at : first + at));
    });
  const unique = [...new Set(numbers)];
  if (unique.length <= MOST_NUMBERS) return unique;
  throw new UserError(`A line can name at most ${MOST_NUMBERS} papers. Name fewer.`);
}

function pagingStep(way: 'next' | 'prev', lastAnswer: LastAnswer): ShortcutStep {
  const action = lastAnswer.turn(way);
  if (action) return stepOf(action);
  throw new UserError(way === 'next' ? 'There is no next page.' : 'There is no previous page.');
}

function stepOf(action: Action): ShortcutStep {
  return action.kind === 'run'
    ? { kind: 'run', line: action.line }
    : { kind: 'address', label: action.label, url: action.url };
}
