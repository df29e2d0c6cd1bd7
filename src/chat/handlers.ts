/** Handlers that chat platforms call, and their requests and answers. */
import type { Caller } from './caller.ts';
import type { Card } from './card.ts';
import type { StandingReaction } from './port.ts';
import type { ChannelRef, MessageRef, ShownPaper, WorkspaceRef } from './refs.ts';

/** Audience of an answer: the channel or only the caller. Static, because Discord fixes it when deferring. */
export type Visibility = 'public' | 'private';

/** Values of options, as people would type them. */
export type FormValues = Readonly<Record<string, string | number>>;

/** A file that a person attached to a command. */
export interface AttachedFile {
  readonly name: string;
  /** Its size, which the platform reports. */
  readonly bytes: number;
  /** @throws UserError if it cannot be read, or has more bytes than that */
  read(signal: AbortSignal): Promise<Buffer>;
}

/** A command as a person typed it, or as a platform with typed options delivers it. */
export type CommandRequest = {
  readonly caller: Caller;
  readonly signal?: AbortSignal;
  readonly file?: AttachedFile;
} & (
  | { readonly line: string }
  /** A message to the bot: a command, words about the last list, or a search. */
  | { readonly said: string }
  | {
      readonly root: string;
      readonly name: string;
      readonly values: Readonly<Record<string, string | number>>;
    }
  /** A message action, with the text of the message. */
  | { readonly menu: string; readonly text: string }
);

export interface CommandAnswer {
  readonly card: Card;
  readonly visibility: Visibility;
  /** False if the card says why there is no answer. */
  readonly ok: boolean;
}

/** A possible value of the option being typed. */
export interface Suggestion {
  /** Text that the person sees. */
  readonly label: string;
  /** Value that is sent. */
  readonly value: string;
}

export interface CompletionRequest {
  readonly caller: Caller;
  readonly root: string;
  readonly name: string;
  readonly option: string;
  readonly typed: string;
}

export interface FormRequest {
  readonly caller: Caller;
  readonly line: string;
}

/** A form that asks for the options of a command. */
export interface CommandForm {
  readonly root: string;
  readonly name: string;
  /** Options that were already typed; the form does not ask for them again. */
  readonly typed: FormValues;
  /** Initial values of the other options. */
  readonly values: FormValues;
}

export interface Reaction {
  readonly message: MessageRef;
  readonly caller: Caller;
  /** As the platform names it: a character on Discord, a name on Slack. */
  readonly emoji: string;
  /** A Discord super reaction, which is added and removed separately from a normal one of the same emoji. */
  readonly isSuper?: boolean;
  /** False if the reaction was removed. */
  readonly added: boolean;
  /** True if it was found on the message after downtime, so that its time is unknown. */
  readonly found?: boolean;
}

/** A message that mentions the bot: a question, if it is a reply to a paper. */
export interface Mention {
  readonly caller: Caller;
  /** The message without the mention, as literal text. */
  readonly question: string;
  /**
   * Messages that it may be about, nearest first: the one that it replies to, then the root of its thread.
   * They may be other people's messages.
   */
  readonly about: readonly MessageRef[];
  readonly signal?: AbortSignal;
}

/** A message from the bot, with the reactions on it that have been handled. */
export interface ReactedMessage {
  readonly message: MessageRef;
  readonly known: readonly StandingReaction[];
}

/** Handlers for commands. */
export interface CommandHandlers {
  answer(request: CommandRequest): Promise<CommandAnswer>;
  complete(request: CompletionRequest, limit: number): Promise<Suggestion[]>;
  /**
   * The form for a line, on platforms with forms.
   * @returns `undefined` for a line that needs no form, or an answer if the caller may not run the command
   */
  form(request: FormRequest): Promise<CommandForm | CommandAnswer | undefined>;
}

/** Handlers for events on existing messages. */
export interface MessageHandlers {
  /** Records the papers that a message of the bot shows, in place of those recorded before. */
  shown(message: MessageRef, papers: readonly ShownPaper[]): Promise<void>;
  /** True if the message is known to show papers. */
  showsPapers(message: MessageRef): Promise<boolean>;
  /** True if a list of papers is known to be shown in this channel. */
  hasList(channel: ChannelRef): Promise<boolean>;
  /** @returns a card for this person only, if there is something to say */
  reacted(reaction: Reaction): Promise<Card | undefined>;
  /**
   * Answers a question or a command written in reply to papers. The adapter calls this once for each message,
   * even if the platform delivers it several times.
   * @returns `undefined` if none of the messages shows a paper, so that the bot does not reply
   */
  mentioned(mention: Mention): Promise<CommandAnswer | undefined>;
  /** False for emoji that have no meaning on any message. */
  understands(emoji: string): boolean;
  /** A moderator removed all reactions, or those of one emoji. Papers that they saved stay saved. */
  cleared(message: MessageRef, emoji?: string): Promise<void>;
  /** Recent messages, newest first, to check for reactions that were missed during downtime. */
  reactable(platform: string, limit: number): Promise<ReactedMessage[]>;
  /**
   * Stores lines that are too long for a button, by the keys in the buttons.
   * @param of the workspace of the buttons and, for an answer, the person who asked. Deleting either of them
   *   deletes the lines
   */
  keepLines(
    lines: ReadonlyMap<string, string>,
    of: WorkspaceRef & { readonly person?: string },
  ): Promise<void>;
  lineOf(key: string): Promise<string | undefined>;
}

/** Handlers for events in workspaces. */
export interface WorkspaceHandlers {
  /**
   * True if none of these keys has been marked before. Platforms deliver events again, even after a restart.
   * @param within how long a key is remembered, in milliseconds; one day by default, which is the maximum
   */
  markSeen(platform: string, keys: readonly string[], within?: number): Promise<boolean>;
  /**
   * A workspace removed the bot: deletes its data and that of its people, and cancels work in progress.
   * Idempotent.
   */
  forgetWorkspace(platform: string, workspace: string): Promise<void>;
  /** The bot was installed in this workspace, even if it was removed before. */
  workspaceInstalled(platform: string, workspace: string): Promise<void>;
  /** A channel got a new id: moves its feeds, posts and settings. */
  channelMoved(from: ChannelRef, to: string): Promise<void>;
  /**
   * The servers that the bot is on when it starts. Papers that were saved before servers had separate lists
   * go to the only server, or to none if there are several.
   */
  onServers(platform: string, servers: readonly string[]): Promise<void>;
  /** True if paper links in this channel get previews. */
  showsLinks(channel: ChannelRef): Promise<boolean>;
}

/** Secret that a workspace granted when it installed the bot. */
export interface InstallationRecord {
  readonly installedAt: Date;
  /** @throws UserError if it was encrypted with another key */
  secret(): string;
}

export interface InstallationStore {
  /** Replaces an earlier one. */
  save(platform: string, workspace: string, secret: string): Promise<void>;
  find(platform: string, workspace: string): Promise<InstallationRecord | undefined>;
  /** Ids of the workspaces, oldest first. */
  all(platform: string): Promise<string[]>;
}

/** All handlers that an adapter calls. None throws: failures are cards, empty lists, or log messages. */
export interface ChatHandlers extends CommandHandlers, MessageHandlers, WorkspaceHandlers {}
