/** Who else may say what a channel gets: people whom those named that manage it by the platform's word. */
import type { ChannelRef } from '../chat/refs.ts';

export interface NamedManager {
  /** The platform's id. */
  readonly person: string;
  /** For people to read; names change, and are not unique. */
  readonly name: string;
}

export interface Managers {
  /** In the order in which they were named. */
  of(channel: ChannelRef): Promise<NamedManager[]>;
  isNamed(channel: ChannelRef, person: string): Promise<boolean>;
  /** False when they were named before. @param at ISO 8601 instant */
  name(channel: ChannelRef, manager: NamedManager, by: string, at: string): Promise<boolean>;
  /** False when nobody had named them. */
  unname(channel: ChannelRef, person: string): Promise<boolean>;
}
