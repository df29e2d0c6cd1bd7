/** What every chat platform is to the rest of the program, and the rest of the program to it. */
import type { Caller, FormValues, Visibility } from '../command/define.ts';
import type { Card } from './card.ts';

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

export interface Answer {
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

/** A Discord server, a Slack workspace; direct messages have one of their own. */
export interface WorkspaceRef {
  readonly platform: string;
  readonly workspace: string;
}

/** Where a message can be posted. */
export interface Place extends WorkspaceRef {
  readonly channel: string;
}

export interface MessageRef extends Place {
  /** Unique in its channel. */
  readonly message: string;
}

/** A paper that a message shows. */
export interface ShownPaper {
  readonly paper: string;
  /** Its number in a list; absent when the message stands for this paper alone. */
  readonly number?: number;
}

export interface Reaction {
  readonly message: MessageRef;
  readonly caller: Caller;
  /** As the platform names it: a character on Discord, a name on Slack. */
  readonly emoji: string;
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
  readonly known: readonly { readonly person: string; readonly emoji: string }[];
}

/** What people ask. */
export interface CommandHandlers {
  answer(request: CommandRequest): Promise<Answer>;
  complete(request: CompletionRequest, limit: number): Promise<Suggestion[]>;
  /**
   * The form that a line asks for, where a platform has forms.
   * @returns `undefined` for a line that is to be answered as it stands; an answer where there is nothing to ask
   */
  form(request: FormRequest): Promise<CommandForm | Answer | undefined>;
}

/** What happens with messages that are there already. */
export interface MessageHandlers {
  /** A message of ours shows these papers from now on, in place of those that it showed before. */
  shown(message: MessageRef, papers: readonly ShownPaper[]): Promise<void>;
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
   * @param of where they stand: they are forgotten with it
   */
  keepLines(lines: ReadonlyMap<string, string>, of: WorkspaceRef): Promise<void>;
  lineOf(key: string): Promise<string | undefined>;
}

/** What is remembered of a platform and its workspaces. */
export interface WorkspaceHandlers {
  /**
   * True the first time that any of these keys is told: platforms deliver again what they are not sure of, also to a process that was
   * started anew.
   * @param within for how long, in milliseconds; a day, which is the longest, when left out
   */
  isFirst(platform: string, keys: readonly string[], within?: number): Promise<boolean>;
  /**
   * A workspace took the bot away: nothing of it and its people stays, nor comes of what is under way there. It may be told again.
   */
  forgetWorkspace(platform: string, workspace: string): Promise<void>;
  /** The bot is in this workspace, whatever was told before. */
  welcomeWorkspace(platform: string, workspace: string): Promise<void>;
  /** Whether a link to a paper in this channel grows a preview. */
  showsLinks(place: Place): Promise<boolean>;
}

/** What workspaces gave the bot when they installed it, which nobody else may read. */
export interface KeptInstallation {
  readonly installedAt: Date;
  /** @throws UserError when it was kept with another key */
  secret(): string;
}

export interface InstallationKeeper {
  /** In the place of an earlier one. */
  keep(platform: string, workspace: string, secret: string): Promise<void>;
  find(platform: string, workspace: string): Promise<KeptInstallation | undefined>;
  /** The workspaces' ids, the oldest first. */
  all(platform: string): Promise<string[]>;
}

/** What an adapter calls. No call throws: failures are cards, empty lists, or a line in the log. */
export interface ChatHandlers extends CommandHandlers, MessageHandlers, WorkspaceHandlers {}

export interface ChatPort {
  readonly platform: string;
  /** Resolves when the platform answers. */
  start(handlers: ChatHandlers): Promise<void>;
  /** Whether the platform can be heard just now; it may come back by itself. */
  isConnected(): boolean;
  /** Drains what is in flight. */
  stop(): Promise<void>;
}

/** What became of a request that failed, as far as can be known. */
export type Fate =
  /** Certainly not carried out: it can be sent again. */
  | { readonly kind: 'not-sent'; readonly reason: string }
  /** Not carried out, and to be sent again no sooner than in this time; `everywhere` when all requests must wait. */
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number; readonly everywhere: boolean }
  /** It may or may not have been carried out: a time-out, a cut connection, a server error. */
  | { readonly kind: 'ambiguous'; readonly reason: string }
  /** This place cannot be posted to until a person changes something. The reason is a sentence for its manager. */
  | { readonly kind: 'permanent'; readonly reason: string };

/** Posting without having been asked: what the daily thread needs of a platform. */
export interface PostingPort extends ChatPort {
  /**
   * For how long the platform itself makes sure that a repeated `key` makes no second message, in milliseconds; 0 where it never
   * does (Slack; a Discord forum).
   */
  repeatSafeMs(place: Place): Promise<number>;
  /** @throws whatever went wrong: ask `fateOf` */
  post(place: Place, card: Card, options: PostOptions): Promise<MessageRef>;
  /** Opens the thread of a message; opening it again is no error. Returns where replies go. */
  openThread(root: MessageRef, name: string): Promise<Place>;
  /** Puts another card in the place of the one that a message holds. */
  update(message: MessageRef, card: Card): Promise<void>;
  /** Looks for a message that was posted with this key; `undefined` when it is not there for certain. */
  findPosted(place: Place, key: string, since: Date): Promise<MessageRef | undefined>;
  /** False where the bot may not read back what it posted: a row of unknown fate then waits for a person. */
  canFind(place: Place): Promise<boolean>;
  fateOf(error: unknown): Fate;
  /** A private word to a person, for what must not fill a channel. False when they do not take any. */
  tell(workspace: string, person: string, card: Card): Promise<boolean>;
}

export interface PostOptions {
  /** The same key never makes a second message in a place, as far as the platform can promise. */
  readonly key: string;
  /** The title where a message needs one: in a forum. */
  readonly title: string;
}
