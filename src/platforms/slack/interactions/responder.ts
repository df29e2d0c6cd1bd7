/**
 * Answers what somebody asked: to everybody by a message of ours, on which a reaction can save; to one person
 * by the address that came with the question, which reaches them wherever they are, for half an hour and five
 * times.
 */
import type { RespondFn } from '@slack/bolt';
import type { Logger } from '../../../base/log.ts';
import type { Card } from '../../../chat/card.ts';
import type { CommandAnswer, MessageHandlers } from '../../../chat/handlers.ts';
import { papersOnCard } from '../../../chat/papers-on-card.ts';
import { explainedOnce } from '../../../chat/saving-hint.ts';
import { openKeyedPauses } from '../../../resilience/pause.ts';
import { retry } from '../../../resilience/retry.ts';
import type { Clock } from '../../../time/clock.ts';
import { channelRefOf, refOf } from '../connection/addresses.ts';
import { classifyError, describeError } from '../connection/errors.ts';
import { type Body, rememberShown, toBody } from '../posting/outgoing.ts';
import type { Permissions } from '../workspaces/permissions.ts';
import type { Workspace } from '../workspaces/workspaces.ts';
import { withMarks } from './marks.ts';

/** A question, from where its answer can be brought back. */
export interface SlackRequest {
  readonly workspace: Workspace;
  readonly person: string;
  /** Their name, if it came with the question. */
  readonly name?: string;
  readonly channel: string;
  /** The thread that it was asked in. */
  readonly thread?: string;
  readonly respond: RespondFn;
  /** Whether `respond` can show something to the whole channel: Slack gave an address with the question. */
  readonly hasAddress?: true;
}

/** A button on a message. */
export interface Pressed extends SlackRequest {
  /** The message's `ts`. */
  readonly message: string;
  /** Whether its presser alone sees the message. */
  readonly isPrivate: boolean;
  /** Who asked for the message, if anybody did. */
  readonly requester?: string;
}

export interface ResponderOptions {
  readonly handlers: MessageHandlers;
  readonly permissions: Pick<Permissions, 'nameOf'>;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Responder {
  answer(asked: SlackRequest, work: Promise<CommandAnswer>): Promise<void>;
  /** The answer replaces the message that the button is on; a problem is shown to the presser alone. */
  replace(pressed: Pressed, work: Promise<CommandAnswer>): Promise<void>;
}

/**
 * How often, and how long at most, an answer waits that Slack holds back and that has no other way to
 * everybody.
 */
const HELD_BACK = 5;
const LONGEST_WAIT_MS = 30_000;
const UNCONFIRMED =
  'Slack did not confirm that this answer reached the channel. This copy is for you alone; ask again if the others should see it.';

export function openResponder({ handlers, permissions, clock, log }: ResponderOptions): Responder {
  /** Channels that Slack takes no message to for now. */
  const heldBack = openKeyedPauses(clock);

  async function answer(asked: SlackRequest, work: Promise<CommandAnswer>): Promise<void> {
    const { card, visibility } = await work;
    if (visibility === 'private') await answerPrivately(asked, card);
    else await answerPublicly(asked, card);
  }

  async function replace(pressed: Pressed, work: Promise<CommandAnswer>): Promise<void> {
    const { card, visibility, ok } = await work;
    if (visibility === 'private' && !ok) return answerPrivately(pressed, card);
    const { workspace, channel, message, requester, isPrivate, respond } = pressed;
    const asker = await askerOf(pressed, !isPrivate && requester !== undefined);
    const body = await toBody(card, handlers, workspace.id, asker);
    try {
      await respond({ ...body, replace_original: true });
    } catch (error) {
      log.debug(describeError(error), 'a message could not be replaced by its own address');
      if (isPrivate) return answerPrivately(pressed, card);
      const { text, blocks, parse, link_names } = body;
      await workspace.client.chat.update({ channel, ts: message, text, blocks, parse, link_names });
    }
    if (!isPrivate) await rememberShown(handlers, refOf(workspace.id, channel, message), card);
  }

  async function askerOf({ workspace, person, name }: SlackRequest, isPublic: boolean) {
    const known = isPublic ? (name ?? (await permissions.nameOf(workspace, person))) : undefined;
    return { person, name: known, isPublic };
  }

  async function answerPrivately(asked: SlackRequest, card: Card): Promise<void> {
    const { respond, workspace, person } = asked;
    const body = await toBody(card, handlers, workspace.id, await askerOf(asked, false));
    try {
      await respond({ ...body, ...threadOf(asked), response_type: 'ephemeral', replace_original: false });
    } catch (error) {
      // They have waited longer than the address lives: the answer goes to their own conversation with the
      // bot.
      log.debug(describeError(error), 'an answer could not be brought to where it was asked for');
      await workspace.client.chat.postMessage({ channel: person, ...body });
    }
  }

  async function answerPublicly(asked: SlackRequest, card: Card): Promise<void> {
    const { workspace, channel } = asked;
    // In a conversation of two everybody knows who asked.
    const asker = await askerOf(asked, !channel.startsWith('D'));
    const body = await toBody(card, handlers, workspace.id, asker);
    // What Slack would hold back just now goes by the address at once. Reactions may not reach it, so it explains none.
    if (asked.hasAddress && heldBack.isPaused(channel)) return respondToAll(asked, card, body);
    try {
      const explained = await explainedOnce(card, channelRefOf(workspace.id, channel), handlers);
      await post(
        asked,
        explained,
        explained === card ? body : await toBody(explained, handlers, workspace.id, asker),
      );
    } catch (error) {
      if (classifyError(error).kind === 'ambiguous') return tellUnconfirmed(asked, card, error);
      // Where the bot may not post by itself, as in a private channel that it is not in, it may answer.
      log.debug(describeError(error), 'an answer goes by its own address');
      await respondToAll(asked, card, body);
    }
  }

  async function post(asked: SlackRequest, card: Card, body: Body): Promise<void> {
    const { workspace, channel, hasAddress } = asked;
    const send = () => workspace.client.chat.postMessage({ channel, ...threadOf(asked), ...body });
    const { ts = '' } = await retry(send, {
      retries: HELD_BACK,
      pauseAfter(error) {
        const failure = classifyError(error);
        if (failure.kind !== 'rate-limited') return undefined;
        heldBack.start(channel, failure.retryAfterMs);
        return hasAddress ? undefined : Math.min(failure.retryAfterMs, LONGEST_WAIT_MS);
      },
      clock,
    });
    await rememberShown(handlers, refOf(workspace.id, channel, ts), card);
  }

  /** Slack does not say by which time the message goes: what it shows stands in it. */
  async function respondToAll(asked: SlackRequest, card: Card, body: Body): Promise<void> {
    const blocks = withMarks(body.blocks, papersOnCard(card));
    const message = { ...body, blocks, ...threadOf(asked), replace_original: false };
    try {
      await asked.respond({ ...message, response_type: 'in_channel' });
    } catch (error) {
      await tellUnconfirmed(asked, card, error);
    }
  }

  /** Sent again, it might stand there twice. Whoever asked is not left without an answer. */
  async function tellUnconfirmed(asked: SlackRequest, card: Card, error: unknown): Promise<void> {
    log.warn(describeError(error), 'Slack did not confirm an answer');
    const note = { kind: 'text', text: [{ kind: 'italic', text: UNCONFIRMED }] } as const;
    await answerPrivately(asked, { ...card, blocks: [...card.blocks, note] });
  }

  return { answer, replace };
}

function threadOf({ thread }: SlackRequest): { readonly thread_ts?: string } {
  return thread === undefined ? {} : { thread_ts: thread };
}
