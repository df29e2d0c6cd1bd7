/** The one road from a request to an answer: parse, validate, run; failures become cards here and nowhere else. */
import { randomBytes } from 'node:crypto';
import { type Card, sentence } from '../chat/card.ts';
import type { Answer, ChatHandlers, CommandRequest, CompletionRequest, Suggestion } from '../chat/port.ts';
import type { Clock } from '../clock.ts';
import { UserError } from '../errors.ts';
import type { Logger } from '../log.ts';
import { findCommand, namesIn } from './catalogue.ts';
import type { Caller, Command, Completion } from './define.ts';
import { type ParsedLine, parseLine } from './parse.ts';
import { validate } from './validate.ts';

export type CompletionSource<Services> = (
  services: Services,
  typed: string,
  caller: Caller,
  limit: number,
) => Promise<Suggestion[]>;

interface DispatcherOptions<Services> {
  readonly catalogue: readonly Command<Services>[];
  readonly services: Services;
  readonly completions: Readonly<Record<Completion, CompletionSource<Services>>>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What is asked of a completion source at most, in characters: nobody types a longer prefix. */
const LONGEST_TYPED = 200;

/** `answer` and `complete` never throw. A problem of the request itself is answered privately; a command's card as it says. */
export function openDispatcher<Services>(options: DispatcherOptions<Services>): ChatHandlers {
  const { catalogue, services, completions, clock, log } = options;

  async function answer(request: CommandRequest): Promise<Answer> {
    const signal = request.signal ?? new AbortController().signal;
    try {
      const { command, values } = commandIn(catalogue, request);
      const now = clock.now();
      const args = validate(command, values, now);
      const card = await command.run({ args, services, caller: request.caller, now, signal });
      return { card, visibility: command.visibility, ok: card.tone !== 'problem' };
    } catch (error) {
      return { card: failureCard(error, request, signal, log), visibility: 'private', ok: false };
    }
  }

  async function complete(request: CompletionRequest, limit: number): Promise<Suggestion[]> {
    const option = findCommand(catalogue, request.root, request.name)?.options[request.option];
    const typed = request.typed.slice(0, LONGEST_TYPED);
    if (option?.type === 'choice') return matching(option.choices, typed).slice(0, limit);
    if (option?.complete === undefined) return [];
    try {
      const found = await completions[option.complete](services, typed, request.caller, limit);
      return found.slice(0, limit);
    } catch (error) {
      log.warn({ err: error, option: request.option }, 'a completion failed');
      return [];
    }
  }

  return { answer, complete };
}

function commandIn<Services>(
  catalogue: readonly Command<Services>[],
  request: CommandRequest,
): ParsedLine<Command<Services>> {
  if ('line' in request) return parseLine(catalogue, request.line);
  const command = findCommand(catalogue, request.root, request.name);
  if (command) return { command, values: request.values };
  // A platform may still hold the registration of an older version.
  const names = namesIn(catalogue, request.root).join(', ');
  throw new UserError(`/${request.root} ${request.name} is gone. There is: ${names}.`);
}

function failureCard(error: unknown, request: CommandRequest, signal: AbortSignal, log: Logger): Card {
  if (error instanceof UserError) return sentence(error.message, 'problem');
  if (signal.aborted) return sentence('Stopped.', 'problem');
  const id = `#${randomBytes(2).toString('hex')}`;
  const asked = 'line' in request ? request.line : `/${request.root} ${request.name}`;
  log.error({ err: error, id, asked, platform: request.caller.platform }, 'a command failed');
  return sentence(
    `Something went wrong on our side (${id}). It is logged; trying again may help.`,
    'problem',
  );
}

function matching(choices: readonly string[], typed: string): Suggestion[] {
  const lower = typed.toLowerCase();
  return choices
    .filter((choice) => choice.toLowerCase().startsWith(lower))
    .map((choice) => ({ label: choice, value: choice }));
}
