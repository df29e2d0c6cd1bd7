/**
 * What somebody asked, and how it is answered: to everybody by a message of ours, on which a reaction can save; to one person by
 * the address that came with the question, which reaches them wherever they are, for half an hour and five times.
 */
import type { RespondFn } from '@slack/bolt';
import type { Logger } from '../../../base/log.ts';
import type { Card } from '../../../chat/card.ts';
import type { CommandAnswer, MessageHandlers } from '../../../chat/handlers.ts';
import { refOf } from '../connection/addresses.ts';
import { classifyError, describeError } from '../connection/errors.ts';
import { rememberShown, toBody } from '../posting/outgoing.ts';
import type { Workspace } from '../workspaces/workspaces.ts';

/** A question, from where its answer can be brought back. */
export interface SlackRequest {
  readonly workspace: Workspace;
  readonly person: string;
  readonly channel: string;
  /** The thread that it was asked in. */
  readonly thread?: string;
  readonly respond: RespondFn;
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
  readonly log: Logger;
}

export interface Responder {
  answer(asked: SlackRequest, work: Promise<CommandAnswer>): Promise<void>;
  /** The answer takes the place of the message that the button stands on; a problem is told to the presser alone. */
  replace(pressed: Pressed, work: Promise<CommandAnswer>): Promise<void>;
}

export function openResponder({ handlers, log }: ResponderOptions): Responder {
  async function answer(asked: SlackRequest, work: Promise<CommandAnswer>): Promise<void> {
    const { card, visibility } = await work;
    if (visibility === 'private') await answerPrivately(asked, card);
    else await answerPublicly(asked, card);
  }

  async function replace(pressed: Pressed, work: Promise<CommandAnswer>): Promise<void> {
    const { card, visibility, ok } = await work;
    if (visibility === 'private' && !ok) return answerPrivately(pressed, card);
    const { workspace, channel, message, requester, isPrivate, respond } = pressed;
    await respond({
      ...(await toBody(card, handlers, workspace.id, isPrivate ? undefined : requester)),
      replace_original: true,
    });
    if (!isPrivate) await rememberShown(handlers, refOf(workspace.id, channel, message), card);
  }

  async function answerPrivately(asked: SlackRequest, card: Card): Promise<void> {
    const { respond, workspace, person } = asked;
    const body = await toBody(card, handlers, workspace.id);
    try {
      await respond({ ...body, ...threadOf(asked), response_type: 'ephemeral', replace_original: false });
    } catch (error) {
      // Whoever asked has waited longer than the address lives: they are told in their own conversation with us.
      log.debug(describeError(error), 'an answer could not be brought to where it was asked for');
      await workspace.client.chat.postMessage({ channel: person, ...body });
    }
  }

  async function answerPublicly(asked: SlackRequest, card: Card): Promise<void> {
    const { workspace, channel, person, respond } = asked;
    // In a conversation of two everybody knows who asked.
    const body = await toBody(card, handlers, workspace.id, channel.startsWith('D') ? undefined : person);
    try {
      const { ts = '' } = await workspace.client.chat.postMessage({ channel, ...threadOf(asked), ...body });
      await rememberShown(handlers, refOf(workspace.id, channel, ts), card);
    } catch (error) {
      if (classifyError(error).kind === 'ambiguous') throw error;
      // Where the bot may not post by itself, as in a private channel that it is not in, it may answer. No reaction reaches it there.
      log.debug(describeError(error), 'an answer goes by its own address');
      await respond({ ...body, ...threadOf(asked), response_type: 'in_channel', replace_original: false });
    }
  }

  return { answer, replace };
}

function threadOf({ thread }: SlackRequest): { readonly thread_ts?: string } {
  return thread === undefined ? {} : { thread_ts: thread };
}
