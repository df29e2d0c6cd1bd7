/**
 * Sends answers. Public ones are messages of the bot, so that reactions can save papers. Private ones use the
 * response URL of the request, which works in any channel, for half an hour and five times.
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
import { withFileSent } from '../posting/files.ts';
import { type Body, rememberShown, toBody } from '../posting/outgoing.ts';
import type { Permissions } from '../workspaces/permissions.ts';
import type { Workspace } from '../workspaces/workspaces.ts';
import { withMarks } from './marks.ts';

/** A request with everything needed to answer it. */
export interface SlackRequest {
  readonly workspace: Workspace;
  readonly person: string;
  /** Their name, if it came with the question. */
  readonly name?: string;
  readonly channel: string;
  /** The thread of the request. */
  readonly thread?: string;
  readonly respond: RespondFn;
  /** True when `respond` uses a response URL, which can also answer in public. */
  readonly hasAddress?: true;
}

/** A button on a message. */
export interface Pressed extends SlackRequest {
  /** The message's `ts`. */
  readonly message: string;
  /** True when only the user sees the message. */
  readonly isPrivate: boolean;
  /** The user who requested the message, if any. */
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
  /** Replaces the message of the button by the answer; a problem is only shown to the user. */
  replace(pressed: Pressed, work: Promise<CommandAnswer>): Promise<void>;
}

/**
 * Most attempts, and longest wait between them, for a rate-limited public answer without a response URL.
 */
const HELD_BACK = 5;
const LONGEST_WAIT_MS = 30_000;
const UNCONFIRMED =
  'Slack did not confirm that this answer reached the channel. Only you can see this copy. Ask again if the channel should see it.';

export function openResponder({ handlers, permissions, clock, log }: ResponderOptions): Responder {
  /** Channels that Slack is rate limiting. */
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
      log.debug(describeError(error), 'slack: message not replaced');
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

  async function answerPrivately(asked: SlackRequest, answered: Card): Promise<void> {
    const { respond, workspace, person } = asked;
    const { file } = answered;
    const card = file
      ? await withFileSent(answered, file, { ...asked, client: workspace.client }, log)
      : answered;
    const body = await toBody(card, handlers, workspace.id, await askerOf(asked, false));
    try {
      await respond({ ...body, ...threadOf(asked), response_type: 'ephemeral', replace_original: false });
    } catch (error) {
      // The response URL has expired, so the answer goes to the user's conversation with the bot.
      log.debug(describeError(error), 'slack: private answer rerouted');
      await workspace.client.chat.postMessage({ channel: person, ...body });
    }
  }

  async function answerPublicly(asked: SlackRequest, card: Card): Promise<void> {
    const { workspace, channel } = asked;
    // A direct message does not need to name the requester.
    const asker = await askerOf(asked, !channel.startsWith('D'));
    const body = await toBody(card, handlers, workspace.id, asker);
    // During a rate limit, the response URL still works. It explains no reactions, which may not reach it.
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
      // Where the bot cannot post, such as a private channel that it is not in, the response URL still works.
      log.debug(describeError(error), 'slack: public answer rerouted');
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

  /** Slack does not return the message's timestamp, so its papers are encoded in the message. */
  async function respondToAll(asked: SlackRequest, card: Card, body: Body): Promise<void> {
    const blocks = withMarks(body.blocks, papersOnCard(card));
    const message = { ...body, blocks, ...threadOf(asked), replace_original: false };
    try {
      await asked.respond({ ...message, response_type: 'in_channel' });
    } catch (error) {
      await tellUnconfirmed(asked, card, error);
    }
  }

  /** A retry could post the answer twice, so the user gets a private copy. */
  async function tellUnconfirmed(asked: SlackRequest, card: Card, error: unknown): Promise<void> {
    log.warn(describeError(error), 'slack: answer unconfirmed');
    const note = { kind: 'text', text: [{ kind: 'italic', text: UNCONFIRMED }] } as const;
    await answerPrivately(asked, { ...card, blocks: [...card.blocks, note] });
  }

  return { answer, replace };
}

function threadOf({ thread }: SlackRequest): { readonly thread_ts?: string } {
  return thread === undefined ? {} : { thread_ts: thread };
}
