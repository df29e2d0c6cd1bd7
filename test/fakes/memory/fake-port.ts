/** An in-memory chat platform with a clock that the test controls, and with faults. */
import type { Card } from '../../../src/chat/card.ts';
import type { PastMessage, PostingLimits, PostingPort, SendFailure } from '../../../src/chat/port.ts';
import type { ChannelRef, MessageRef } from '../../../src/chat/refs.ts';
import type { Clock } from '../../../src/time/clock.ts';

/** The fate of one request. */
export type Fault =
  | 'lose-answer'
  | 'error-after'
  /** Cut before it arrived. The client cannot tell. */
  | 'lose-request'
  | 'refuse'
  | 'forbid'
  /** This message is not wanted, as by a filter of its words; others are. */
  | 'block'
  /** The place is gone. */
  | 'vanish'
  | 'rate-limit'
  | 'rate-limit-everywhere'
  /** Carried out long after the client gave up on it. */
  | 'slow';

export type Operation = 'post' | 'openThread' | 'update' | 'findPosted' | 'readPast' | 'tell';

export interface StoredMessage extends MessageRef {
  readonly key: string;
  /** The forum of a post, which is itself a thread. */
  readonly forum?: string;
  card: Card;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface FakePlatformOptions {
  readonly clock: Clock;
  /** Milliseconds in which a repeated key creates no second message. */
  readonly nonceWindowMs?: number;
  readonly canFind?: boolean;
  /** A channel in which each message is a thread of its own, and is named by that thread. */
  readonly isForum?: (channelRef: ChannelRef) => boolean;
  readonly startsThreads?: (channelRef: ChannelRef) => boolean;
  readonly nameOf?: (channelRef: ChannelRef) => string | undefined;
  /** Milliseconds from a request to its answer. */
  readonly latencyMs?: () => number;
  readonly fault?: (operation: Operation, channelRef: ChannelRef) => Fault | undefined;
}

export interface FakePlatform {
  /** In order of creation. */
  readonly messages: StoredMessage[];
  readonly told: { readonly person: string; readonly card: Card }[];
  /** The time of each request, in milliseconds since 1970. */
  readonly requests: { readonly operation: Operation; readonly at: number; readonly refused: boolean }[];
  readonly updates: MessageRef[];
  fault: (operation: Operation, channelRef: ChannelRef) => Fault | undefined;
  /** What people wrote, the same in every channel. */
  readonly past: { said: PastMessage[]; perPage: number; refusal?: string };
  /** A connection to it. All connections see the same messages. */
  connect(): PostingPort;
}

const ROOMY: PostingLimits = { perSecond: 40, inFlight: 64, perWorkspace: 64 };
export const CLIENT_TIME_OUT_MS = 15_000;
const SLOW_MS = 40_000;
const RETRY_AFTER_MS = 5_000;

class FakeError extends Error {
  override readonly name = 'FakeError';
  readonly fate: SendFailure;
  constructor(fate: SendFailure) {
    super(fate.kind);
    this.fate = fate;
  }
}

function gone(reason: string): FakeError {
  return new FakeError({ kind: 'permanent', of: 'message', reason, isGone: true });
}

export function openFakePlatform(options: FakePlatformOptions): FakePlatform {
  const { clock, nonceWindowMs = 120_000, canFind = true, latencyMs = () => 100 } = options;
  const { isForum = () => false, startsThreads = () => true } = options;
  const { nameOf = ({ channel }: ChannelRef) => `#name-of-${channel}` } = options;
  const messages: StoredMessage[] = [];
  const threads = new Map<string, ChannelRef>();
  let count = 0;
  const now = () => clock.now().getTime();

  const platform: FakePlatform = {
    messages,
    told: [],
    requests: [],
    updates: [],
    past: { said: [], perPage: 100 },
    fault: options.fault ?? (() => undefined),
    connect: () => ({
      platform: 'fake',
      limits: ROOMY,
      takesReactions: true,
      isConnected: () => true,
      start: async () => {},
      stop: async () => {},
      idempotencyWindowMs: async () => nonceWindowMs,
      canFind: async () => canFind,
      startsThreads: async (channelRef) => startsThreads(channelRef),
      nameOf: async (channelRef) => nameOf(channelRef),
      aboutOf: async ({ channel }) => ({ name: channel }),
      visibleTo: async (_audience, targets) => [...targets],
      classifyError: (error) =>
        error instanceof FakeError ? error.fate : { kind: 'ambiguous', reason: 'something unforeseen' },
      post: (channelRef, card, { key }) => request('post', channelRef, () => store(channelRef, card, key)),
      openThread: (root, _name) => request('openThread', root, () => thread(root)),
      update: (message, card) => request('update', message, () => edit(message, card)),
      findPosted: (channelRef, key, since) =>
        request('findPosted', channelRef, () => {
          const found = messages.find(
            (at) => isIn(channelRef, at) && at.key === key && at.at >= since.getTime(),
          );
          return found && toRef(found);
        }),
      readPast: (channelRef, { since = new Date(0), before, cursor }) =>
        request('readPast', channelRef, () => {
          const { said, perPage, refusal } = platform.past;
          if (refusal !== undefined) return { refusal };
          const from = Number(cursor ?? 0);
          const all = said
            .filter(({ at }) => at >= since && (before === undefined || at < before))
            .toReversed();
          const next = from + perPage;
          return {
            messages: all.slice(from, next),
            ...(next < all.length && { next: String(next) }),
          };
        }),
      sendDirectMessage: (workspace, person, card) =>
        request('tell', { platform: 'fake', workspace, channel: person }, () => {
          platform.told.push({ person, card });
          return true;
        }),
    }),
  };

  function store(channelRef: ChannelRef, card: Card, key: string): MessageRef {
    const known = messages.find(
      (message) => isIn(channelRef, message) && message.key === key && now() - message.at < nonceWindowMs,
    );
    if (known) return toRef(known);
    const id = `m${++count}`;
    const where = isForum(channelRef) ? { channel: `post-${id}`, forum: channelRef.channel } : {};
    const message = { ...toPlace(channelRef), ...where, message: id, key, card, at: now() };
    messages.push(message);
    return toRef(message);
  }

  function thread(root: MessageRef): ChannelRef {
    const { forum } = find(root);
    const opened = threads.get(root.message) ?? {
      ...toPlace(root),
      channel: forum === undefined ? `thread-of-${root.message}` : root.channel,
    };
    threads.set(root.message, opened);
    return opened;
  }

  function find(ref: MessageRef): StoredMessage {
    const message = messages.find(
      (at) => at.workspace === ref.workspace && at.channel === ref.channel && at.message === ref.message,
    );
    if (!message) throw gone('There is no such message.');
    return message;
  }

  function edit(ref: MessageRef, card: Card): void {
    find(ref).card = card;
    platform.updates.push(ref);
  }

  async function request<T>(operation: Operation, channelRef: ChannelRef, act: () => T): Promise<T> {
    const fault = platform.fault(operation, channelRef);
    const refused =
      fault === 'forbid' ||
      fault === 'block' ||
      fault === 'vanish' ||
      fault === 'rate-limit' ||
      fault === 'rate-limit-everywhere';
    platform.requests.push({ operation, at: now(), refused });
    if (fault === 'refuse') throw new FakeError({ kind: 'not-sent', reason: 'connection refused' });
    if (fault === 'slow') {
      void clock.sleep(SLOW_MS).then(act);
      await clock.sleep(CLIENT_TIME_OUT_MS);
      throw new FakeError({ kind: 'ambiguous', reason: 'timed out' });
    }
    const latency = latencyMs();
    await clock.sleep(latency / 2);
    if (fault === 'forbid')
      throw new FakeError({ kind: 'permanent', of: 'place', reason: 'The bot may not post here.' });
    if (fault === 'vanish')
      throw new FakeError({ kind: 'permanent', of: 'place', reason: 'It is gone.', isGone: true });
    if (fault === 'block')
      throw new FakeError({ kind: 'permanent', of: 'message', reason: 'A filter blocked the message.' });
    if (refused) {
      const everywhere = fault === 'rate-limit-everywhere';
      throw new FakeError({ kind: 'rate-limited', retryAfterMs: RETRY_AFTER_MS, everywhere });
    }
    const value = fault === 'lose-request' ? undefined : act();
    await clock.sleep(latency / 2);
    if (fault === 'lose-answer' || fault === 'lose-request')
      throw new FakeError({ kind: 'ambiguous', reason: 'connection reset' });
    if (fault === 'error-after') throw new FakeError({ kind: 'ambiguous', reason: 'HTTP 500' });
    return value as T;
  }

  return platform;
}

function isIn(channelRef: ChannelRef, { workspace, channel, forum = channel }: StoredMessage): boolean {
  return workspace === channelRef.workspace && forum === channelRef.channel;
}

function toPlace({ platform, workspace, channel }: ChannelRef): ChannelRef {
  return { platform, workspace, channel };
}

function toRef(message: StoredMessage): MessageRef {
  return { ...toPlace(message), message: message.message };
}
