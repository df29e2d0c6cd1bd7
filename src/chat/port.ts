/** What every chat platform is to the rest of the program. */
import type { Caller, Visibility } from '../command/define.ts';
import type { Card } from './card.ts';

/** A command as somebody typed it, or as a platform with typed options delivers it. */
export type CommandRequest = { readonly caller: Caller; readonly signal?: AbortSignal } & (
  | { readonly line: string }
  | {
      readonly root: string;
      readonly name: string;
      readonly values: Readonly<Record<string, string | number>>;
    }
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

/** What an adapter calls. No call throws: failures are cards and empty lists. */
export interface ChatHandlers {
  answer(request: CommandRequest): Promise<Answer>;
  complete(request: CompletionRequest, limit: number): Promise<Suggestion[]>;
}

export interface ChatPort {
  readonly platform: string;
  /** Resolves when the platform answers. */
  start(handlers: ChatHandlers): Promise<void>;
  /** Drains what is in flight. */
  stop(): Promise<void>;
}
