/** Dispatches a request: parses, validates and runs it. Failures become cards only here. */
import { randomBytes } from 'node:crypto';
import { UserError } from '../base/errors.ts';
import type { Logger } from '../base/log.ts';
import type { Caller } from '../chat/caller.ts';
import { type Card, sentence } from '../chat/card.ts';
import { clip } from '../chat/clip.ts';
import type {
  CommandAnswer,
  CommandForm,
  CommandHandlers,
  CommandRequest,
  CompletionRequest,
  FormRequest,
  Mention,
  Suggestion,
  Visibility,
} from '../chat/handlers.ts';
import type { Clock } from '../time/clock.ts';
import {
  type Catalogue,
  type CommandShape,
  commandNamesIn,
  findCommand,
  fullName,
  restOption,
  supportedBy,
} from './catalogue.ts';
import { openConversation } from './conversation.ts';
import type { Command, CommandContext, Completion, MessageAction, RawValues } from './define.ts';
import { commandNamedBy, type ParsedLine, parseLine } from './parse.ts';
import { lineOfOpened } from './reading/opened-paper.ts';
import { type ReadValues, readSaid, withPaperApart } from './reading/read-said.ts';
import { isPaging, lineAboutPapers, withIds } from './reading/refine.ts';
import { oneAfterTheOther, severalPapers } from './several-papers.ts';
import { validate } from './validate.ts';

export type CompletionSource<Services> = (
  services: Services,
  typed: string,
  caller: Caller,
  limit: number,
) => Promise<Suggestion[]>;

interface DispatcherOptions<Services> {
  readonly catalogue: readonly Command<Services>[];
  readonly menu?: readonly MessageAction<Services>[];
  readonly services: Services;
  readonly completions: Readonly<Record<Completion, CompletionSource<Services>>>;
  /** Answers what is no request, such as thanks. */
  readonly smallTalk?: (said: string) => Card | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** Called for each command that was answered. */
  readonly onAnswered?: ((answered: Answered) => void) | undefined;
}

/** Outcome of a command: `problem` can be fixed by its user, `failed` is a bug in the program. */
export interface Answered {
  /** `papers search`, the label of a message action, or `unknown`. */
  readonly command: string;
  readonly outcome: 'ok' | 'problem' | 'failed';
  readonly seconds: number;
}

/** Characters passed to a completion source; nobody types a longer prefix. */
const LONGEST_TYPED = 200;
/** Suggested ways to name a day. */
const DAYS = ['today', 'yesterday', 'last week', 'last month', '30d'];

export interface Dispatcher extends CommandHandlers {
  /**
   * Answers words about a list: sentences about one of `papers`, by number, or else what is about the
   * person's last list. `undefined` if they are about something else.
   */
  refine(
    mention: Pick<Mention, 'caller' | 'question' | 'signal'>,
    papers?: ReadonlyMap<number, string>,
  ): Promise<CommandAnswer | undefined>;
}

/** `answer` and `complete` never throw. An error in the request itself is answered privately. */
export function openDispatcher<Services>(options: DispatcherOptions<Services>): Dispatcher {
  const { catalogue, menu = [], services, completions, smallTalk, clock, log, onAnswered } = options;
  const conversation = openConversation();

  async function answer(request: CommandRequest): Promise<CommandAnswer> {
    const signal = request.signal ?? new AbortController().signal;
    const from = performance.now();
    let command = 'unknown';
    const answered = (outcome: Answered['outcome']) =>
      onAnswered?.({ command, outcome, seconds: (performance.now() - from) / 1_000 });
    try {
      const { caller, file } = request;
      const asked = { services, caller, now: clock.now(), signal, ...(file && { file }) };
      const { name, visibility, run } = taskOf(request, asked);
      command = name;
      const card = await run();
      const ok = card.tone !== 'problem';
      answered(ok ? 'ok' : 'problem');
      return { card, visibility, ok };
    } catch (error) {
      answered(error instanceof UserError || signal.aborted ? 'problem' : 'failed');
      return { card: failureCard(error, request, signal, log), visibility: 'private', ok: false };
    }
  }

  function taskOf(request: CommandRequest, asked: CommandContext<Services>): Task {
    if ('menu' in request) {
      const chosen = menu.find(({ label }) => label === request.menu);
      if (!chosen)
        throw new UserError(`“${clip(request.menu, 40)}” no longer exists. Type / to see the commands.`);
      return { ...chosen, name: chosen.label, run: () => chosen.run({ ...asked, text: request.text }) };
    }
    const talk = 'said' in request ? smallTalk?.(request.said) : undefined;
    if (talk) return { name: 'small talk', visibility: 'public', run: async () => talk };
    const { command, isExact, values: typed } = commandIn(catalogue, withLine(request, asked.now));
    const read: ReadValues =
      isExact && !onlySaysOptions(command) ? { values: typed } : readSaid(command, typed, asked.now);
    const { asTyped } = read;
    const values = namingPapers(command, read.values, conversation.numbered(request.caller));
    const task = { name: `${command.root} ${command.name}`, visibility: command.visibility };
    const option = command.paperFirst ?? command.rest ?? '';
    const named = command.options[option];
    const papers =
      named?.type === 'string' && named.reads === 'paper' && named.together !== true
        ? severalPapers(named, values[option])
        : [];
    if (papers.length > 1) {
      const runs = papers.map((paper) => ({ ...values, [option]: paper }));
      const args = runs.map((each) => validate(command, each, asked.now));
      return {
        ...task,
        run: () => oneAfterTheOther(args.map((each) => () => command.run({ ...asked, args: each }))),
      };
    }
    const args = validate(command, values, asked.now);
    return {
      ...task,
      async run() {
        const card = await command.run({ ...asked, args, ...(asTyped !== undefined && { asTyped }) });
        if (command.forgets) conversation.forget(request.caller);
        else conversation.remember(request.caller, command, values, card);
        return card;
      },
    };
  }

  /** Turns what was said to the bot, and `/papers more`, into the line that it means. */
  function withLine(request: TypedRequest, now: Date): Exclude<TypedRequest, { said: string }> {
    const { caller } = request;
    const available = supportedBy(catalogue, caller.capabilities);
    if ('line' in request) {
      const [, words = ''] = /^\s*[/／]?papers\s+(\S.*)$/isu.exec(request.line) ?? [];
      const meant = isPaging(words)
        ? conversation.refine(available, caller, words, now)
        : (lineAboutPapers(available, conversation.numbered(caller), words) ??
          lineOfOpened(available, request.line.trim(), conversation.opened(caller)));
      return meant === undefined ? request : { ...request, line: meant };
    }
    if (!('said' in request)) return request;
    const { said, ...others } = request;
    const refined = said.trimStart().startsWith('/')
      ? undefined
      : conversation.refine(available, caller, said, now);
    const meant = refined ?? lineOfOpened(available, said.trim(), conversation.opened(caller));
    return { ...others, line: meant ?? lineSaid(available, said) };
  }

  async function form(request: FormRequest): Promise<CommandForm | CommandAnswer | undefined> {
    const signal = new AbortController().signal;
    try {
      const { command, values } = parseLine(catalogue, request.line);
      const typed = withPaperApart(command, values);
      const asked = { services, caller: request.caller, now: clock.now(), signal, typed };
      const initial = await command.form?.(asked);
      return initial && { root: command.root, name: command.name, typed, values: initial };
    } catch (error) {
      return { card: failureCard(error, request, signal, log), visibility: 'private', ok: false };
    }
  }

  async function complete(request: CompletionRequest, limit: number): Promise<Suggestion[]> {
    const option = findCommand(catalogue, request.root, request.name)?.options[request.option];
    const typed = request.typed.slice(0, LONGEST_TYPED);
    if (option?.type === 'choice') return matching(option.choices, typed).slice(0, limit);
    if (option?.type === 'day') return matching(DAYS, typed).slice(0, limit);
    if (option?.complete === undefined) return [];
    try {
      const found = await completions[option.complete](services, typed, request.caller, limit);
      return found.slice(0, limit);
    } catch (error) {
      log.warn({ err: error, option: request.option }, 'command: completion failed');
      return [];
    }
  }

  async function refine(
    { caller, question, signal }: Pick<Mention, 'caller' | 'question' | 'signal'>,
    papers: ReadonlyMap<number, string> = new Map(),
  ): Promise<CommandAnswer | undefined> {
    const available = supportedBy(catalogue, caller.capabilities);
    const line =
      lineAboutPapers(available, papers, question) ??
      conversation.refine(available, caller, question, clock.now());
    return line === undefined ? undefined : answer({ caller, line, ...(signal && { signal }) });
  }

  return { answer, complete, form, refine };
}

/** @throws UserError if the caller's platform lacks a capability that the command needs */
function refuseElsewhere(command: CommandShape, { capabilities }: Caller): void {
  const { needs } = command;
  if (needs === undefined || supportedBy([command], capabilities).length > 0) return;
  throw new UserError(`${fullName(command)} is not available here. ${needs.elsewhere}`);
}

type TypedRequest = Exclude<CommandRequest, { menu: string }>;

/** A message that begins with no command is a search. */
function lineSaid(catalogue: Catalogue, said: string): string {
  if (said.trim() === '') return 'help';
  if (commandNamedBy(catalogue, said)) return said;
  const search = catalogue.find(({ takesTheRest }) => takesTheRest);
  return search ? `${fullName(search)} ${said.replace(/^\s*[/／]/u, '')}` : said;
}

interface Task {
  readonly name: string;
  readonly visibility: Visibility;
  run(): Promise<Card>;
}

function commandIn<Services>(
  catalogue: readonly Command<Services>[],
  request: Exclude<TypedRequest, { said: string }>,
): ParsedLine<Command<Services>> {
  const { caller } = request;
  const available = supportedBy(catalogue, caller.capabilities);
  if ('line' in request) {
    const named = commandNamedBy(catalogue, request.line);
    if (named) refuseElsewhere(named, caller);
    return parseLine(available, request.line);
  }
  const command = findCommand(catalogue, request.root, request.name);
  if (command) {
    refuseElsewhere(command, caller);
    return { command, values: request.values, isExact: command.textIsOptions === true };
  }
  // A platform may still hold the registration of an older version.
  const names = commandNamesIn(available, request.root).join(', ');
  throw new UserError(`/${request.root} ${request.name} no longer exists. Available: ${names}.`);
}

/** Puts ids in place of the numbers of the person's last list: `/papers compare 1 3`. */
function namingPapers(
  { options }: CommandShape,
  values: RawValues,
  papers: ReadonlyMap<number, string>,
): RawValues {
  if (papers.size === 0) return values;
  const named = Object.entries(values).map(([name, value]) => {
    const isPaper = /^(?:saved-)?papers?$/.test(options[name]?.complete ?? '');
    return [name, isPaper && typeof value === 'string' ? withIds(value, papers) : value] as const;
  });
  return Object.fromEntries(named);
}

/** True if the free text has no meaning of its own, so that it is read even if it was set by its name. */
function onlySaysOptions(command: CommandShape): boolean {
  return command.textIsOptions === true && restOption(command)?.input === 'none';
}

function failureCard(error: unknown, request: CommandRequest, signal: AbortSignal, log: Logger): Card {
  if (error instanceof UserError) return sentence(error.message, 'problem');
  if (signal.aborted) return sentence('Stopped.', 'problem');
  const id = `#${randomBytes(2).toString('hex')}`;
  log.error(
    { err: error, id, asked: askedIn(request), platform: request.caller.platform },
    'command: run failed',
  );
  return sentence(
    `Something went wrong. Try again in a moment, or give an administrator this error ID: ${id}`,
    'problem',
  );
}

function askedIn(request: CommandRequest): string {
  if ('line' in request) return request.line;
  if ('said' in request) return request.said;
  return 'menu' in request ? request.menu : `/${request.root} ${request.name}`;
}

function matching(choices: readonly string[], typed: string): Suggestion[] {
  const lower = typed.toLowerCase();
  return choices
    .filter((choice) => choice.toLowerCase().startsWith(lower))
    .map((choice) => ({ label: choice, value: choice }));
}
