/** A command is one record: types, validation, registration, completion, help and the guide's table follow from it. */

import type { Caller, Capability } from '../chat/caller.ts';
import type { Card } from '../chat/card.ts';
import type { FormValues, Visibility } from '../chat/handlers.ts';
import type { Day } from '../time/clock.ts';

/** What an adapter offers while an option is being typed; of `papers`, what stands behind the last comma is. */
export type Completion = 'paper' | 'papers' | 'saved-paper' | 'category' | 'author' | 'zone' | 'feed';

/** How a form asks for a value whose type does not say it: a clock, the days of the week, or not at all. */
export type FormInput = 'time' | 'weekdays' | 'none';

interface OptionBase {
  /** A phrase without full stop, at most 100 characters. */
  readonly description: string;
  readonly required?: boolean;
  /** A name that it had in the last release, still accepted. */
  readonly formerly?: string;
  readonly complete?: Completion;
  readonly input?: FormInput;
}

export interface StringOption extends OptionBase {
  readonly type: 'string';
  readonly maxLength?: number;
  /** Its value is a list with commas or quotes between: a typed one goes on behind a comma and keeps its quotes. */
  readonly list?: true;
  /** Whether a word can be such a value. Where it fills up with free text, other words are no sign that the command is meant. */
  readonly fits?: (word: string) => boolean;
}

export interface IntegerOption extends OptionBase {
  readonly type: 'integer';
  readonly min?: number;
  readonly max?: number;
  readonly default?: number;
}

export interface ChoiceOption<Value extends string = string> extends OptionBase {
  readonly type: 'choice';
  readonly choices: readonly Value[];
  readonly default?: NoInfer<Value>;
}

/**
 * A calendar day. People type `2026-05-29`, `2026-05`, `2026`, `yesterday`, `last friday`, `30d`; where they name more than a
 * day, `edge` says which end is meant.
 */
export interface DayOption extends OptionBase {
  readonly type: 'day';
  readonly edge: 'start' | 'end';
  /** The option that says how long a time is meant: `2026-W09` sets it to `week` where it is not given and has that choice. */
  readonly length?: string;
}

export type Option = StringOption | IntegerOption | ChoiceOption | DayOption;
export type Options = Readonly<Record<string, Option>>;

type ValueOf<O extends Option> = O extends { type: 'integer' }
  ? number
  : O extends { type: 'choice'; choices: readonly (infer V)[] }
    ? V
    : O extends { type: 'day' }
      ? Day
      : string;

type Given<O extends Option> = O extends { required: true }
  ? true
  : O extends { default: string | number }
    ? true
    : false;

/** Validated arguments: what is required or has a default is there, the rest may be absent. */
export type ArgumentsOf<O extends Options> = {
  readonly [K in keyof O as Given<O[K]> extends true ? K : never]: ValueOf<O[K]>;
} & {
  readonly [K in keyof O as Given<O[K]> extends true ? never : K]?: ValueOf<O[K]>;
};

/** What a question comes with. */
export interface CommandContext<Services> {
  readonly services: Services;
  readonly caller: Caller;
  /** The moment of the question. */
  readonly now: Date;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export interface Invocation<Args, Services> extends CommandContext<Services> {
  readonly args: Args;
}

export type Root = 'papers' | 'paperfeed';

/** What a platform is told of a root command. */
export interface RootFacts {
  /** A sentence, at most 100 characters. */
  readonly description: string;
  /** Offered to those who may manage a channel, in channels alone. */
  readonly forManagers?: true;
}

/** Descriptions in another language: of a root (`papers`), a command (`papers search`), an option (`papers search limit`). */
export type Translations = Readonly<Record<string, string>>;

interface CommandFacts<O extends Options, Services> {
  readonly root: Root;
  readonly name: string;
  /** A sentence, at most 100 characters. */
  readonly description: string;
  readonly visibility: Visibility;
  /** Where it works; on every platform when left out. Elsewhere it is neither registered nor offered. */
  readonly needs?: {
    readonly capability: Capability;
    /** Answers whoever types it on another platform: a sentence. */
    readonly elsewhere: string;
  };
  readonly options: O;
  /** The option that free text fills where a platform has no typed options. */
  readonly rest?: keyof O & string;
  /**
   * What a form begins with that asks for the options, where a platform has forms; without it, what is typed is the whole command.
   * @returns `undefined` where what was typed says enough
   * @throws UserError when there is nothing to ask, as without the right to it
   */
  form?(asked: CommandContext<Services> & { readonly typed: FormValues }): Promise<FormValues | undefined>;
  /** Whole lines, as somebody would type them. */
  readonly examples: readonly [string, ...string[]];
}

/** A command as the dispatcher holds it, its argument types erased after validation. */
export interface Command<Services> extends CommandFacts<Options, Services> {
  run(invocation: Invocation<Readonly<Record<string, unknown>>, Services>): Promise<Card>;
}

/** `defineCommand` for commands that need these services. */
export function commandsFor<Services>() {
  return <const O extends Options>(
    definition: CommandFacts<O, Services> & {
      run(invocation: Invocation<ArgumentsOf<O>, Services>): Promise<Card>;
    },
  ): Command<Services> => ({
    ...definition,
    // The dispatcher has validated the arguments against `options`: the one place where their type is known twice.
    run: (invocation) => definition.run({ ...invocation, args: invocation.args as ArgumentsOf<O> }),
  });
}

/** Chosen from the menu of a message, where a platform has one: about the text that stands there. */
export interface MessageAction<Services> {
  /** What the menu says, at most 32 characters. */
  readonly label: string;
  readonly visibility: Visibility;
  run(invocation: CommandContext<Services> & { readonly text: string }): Promise<Card>;
}

export type MessageActionShape = Omit<MessageAction<never>, 'run'>;
