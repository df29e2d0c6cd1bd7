/** A chat platform, as seen by the rest of the program. `platforms.ts` lists them. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Logger } from '../../base/log.ts';
import type { PostingPort } from '../../chat/port.ts';
import type { Config } from '../../config/config.ts';
import type { SharedWork } from '../shared-work.ts';
import type { Stores } from '../stores.ts';

export interface PlatformContext {
  readonly stores: Stores;
  readonly sharedWork: SharedWork;
  readonly log: Logger;
  /** Shows a line to the person who starts the program. */
  readonly announce: (line: string) => void;
  /** Called when the platform ends the connection for good. */
  readonly onDeath: (error: Error) => void;
}

export interface Platform {
  /** Its name in messages. */
  readonly label: string;
  /** Opens the adapter. It is loaded only now, because its library loads slower than all other code. */
  open(config: Config, context: PlatformContext): Promise<PostingPort>;
  /** True if the settings turn it on. */
  isConfigured(config: Config): boolean;
  /** Checks it for the doctor. */
  examine(config: Config): Promise<Diagnostic[]>;
}

/** Error for a call of `open` without settings for the platform. */
export function notConfigured(label: string): Error {
  return new Error(`${label} is not configured`);
}
