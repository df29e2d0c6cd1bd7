/** The contract of an entry in the platform list, `platforms.ts`. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Logger } from '../../base/log.ts';
import type { PostingPort } from '../../chat/port.ts';
import type { Config } from '../../config/config.ts';
import type { Stores } from '../stores.ts';

export interface PlatformContext {
  readonly stores: Stores;
  readonly log: Logger;
  /** Prints a line for the administrator at the start. */
  readonly announce: (line: string) => void;
  /** Called when the platform closes the connection for good. */
  readonly onDeath: (error: Error) => void;
}

export interface Platform {
  /** Its name in messages. */
  readonly label: string;
  /** Loads and opens the adapter. Its library takes longer to load than the rest of the program. */
  open(config: Config, context: PlatformContext): Promise<PostingPort>;
  /** True when the settings enable it. */
  isConfigured(config: Config): boolean;
  /** Checks the platform for the doctor. */
  examine(config: Config): Promise<Diagnostic[]>;
}

/** Error for a call of `open` without settings for the platform. */
export function notConfigured(label: string): Error {
  return new Error(`${label} is not configured`);
}
