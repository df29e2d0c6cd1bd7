/**
 * The contract of a platform that posts: one suite, run by the in-memory platform and by each adapter against
 * its fake server.
 */
import { describe, expect, it } from 'vitest';
import { type Card, sentence } from '../../src/chat/card.ts';
import { directMessagesTo } from '../../src/chat/direct-messages.ts';
import type { PastMessage, PastPage, PostingPort, SendFailure } from '../../src/chat/port.ts';
import type { ChannelRef } from '../../src/chat/refs.ts';

/** Failures of the next request, as the platform causes them. */
export type PostingFault = 'lose-answer' | 'error-after' | 'refuse' | 'forbid' | 'rate-limit-everywhere';

export interface PostingHarness {
  readonly port: PostingPort;
  readonly channel: ChannelRef;
  /** A person in the channel's workspace who accepts direct messages. */
  readonly person: string;
  /**
   * The workspace of a rate limit, on platforms that limit each workspace. Other workspaces are not delayed.
   */
  readonly limitsHold?: 'in the workspace';
  /** Number of messages in a channel, as the platform counts them. */
  count(channel: ChannelRef): number;
  /** Whether a message in a channel contains this text. */
  shows(channel: ChannelRef, text: string): boolean;
  /** A person writes this in the channel. */
  say(text: string): void;
  /** Makes this happen to the next request, once. */
  fail(fault: PostingFault): void;
  /** Runs a request to its end. A test that controls the clock moves it here. */
  settle<T>(request: Promise<T>): Promise<T>;
}

const HELLO = sentence('hello');
const LONG_AGO = new Date(0);

export function describePosting(name: string, open: () => Promise<PostingHarness>): void {
  describe(`posting: ${name}`, () => {
    const post = ({ port, channel, settle }: PostingHarness, key: string, card: Card = HELLO, to = channel) =>
      settle(port.post(to, card, { key, title: 'Papers' }));

    async function classifyError(harness: PostingHarness, fault: PostingFault): Promise<SendFailure> {
      harness.fail(fault);
      const error: unknown = await post(harness, 'faulty').then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeDefined();
      return harness.port.classifyError(error);
    }

    async function readAll({ port, channel, settle }: PostingHarness, span: Omit<PastPage, 'cursor'> = {}) {
      const read: PastMessage[] = [];
      for (let cursor: string | undefined; ; ) {
        const asked = { ...span, ...(cursor !== undefined && { cursor }) };
        const page = await settle(port.readPast(channel, asked));
        if ('refusal' in page) throw new Error(page.refusal);
        read.push(...page.messages);
        cursor = page.next;
        if (cursor === undefined) return read;
      }
    }

    it('posts one message to the channel, and returns its reference', async () => {
      const harness = await open();
      const ref = await post(harness, 'one');
      expect(ref).toMatchObject(harness.channel);
      expect(harness.count(harness.channel)).toBe(1);
      expect(harness.shows(harness.channel, 'hello')).toBe(true);
    });

    it('posts messages with different keys separately', async () => {
      const harness = await open();
      const [first, second] = [await post(harness, 'one'), await post(harness, 'two')];
      expect(first.message).not.toBe(second.message);
      expect(harness.count(harness.channel)).toBe(2);
    });

    it('posts no second message for a repeated key within its idempotency window', async () => {
      const harness = await open();
      if ((await harness.port.idempotencyWindowMs(harness.channel)) === 0) return;
      const first = await post(harness, 'one');
      expect(await post(harness, 'one')).toEqual(first);
      expect(harness.count(harness.channel)).toBe(1);
    });

    it('opens one thread per message, even if it is requested again, and posts into it', async () => {
      const harness = await open();
      const { port, settle } = harness;
      const root = await post(harness, 'root');
      const thread = await settle(port.openThread(root, 'Papers'));
      expect(await settle(port.openThread(root, 'Papers'))).toEqual(thread);
      const reply = await post(harness, 'reply', sentence('a paper'), thread);
      expect(reply).toMatchObject(thread);
      expect(harness.shows(thread, 'a paper')).toBe(true);
    });

    it('changes a message in place', async () => {
      const harness = await open();
      const ref = await post(harness, 'one');
      await harness.settle(harness.port.update(ref, sentence('changed')));
      expect(harness.count(harness.channel)).toBe(1);
      expect(harness.shows(harness.channel, 'changed')).toBe(true);
    });

    it('finds only its own post by its key, in a channel and in a thread', async () => {
      const harness = await open();
      const { port, channel, settle } = harness;
      if (!(await port.canFind(channel, 'root'))) return;
      await post(harness, 'another');
      const root = await post(harness, 'root');
      const thread = await settle(port.openThread(root, 'Papers'));
      const reply = await post(harness, 'reply', HELLO, thread);
      expect(await settle(port.findPosted(channel, 'root', LONG_AGO))).toEqual(root);
      expect(await settle(port.findPosted(thread, 'reply', LONG_AGO))).toEqual(reply);
      expect(await settle(port.findPosted(channel, 'never posted', LONG_AGO))).toBeUndefined();
    });

    it('classifies a lost reply as ambiguous, because the message may be there', async () => {
      const harness = await open();
      expect((await classifyError(harness, 'lose-answer')).kind).toBe('ambiguous');
      expect(harness.count(harness.channel)).toBe(1);
    });

    it('classifies a server error as ambiguous', async () => {
      const harness = await open();
      expect((await classifyError(harness, 'error-after')).kind).toBe('ambiguous');
    });

    it('sends a request once, without retries of its own', async () => {
      const harness = await open();
      await classifyError(harness, 'refuse');
      expect(harness.count(harness.channel)).toBe(0);
    });

    it('classifies a failed connection as not sent', async () => {
      expect((await classifyError(await open(), 'refuse')).kind).toBe('not-sent');
    });

    it('reports how long a rate limit lasts, and whether it applies everywhere', async () => {
      const harness = await open();
      const fate = await classifyError(harness, 'rate-limit-everywhere');
      expect(fate).toMatchObject({ kind: 'rate-limited', everywhere: harness.limitsHold === undefined });
      expect(fate.kind === 'rate-limited' && fate.retryAfterMs).toBeGreaterThan(0);
    });

    it('gives the reason why a channel cannot be posted to', async () => {
      const fate = await classifyError(await open(), 'forbid');
      expect(fate.kind).toBe('permanent');
      expect(fate.kind === 'permanent' && fate.reason).toMatch(/^[A-Z“].*\.$/);
    });

    it('classifies an unknown error as ambiguous', async () => {
      const { port } = await open();
      expect(port.classifyError(new Error('never seen before')).kind).toBe('ambiguous');
    });

    it('posts to the direct messages of a person, and finds the message there', async () => {
      const harness = await open();
      const { port, channel, person, settle, count } = harness;
      const to = directMessagesTo({ ...channel, person });
      const ref = await post(harness, 'private', HELLO, to);
      expect(count(channel)).toBe(0);
      expect(await post(harness, 'another', HELLO, to)).toMatchObject({ channel: ref.channel });
      if (!(await port.canFind(to, 'private'))) return;
      expect(await settle(port.findPosted(to, 'private', LONG_AGO))).toEqual(ref);
      expect(await settle(port.findPosted(to, 'never posted', LONG_AGO))).toBeUndefined();
    });

    it('reads what people wrote, the latest first, on as many pages as it takes, and not its own posts', async () => {
      const harness = await open();
      const written = Array.from({ length: 230 }, (_, at) => `no ${at}: https://arxiv.org/abs/2401.00001`);
      for (const text of written.slice(0, 120)) harness.say(text);
      await post(harness, 'between');
      for (const text of written.slice(120)) harness.say(text);
      const messages = await readAll(harness);
      expect(messages.map(({ text }) => /no \d+/.exec(text)?.[0])).toEqual(
        written.map((text) => /no \d+/.exec(text)?.[0]).toReversed(),
      );
      expect(messages.every(({ text }) => text.includes('arxiv.org/abs/2401.00001'))).toBe(true);
    });

    it('reads only the messages of the days that are asked for', async () => {
      const harness = await open();
      harness.say('now');
      const [{ at } = { at: LONG_AGO }] = await readAll(harness);
      const [before, after] = [new Date(at.getTime() - 60_000), new Date(at.getTime() + 60_000)];
      expect(await readAll(harness, { since: before, before: after })).toHaveLength(1);
      expect(await readAll(harness, { since: after })).toEqual([]);
      expect(await readAll(harness, { before })).toEqual([]);
    });

    it('sends a person a direct message', async () => {
      const { port, channel, person, settle, count } = await open();
      expect(await settle(port.sendDirectMessage(channel.workspace, person, HELLO))).toBe(true);
      expect(count(channel)).toBe(0);
    });
  });
}
