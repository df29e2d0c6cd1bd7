/** Posts an edition because somebody asks for it, beside the daily one. */
import type { PostingPort } from '../chat/port.ts';
import type { Clock } from '../clock.ts';
import type { PostNow } from './desk.ts';
import type { Composer } from './edition.ts';
import type { Feed } from './feed.ts';
import { extraSlot } from './slots.ts';

interface PostNowOptions {
  readonly composer: Composer;
  /** By platform. */
  readonly portOf: (platform: string) => PostingPort | undefined;
  readonly clock: Clock;
}

/**
 * Not in the ledger: whoever asked sees what became of it, and asks again if need be. A repeated request of the same minute makes no
 * second message where the platform knows keys.
 */
export function openPostNow({ composer, portOf, clock }: PostNowOptions): (feed: Feed) => Promise<PostNow> {
  return async (feed) => {
    const port = portOf(feed.place.platform);
    if (!port)
      return {
        kind: 'failed',
        reason: `Only a Paperboy that stays posts to ${feed.place.platform}: this one only answers.`,
      };
    const now = clock.now();
    const composed = await composer.compose(feed, extraSlot(feed, now), now, true);
    if (composed.kind !== 'ready') return { kind: 'nothing', reason: composed.reason };
    const { title, root, papers } = composed.edition;
    const minute = now.toISOString().slice(0, 16);
    try {
      const message = await port.post(feed.place, root, { key: `extra ${feed.id} ${minute}`, title });
      if (papers.length > 0) {
        const thread = await port.openThread(message, title);
        for (const { paper, card } of papers) {
          await port.post(thread, card, { key: `extra ${feed.id} ${minute} ${paper}`, title });
        }
      }
    } catch (error) {
      const fate = port.fateOf(error);
      const reason = 'reason' in fate ? fate.reason : 'The platform asks for a pause; try again in a minute.';
      return {
        kind: 'failed',
        reason: fate.kind === 'permanent' ? reason : `It was not all posted: ${reason}`,
      };
    }
    return { kind: 'posted', papers: composed.edition.posted.length };
  };
}
