/** A command as one record, for types, validation, registration, completion, help and the guide. */

import type { Caller, Capability } from '../chat/caller.ts';
import type { Card } from '../chat/card.ts';
import type { AttachedFile, FormValues, Visibility } from '../chat/handlers.ts';
import type { Day } from '../time/clock.ts';

/** Values as typed, by option name; `validate` gives them their types. */
export type RawValues = Readonly<Record<string, string | number>>;

/** Kinds of suggestions while an option is typed. `papers` completes the text after the last comma. */
export type Completion =
  | 'paper'
  | 'papers'
  | 'saved-paper'
  | 'tag'
  | 'category'
  | 'author'
  | 'zone'
  | 'feed'
  | 'watch';

/** Input in a form, if it does not follow from the type: a time picker, weekdays, several lines, or none. */
export type FormInput = 'time' | 'weekdays' | 'paragraph' | 'none';

interface OptionBase {
  /** A phrase without a full stop, at most 100 characters. */
  readonly description: string;
  readonly required?: boolean;
  /** Name in the last release, still accepted. */
  readonly formerly?: string;
  readonly complete?: Completion;
  readonly input?: FormInput;
  /** False for what buttons set, as Discord's menu of a root has room for 8,000 characters. */
  readonly inMenu?: false;
  /** Further names for it: `cat` for `category`. */
  readonly alsoCalled?: readonly string[];
  /**
   * Phrases that say it within free text, with `{}` for the value: `at least {} votes`. `^` and `$` are the
   * edges of the text.
   */
  readonly said?: readonly string[];
  /** Regular expressions for what says it unclearly. A command that changes something asks then. */
  readonly unread?: readonly string[];
  /** The option that must be said too, as a city is only a time zone next to a time. */
  readonly saidWith?: string;
}

export interface StringOption extends OptionBase {
  readonly type: 'string';
  readonly maxLength?: number;
  /** The value is a list: it continues after a comma, and keeps its quotes. */
  readonly list?: true;
  /** Free text in which other options may be said, or words around the name of a paper. */
  readonly reads?: 'topic' | 'paper' | 'question' | 'plain';
  /** Several papers in it are one request together, instead of one request for each. */
  readonly together?: true;
  /** True for a text that can only be such a value, such as the id of a paper. */
  readonly isSurely?: (text: string) => boolean;
  /** Phrases in it that mean nothing: `comes out$`. As in `said`, but without a value. */
  readonly leftOut?: readonly string[];
  /** A text that can have many lines. It is kept as typed; other options are set in its first line only. */
  readonly keepsLines?: true;
  /** `-word` in it leaves papers out. */
  readonly operators?: true;
  /**
   * Only entered in a form or at a hidden prompt, never in a line. It is not registered, and not repeated.
   */
  readonly secret?: true;
  /** Phrases for values. */
  readonly saidAs?: Readonly<Record<string, readonly string[]>>;
  /** Accepts a bare word as a value. If any word is rejected, the line is a search, not this command. */
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
  /** Further words for choices after the option's name: `sort:new`. */
  readonly synonyms?: Readonly<Partial<Record<NoInfer<Value>, readonly string[]>>>;
  /** Phrases for choices within free text: `newest first`. */
  readonly saidAs?: Readonly<Partial<Record<NoInfer<Value>, readonly string[]>>>;
  /** The text may be nothing but such a phrase: `week`. */
  readonly standsAlone?: true;
}

/**
 * A calendar day, typed as `2026-05-29`, `2026-05`, `2026`, `yesterday`, `last friday` or `30d`. `edge`
 * chooses the first or last day of a longer span.
 */
export interface DayOption extends OptionBase {
  readonly type: 'day';
  readonly edge: 'start' | 'end';
  /** The option for the length of the period. `2026-W09` sets it to `week` if absent and a choice of it. */
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

/** Validated arguments. Required options and those with a default are present; others may be absent. */
export type ArgumentsOf<O extends Options> = {
  readonly [K in keyof O as Given<O[K]> extends true ? K : never]: ValueOf<O[K]>;
} & {
  readonly [K in keyof O as Given<O[K]> extends true ? never : K]?: ValueOf<O[K]>;
};

/** Context of a request. */
export interface CommandContext<Services> {
  readonly services: Services;
  readonly caller: Caller;
  /** Time of the request. */
  readonly now: Date;
  /** Aborted when the answer is no longer awaited. */
  readonly signal: AbortSignal;
  /** For a command with `attachment`. */
  readonly file?: AttachedFile;
}

export interface Invocation<Args, Services> extends CommandContext<Services> {
  readonly args: Args;
  /** The free text as it was typed, if options were read from it. */
  readonly asTyped?: string;
}

export type Root = 'papers' | 'paperfeed';

/** Root command, as registered with a platform. */
export interface RootFacts {
  /** A sentence, at most 100 characters. */
  readonly description: string;
  /** Offered only in channels, and only to people who may manage them. */
  readonly forManagers?: true;
  /** Descriptions of the groups of its commands. */
  readonly groups?: Readonly<Record<string, string>>;
}

/** A group of commands, and the name in it. */
interface CommandGroup {
  readonly name: string;
  readonly as: string;
}

/**
 * Descriptions in another language, by root (`papers`), command (`papers search`) or option (`papers search
 * limit`).
 */
export type Translations = Readonly<Record<string, string>>;

interface CommandFacts<O extends Options, Services> {
  readonly root: Root;
  readonly name: string;
  /** A sentence, at most 100 characters. */
  readonly description: string;
  readonly visibility: Visibility;
  /** Where Discord, which allows 25 commands in a root, registers it: `/papers watch list` for `watches`. */
  readonly group?: CommandGroup;
  /** Further names: `summarize` for `summary`. */
  readonly alsoCalled?: readonly string[];
  /**
   * Words that mean the command only if what follows is what it takes, such as `open` before a paper; the
   * value is put before what follows (`week` for `trending week`).
   */
  readonly alsoMeantBy?: Readonly<Record<string, string>>;
  /** Further names that say options as well, which are put before what follows: `my unread papers`. */
  readonly calledWith?: Readonly<Record<string, string>>;
  /**
   * Whole sentences that mean it, as regular expressions in which a space matches any white space, and the
   * options that each stands for. `{tags}` is the value of an option. The name of a paper is a number of the
   * last list, an ID, a link or a quoted title; with `{paper:words}` any words are. Unlike names, sentences
   * need no root before them.
   */
  readonly saidBy?: Readonly<Record<string, RawValues>>;
  /** The free text begins with the value of this option, the name of a paper: `note 2406.01574 …`. */
  readonly paperFirst?: keyof O & string;
  /** Deletes what the bot knows about the person: their last lists are forgotten too. */
  readonly forgets?: true;
  /** Changes something, so that it is never run on a guess. */
  readonly changes?: true;
  /** The free text may only say options. */
  readonly textIsOptions?: true;
  /** Some of its lines are only for people who may manage the channel, as all of a root can be. */
  readonly forManagers?: true;
  /** Takes a line of its root that begins with no command's name. */
  readonly takesTheRest?: true;
  /** Capability that a platform must have; other platforms do not register or offer the command. */
  readonly needs?: {
    readonly capability: Capability;
    /** Answer for people who type it on another platform. */
    readonly elsewhere: string;
  };
  readonly options: O;
  /** A file that people may attach, on platforms where the bot can read it. It is never part of a line. */
  readonly attachment?: { readonly name: string; readonly description: string };
  /** The option that free text is assigned to on platforms without typed options. */
  readonly rest?: keyof O & string;
  /**
   * Initial values of a form for the options, on platforms with forms. Without it the command has no form.
   * @returns `undefined` if no form is needed for the options that were typed
   * @throws UserError if the caller may not run the command
   */
  form?(asked: CommandContext<Services> & { readonly typed: FormValues }): Promise<FormValues | undefined>;
  /** The form is also for platforms with typed options, where only its text inputs are asked for. */
  readonly formEverywhere?: true;
  /** Whole lines, as people would type them. */
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
    // The dispatcher has validated the arguments against `options`.
    run: (invocation) => definition.run({ ...invocation, args: invocation.args as ArgumentsOf<O> }),
  });
}

/** A command in the menu of a message, run on the text of that message. */
export interface MessageAction<Services> {
  /** Text in the menu, at most 32 characters. */
  readonly label: string;
  /** A sentence without a full stop, for platforms that explain the entries of the menu. */
  readonly description: string;
  readonly visibility: Visibility;
  run(invocation: CommandContext<Services> & { readonly text: string }): Promise<Card>;
}

export type MessageActionShape = Omit<MessageAction<never>, 'run'>;
