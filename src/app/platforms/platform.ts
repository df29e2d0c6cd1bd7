/** What a chat platform is to the program around it. `platforms.ts` lists them. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Logger } from '../../base/log.ts';
import type { PostingPort } from '../../chat/port.ts';
import type { Config } from '../../config/config.ts';
import type { Stores } from '../stores.ts';

export interface PlatformContext {
  readonly stores: Stores;
  readonly log: Logger;
  /** Says a line to whoever starts the program. */
  readonly announce: (line: string) => void;
  /** The platform ended the connection for good. */
  readonly onDeath: (error: Error) => void;
}

export interface Platform {
  /** Its name in sentences. */
  readonly label: string;
  /** Opens its adapter, which is loaded only now: its library takes longer to load than the rest of the program. */
  open(config: Config, context: PlatformContext): Promise<PostingPort>;
  /** Whether the settings turn it on. */
  isConfigured(config: Config): boolean;
  /** What the doctor finds about it. */
  examine(config: Config): Promise<Diagnostic[]>;
}

/** `open` was called for a platform that the settings leave out. */
export function notConfigured(label: string): Error {
  return new Error(`${label} is not configured`);
}
