/** Notices: messages outside of feeds, to a person or a channel, each exactly once. */
import type { PersonRef } from '../../chat/caller.ts';
import type { Card } from '../../chat/card.ts';
import type { ChannelRef } from '../../chat/refs.ts';

export interface NoticeName {
  /** A person, who gets a direct message, or a channel or thread. */
  readonly to: PersonRef | ChannelRef;
  /** Kind of notice, such as `reminder`. */
  readonly topic: string;
  /** Subject within the topic, such as a paper's id. If absent: all of the topic. */
  readonly about?: string;
}

export interface Notice extends NoticeName {
  /** Milliseconds since 1970. */
  readonly due: number;
  /** Title, for channels where messages need one. */
  readonly title: string;
  readonly card: Card;
}

export interface UpcomingNotice {
  readonly about: string;
  /** Milliseconds since 1970. */
  readonly due: number;
}

export interface NoticeLedger {
  /**
   * Adds a notice, in place of an unsent one of the same name. One of the same name and minute is sent once.
   */
  schedule(notice: Notice): Promise<void>;
  /** Removes notices that are certainly not sent. Returns their number. */
  cancel(name: NoticeName): Promise<number>;
  /** Returns notices that are not sent yet, the earliest first. */
  upcoming(to: NoticeName['to'], topic: string): Promise<UpcomingNotice[]>;
  /** Returns why the latest notice could not be delivered; `undefined` if it was. */
  lastFailure(to: NoticeName['to'], topic: string): Promise<string | undefined>;
}
