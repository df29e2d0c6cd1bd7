/** Posts to the terminal. Threads are printed in sequence, and printed messages cannot be changed. */
import type { Card } from '../../chat/card.ts';
import type { ChatPort, PostingPort } from '../../chat/port.ts';
import type { ChannelRef } from '../../chat/refs.ts';

/** @param show prints a card above the prompt */
export function openTerminalPosting(
  show: (card: Card) => void,
): Omit<PostingPort, keyof ChatPort | 'limits'> {
  /** Messages of this run; earlier ones are no longer on the screen. */
  const posted = new Map<string, string>();

  return {
    idempotencyWindowMs: async () => 0,
    canFind: async () => true,
    startsThreads: async () => true,
    nameOf: async () => 'This terminal',
    aboutOf: async () => undefined,
    visibleTo: async (_audience, channels) => [...channels],
    async post(channelRef, card, { key }) {
      const message = posted.get(key) ?? String(posted.size + 1);
      if (!posted.has(key)) show(card);
      posted.set(key, message);
      return { ...channelRef, message };
    },
    openThread: async ({ platform, workspace, channel }): Promise<ChannelRef> => ({
      platform,
      workspace,
      channel,
    }),
    update: async () => {},
    async findPosted(channelRef, key) {
      const message = posted.get(key);
      return message === undefined ? undefined : { ...channelRef, message };
    },
    classifyError: (error) => ({ kind: 'not-sent', reason: String(error) }),
    readPast: async () => ({
      refusal:
        'A terminal has no past messages of a channel. Paste the links: /papers import 2406.01574 2310.11511',
    }),
    async sendDirectMessage(_workspace, _person, card) {
      show(card);
      return true;
    },
  };
}
