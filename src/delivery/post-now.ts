/** Posts an extra digest on request. */
import type { PostingPort } from '../chat/port.ts';
import type { ChannelRef, MessageRef } from '../chat/refs.ts';
import { type Feed, feedKey } from '../feeds/feed.ts';
import type { Clock } from '../time/clock.ts';
import type { PostNow } from './delivery-service.ts';
import type { Digest, DigestSource } from './ledger/digest.ts';
import type { PostedStore } from './ledger/posted-store.ts';
import { extraSlot } from './planning/slots.ts';
import { asItCanBe } from './publishing/prepare.ts';

interface PostNowOptions {
  /** Composes without recording papers as posted. */
  readonly digestComposer: Pick<DigestSource, 'compose'>;
  readonly posted: Pick<PostedStore, 'record' | 'takeBack'>;
  /** By platform. */
  readonly portOf: (platform: string) => PostingPort | undefined;
  readonly clock: Clock;
}

/**
 * Does not use the ledger, because the user sees the result and can try again. A request during another one
 * of the same feed joins it. A repeat within the same minute posts nothing new on a platform with idempotency
 * keys.
 */
export function openPostNow({
  digestComposer,
  posted,
  portOf,
  clock,
}: PostNowOptions): (feed: Feed) => Promise<PostNow> {
  const underWay = new Map<string, Promise<PostNow>>();

  async function postNow(followed: Feed): Promise<PostNow> {
    const port = portOf(followed.channel.platform);
    if (!port)
      return {
        kind: 'failed',
        reason: 'Only the running bot can post. Use this command there.',
      };
    const feed = await asItCanBe(port, followed);
    const now = clock.now();
    const slot = extraSlot(feed, now);
    const composed = await digestComposer.compose(feed, slot, now, true);
    if (composed.kind !== 'ready') return { kind: 'nothing', reason: composed.reason };
    const { digest } = composed;
    const key = `extra ${feed.id} ${now.toISOString().slice(0, 16)}`;

    // Recorded before the request, so that a crash cannot post the papers twice. Only new records are taken
    // back.
    const counted = await posted.record(feed, slot, digest.posted);
    let root: MessageRef;
    try {
      root = await port.post(feed.channel, digest.root, { key, title: digest.title });
    } catch (error) {
      if (port.classifyError(error).kind !== 'ambiguous') await posted.takeBack(feed, slot, counted);
      return failedWith(port, error, feed.channel);
    }
    try {
      await postPapers(port, root, digest, key);
    } catch (error) {
      return failedWith(port, error, feed.channel);
    }
    return { kind: 'posted', papers: digest.posted.length };
  }

  return (feed) => {
    const name = feedKey(feed.channel, feed.id);
    const posting = underWay.get(name) ?? postNow(feed).finally(() => underWay.delete(name));
    underWay.set(name, posting);
    return posting;
  };
}

async function postPapers(
  port: PostingPort,
  root: MessageRef,
  { title, papers }: Digest,
  key: string,
): Promise<void> {
  if (papers.length === 0) return;
  const thread = await port.openThread(root, title);
  for (const { paper, card } of papers) await port.post(thread, card, { key: `${key} ${paper}`, title });
}

function failedWith(port: PostingPort, error: unknown, channel: ChannelRef): PostNow {
  const failure = port.classifyError(error, channel);
  const reason =
    'reason' in failure ? failure.reason : 'The platform is limiting requests. Try again in a minute.';
  return {
    kind: 'failed',
    reason: failure.kind === 'permanent' ? reason : `Not everything was posted: ${reason}`,
  };
}
