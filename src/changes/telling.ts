/** Tells channels and people how papers changed that were posted there, or that they saved. */
import type { PersonRef } from '../chat/caller.ts';
import type { ChannelRef } from '../chat/refs.ts';
import type { PaperChange } from './changes.ts';

export interface ChangeTeller {
  /**
   * Adds notices for new changes, and marks these as told in the same transaction, so that each is told once.
   * @returns the number of changes and people that were looked at; call again until it is 0
   */
  tell(now: Date): Promise<number>;
}

export interface ChangeSettings {
  /**
   * Turns replies in the channel's threads off or on. They are on at first.
   * @returns false if it was so already
   */
  tellChannel(channel: ChannelRef, isTold: boolean): Promise<boolean>;
  /**
   * Turns direct messages on days with changes on or off. They are off at first, and never tell of changes
   * from before they were turned on.
   * @param zone IANA name, for the time of the message
   * @returns false if it was so already
   */
  tellPerson(person: PersonRef, isTold: boolean, zone: string, now: Date): Promise<boolean>;
}

/** True if readers of the paper should hear of it: not for a new file, spelling, categories or a comment. */
export function mattersToReaders(changes: readonly PaperChange[]): boolean {
  return changes.some((change) => {
    switch (change.kind) {
      case 'withdrawn':
      case 'reinstated':
      case 'doi':
      case 'venue':
      case 'code':
        return true;
      case 'title':
      case 'abstract':
        return change.extent === 'wording' || change.extent === 'rewritten';
      default:
        return false;
    }
  });
}
