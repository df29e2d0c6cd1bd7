/** Sends the digests that are due, one person at a time. */
import type { Logger } from '../base/log.ts';
import type { Clock } from '../time/clock.ts';
import type { TrendingList, TrendingService } from '../trending/trending.ts';
import { type ComposeOptions, composeDigest } from './compose-digest.ts';
import type { DueInbox, InboxOutbox } from './inbox.ts';

export interface InboxSender {
  /**
   * Puts every digest that is due into the ledger. After a crash, the next call goes on with the rest.
   * @returns the number of digests
   * @throws the signal's reason when it is aborted; all digests so far are stored
   */
  send(signal: AbortSignal): Promise<number>;
}

interface SenderOptions extends Omit<ComposeOptions, 'inboxes'> {
  readonly inboxes: InboxOutbox;
  /** Without a mail server, every digest is a direct message. */
  readonly sendsMail: boolean;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
}

/** Lists in memory, about a hundred kilobytes each. */
const MOST_LISTS = 50;

export function openInboxSender(options: SenderOptions): InboxSender {
  const { inboxes, sendsMail, clock, log } = options;

  /** A digest that fails does not hold up the others. The next round tries it again. */
  async function sendOne(inbox: DueInbox, trending: TrendingService): Promise<boolean> {
    try {
      const now = clock.now();
      const digest = await composeDigest({ ...options, trending }, inbox, now);
      return (await inboxes.put(inbox, digest, now)) && digest !== undefined;
    } catch (error) {
      log.error({ err: error, inbox: inbox.id }, 'inbox: digest failed');
      return false;
    }
  }

  return {
    async send(signal) {
      let sent = 0;
      const trending = sharingLists(options.trending);
      let last: DueInbox | undefined;
      for (;;) {
        signal.throwIfAborted();
        const found = await inboxes.due(clock.now(), last);
        if (found === undefined) return sent;
        const inbox = { ...found, isMailed: sendsMail && found.isMailed };
        if (await sendOne(inbox, trending)) sent += 1;
        last = inbox;
      }
    },
  };
}

/** People of a team get the same list in one round, so that each is computed once. */
function sharingLists(trending: TrendingService): TrendingService {
  const lists = new Map<string, TrendingList>();
  return {
    async list(query) {
      const key = JSON.stringify(query);
      const known = lists.get(key);
      if (known) return known;
      const list = await trending.list(query);
      if (lists.size >= MOST_LISTS) lists.clear();
      lists.set(key, list);
      return list;
    },
  };
}
