/** Who else may say what a channel gets: people whom those named that manage it by the platform's word. */
import type { Place } from '../chat/refs.ts';

export interface NamedManager {
  /** The platform's id. */
  readonly person: string;
  /** For people to read; names change, and are not unique. */
  readonly name: string;
}

export interface Managers {
  /** In the order in which they were named. */
  of(place: Place): Promise<NamedManager[]>;
  isNamed(place: Place, person: string): Promise<boolean>;
  /** False when they were named before. @param at ISO 8601 instant */
  name(place: Place, manager: NamedManager, by: string, at: string): Promise<boolean>;
  /** False when nobody had named them. */
  unname(place: Place, person: string): Promise<boolean>;
}
