/** Sends the digests that are due, one person at a time. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Logger } from '../base/log.ts';
import type { Summary, SummaryService } from '../summary/summary.ts';
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

/** Lists in memory, about a hundred kilobytes each. Inboxes come team by team, so these few are enough. */
const MOST_LISTS = 50;
/** A month of lists. */
const MOST_SUMMARIES = 2_000;

export function openInboxSender(options: SenderOptions): InboxSender {
  const { inboxes, sendsMail, clock, log } = options;

  /** A digest that fails does not hold up the others. The next round tries it again. */
  async function sendOne(inbox: DueInbox, shared: Pick<ComposeOptions, 'trending' | 'summary'>) {
    try {
      const now = clock.now();
      const digest = await composeDigest({ ...options, ...shared }, inbox, now);
      return (await inboxes.put(inbox, digest, now)) && digest !== undefined;
    } catch (error) {
      log.error({ err: error, inbox: inbox.id }, 'inbox: digest failed');
      return false;
    }
  }

  return {
    async send(signal) {
      let sent = 0;
      const shared = {
        trending: sharingLists(options.trending),
        summary: sharingSummaries(options.summary),
      };
      let last: DueInbox | undefined;
      for (;;) {
        signal.throwIfAborted();
        const found = await inboxes.due(clock.now(), last);
        if (found === undefined) return sent;
        const inbox = { ...found, isMailed: sendsMail && found.isMailed };
        if (await sendOne(inbox, shared)) sent += 1;
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

/** Many people get the same papers, and a summary takes some milliseconds. */
function sharingSummaries(service: Pick<SummaryService, 'summarise'>): Pick<SummaryService, 'summarise'> {
  const summaries = new Map<string, Summary | undefined>();
  return {
    async summarise(paper) {
      const key = JSON.stringify([paper.title, paper.abstract]);
      if (summaries.has(key)) return summaries.get(key);
      await yieldToEventLoop();
      const summary = await service.summarise(paper);
      if (summaries.size >= MOST_SUMMARIES) summaries.clear();
      summaries.set(key, summary);
      return summary;
    },
  };
}
