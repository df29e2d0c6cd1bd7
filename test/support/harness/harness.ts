/** A chat platform as tests of commands see it: a person types a line, and an answer is shown. */

import type { Caller } from '../../../src/chat/caller.ts';
import type { Card } from '../../../src/chat/card.ts';
import type { ChatHandlers, Suggestion } from '../../../src/chat/handlers.ts';

export interface Shown {
  readonly card: Card;
  readonly ok: boolean;
  /** Presses the button with that label, if the platform has buttons. */
  press(label: string): Promise<Shown>;
}

export interface Platform {
  type(line: string, caller: Caller): Promise<Shown>;
  suggest(root: string, name: string, option: string, typed: string, caller: Caller): Promise<Suggestion[]>;
}

export type OpenPlatform = (handlers: ChatHandlers) => Promise<Platform>;
