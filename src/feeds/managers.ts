/** People whom a channel's manager allowed to manage its feeds. */
import type { ChannelRef } from '../chat/refs.ts';

export interface NamedManager {
  /** The platform's id. */
  readonly person: string;
  /** For display; names change and are not unique. */
  readonly name: string;
}

export interface Managers {
  /** In the order in which they were allowed. */
  of(channel: ChannelRef): Promise<NamedManager[]>;
  isNamed(channel: ChannelRef, person: string): Promise<boolean>;
  /** False if they were already allowed. @param at ISO 8601 instant */
  name(channel: ChannelRef, manager: NamedManager, by: string, at: string): Promise<boolean>;
  /** False if they were not allowed. */
  unname(channel: ChannelRef, person: string): Promise<boolean>;
}
