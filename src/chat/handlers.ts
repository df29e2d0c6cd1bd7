/** What a chat platform calls, and what the program answers. */
import type { Caller } from './caller.ts';
import type { Card } from './card.ts';
import type { StandingReaction } from './port.ts';
import type { ChannelRef, MessageRef, ShownPaper, WorkspaceRef } from './refs.ts';

/** Whether the channel sees the answer or the caller alone. Static, because Discord fixes it when deferring. */
export type Visibility = 'public' | 'private';

/** Values of options as they would be typed. */
export type FormValues = Readonly<Record<string, string | number>>;

/** A command as somebody typed it, or as a platform with typed options delivers it. */
export type CommandRequest = { readonly caller: Caller; readonly signal?: AbortSignal } & (
  | { readonly line: string }
  | {
      readonly root: string;
      readonly name: string;
      readonly values: Readonly<Record<string, string | number>>;
    }
  /** Chosen from the menu of a message: what is asked is about the text that stands there. */
  | { readonly menu: string; readonly text: string }
);

export interface CommandAnswer {
  readonly card: Card;
  readonly visibility: Visibility;
  /** False when the card says why there is no answer. */
  readonly ok: boolean;
}

/** A possible value of the option being typed. */
export interface Suggestion {
  /** What the person sees. */
  readonly label: string;
  /** What is sent. */
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

/** A command of which something is still to be said. */
export interface CommandForm {
  readonly root: string;
  readonly name: string;
  /** What was said already, which the form does not ask for again. */
  readonly typed: FormValues;
  /** What the other options begin with. */
  readonly values: FormValues;
}

export interface Reaction {
  readonly message: MessageRef;
  readonly caller: Caller;
  /** As the platform names it: a character on Discord, a name on Slack. */
  readonly emoji: string;
  /** On Discord somebody may put a super reaction beside a normal one of the same emoji: each is taken back by itself. */
  readonly isSuper?: boolean;
  /** False when it was taken back. */
  readonly added: boolean;
  /** True when it was found on the message after downtime: nobody knows since when it stands there. */
  readonly found?: boolean;
}

/** Somebody's message that speaks to the bot by name: a question when it stands under a paper. */
export interface Mention {
  readonly caller: Caller;
  /** What was said, without the mention; as literal text. */
  readonly question: string;
  /**
   * Messages that it may be about, the nearest first: the one that it replies to, then the one that its thread started from. Those
   * of other people may be among them.
   */
  readonly about: readonly MessageRef[];
  readonly signal?: AbortSignal;
}

/** A message of ours, and which reactions on it have been understood already. */
export interface ReactedMessage {
  readonly message: MessageRef;
  readonly known: readonly StandingReaction[];
}

/** What people ask. */
export interface CommandHandlers {
  answer(request: CommandRequest): Promise<CommandAnswer>;
  complete(request: CompletionRequest, limit: number): Promise<Suggestion[]>;
  /**
   * The form that a line asks for, where a platform has forms.
   * @returns `undefined` for a line that is to be answered as it stands; an answer where there is nothing to ask
   */
  form(request: FormRequest): Promise<CommandForm | CommandAnswer | undefined>;
}

/** What happens with messages that are there already. */
export interface MessageHandlers {
  /** A message of ours shows these papers from now on, in place of those that it showed before. */
  shown(message: MessageRef, papers: readonly ShownPaper[]): Promise<void>;
  /** Whether it is known of a message that it shows papers. */
  showsPapers(message: MessageRef): Promise<boolean>;
  /** @returns what to tell the person alone, if anything */
  reacted(reaction: Reaction): Promise<Card | undefined>;
  /**
   * Answers a question that was put under a paper. The adapter shows the card as a reply to the message, to everybody who sees that,
   * and calls once for each message, however often the platform delivers it.
   * @returns `undefined` when nothing that it may be about shows a paper: the bot was talked about, not to, and stays silent
   */
  mentioned(mention: Mention): Promise<Card | undefined>;
  /** False for emoji that mean nothing on any message. */
  understands(emoji: string): boolean;
  /** A moderator took reactions off a message, all or those of one emoji: what they saved stays saved. */
  cleared(message: MessageRef, emoji?: string): Promise<void>;
  /** Recent messages that a reaction could have meant something on, the newest first: for what happened while nobody listened. */
  reactable(platform: string, limit: number): Promise<ReactedMessage[]>;
  /**
   * Keeps lines that are too long for a button, by the keys that the buttons hold.
   * @param of where they stand and, for an answer, who asked: they are forgotten with either
   */
  keepLines(
    lines: ReadonlyMap<string, string>,
    of: WorkspaceRef & { readonly person?: string },
  ): Promise<void>;
  lineOf(key: string): Promise<string | undefined>;
}

/** What is remembered of a platform and its workspaces. */
export interface WorkspaceHandlers {
  /**
   * True the first time that any of these keys is told: platforms deliver again what they are not sure of, also to a process that was
   * started anew.
   * @param within for how long, in milliseconds; a day, which is the longest, when left out
   */
  markSeen(platform: string, keys: readonly string[], within?: number): Promise<boolean>;
  /**
   * A workspace took the bot away: nothing of it and its people stays, nor comes of what is under way there. It may be told again.
   */
  forgetWorkspace(platform: string, workspace: string): Promise<void>;
  /** The bot is in this workspace, whatever was told before. */
  workspaceInstalled(platform: string, workspace: string): Promise<void>;
  /** A channel goes by another id from now on: what it follows, had and was told goes along. */
  channelMoved(from: ChannelRef, to: string): Promise<void>;
  /**
   * The servers of the platform that the bot is on at its start: what was saved before servers had lists of their own is
   * the list of the only one, and no server's where there are several.
   */
  onServers(platform: string, servers: readonly string[]): Promise<void>;
  /** Whether a link to a paper in this channel grows a preview. */
  showsLinks(channel: ChannelRef): Promise<boolean>;
}

/** What workspaces gave the bot when they installed it, which nobody else may read. */
export interface InstallationRecord {
  readonly installedAt: Date;
  /** @throws UserError when it was kept with another key */
  secret(): string;
}

export interface InstallationStore {
  /** In the place of an earlier one. */
  save(platform: string, workspace: string, secret: string): Promise<void>;
  find(platform: string, workspace: string): Promise<InstallationRecord | undefined>;
  /** The workspaces' ids, the oldest first. */
  all(platform: string): Promise<string[]>;
}

/** What an adapter calls. No call throws: failures are cards, empty lists, or a line in the log. */
export interface ChatHandlers extends CommandHandlers, MessageHandlers, WorkspaceHandlers {}
