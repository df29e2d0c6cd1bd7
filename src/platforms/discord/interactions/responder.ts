/**
 * One interaction and what it is answered with. Discord wants a first response within three seconds and takes others for fifteen
 * minutes; whether everybody or one person sees them is settled by the first.
 */
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type InteractionCallbackResponse,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
} from 'discord.js';
import type { Logger } from '../../../base/log.ts';
import type { CommandAnswer, MessageHandlers, Visibility } from '../../../chat/handlers.ts';
import { withDeadline } from '../../../resilience/deadline.ts';
import type { Clock } from '../../../time/clock.ts';
import { CODES, describeError, hasCode, isAmbiguous } from '../connection/errors.ts';
import { type Payload, refOf, rememberShown, toPayload } from '../posting/outgoing.ts';

export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction;

/** Milliseconds after which the asker is shown that work goes on. */
const PATIENCE_MS = 500;

const EPHEMERAL = { flags: MessageFlags.Ephemeral } as const;

export interface ResponderOptions {
  readonly handlers: MessageHandlers;
  readonly clock: Clock;
  readonly log: Logger;
  /** Brings an answer whose interaction is over to the one who asked, in another way. False when there is none. */
  readonly deliverLate: (
    interaction: Answerable,
    visibility: Visibility,
    payload: Payload,
  ) => Promise<boolean>;
}

export interface Responder {
  /** @param visibility what the definition says, as it must be settled before the answer is there */
  answer(interaction: Answerable, visibility: Visibility, work: Promise<CommandAnswer>): Promise<void>;
  /** The answer takes the place of the message that the button stands on; a problem is told to the presser alone. */
  replace(interaction: ButtonInteraction, work: Promise<CommandAnswer>): Promise<void>;
}

export function openResponder({ handlers, clock, log, deliverLate }: ResponderOptions): Responder {
  async function answer(interaction: Answerable, visibility: Visibility, work: Promise<CommandAnswer>) {
    const early = await withinPatience(work);
    if (!early) {
      await acknowledge(interaction, () => interaction.deferReply(visibility === 'private' ? EPHEMERAL : {}));
    }
    const answered = early ?? (await work);
    const payload = await toPayload(answered.card, handlers);
    await reaching(interaction, answered, payload, async () => {
      if (early) return reply(interaction, early, payload);
      if (answered.visibility === 'private' && visibility === 'public') {
        // What everybody sees working cannot become what one person sees.
        await interaction.deleteReply();
        await interaction.followUp({ ...payload, ...EPHEMERAL });
        return undefined;
      }
      const { id } = await interaction.editReply(payload);
      return visibility === 'public' ? id : undefined;
    });
  }

  async function replace(interaction: ButtonInteraction, work: Promise<CommandAnswer>) {
    const early = await withinPatience(work);
    if (!early) await acknowledge(interaction, () => interaction.deferUpdate());
    const answered = early ?? (await work);
    const payload = await toPayload(answered.card, handlers);
    const isProblemOfPresser = answered.visibility === 'private' && !answered.ok;
    await reaching(interaction, answered, payload, async () => {
      if (isProblemOfPresser && early) return reply(interaction, early, payload);
      if (isProblemOfPresser) {
        await interaction.followUp({ ...payload, ...EPHEMERAL });
        return undefined;
      }
      if (early) await acknowledge(interaction, () => interaction.update(payload));
      else await interaction.editReply(payload);
      return interaction.message.flags.has(MessageFlags.Ephemeral) ? undefined : interaction.message.id;
    });
  }

  function withinPatience(work: Promise<CommandAnswer>): Promise<CommandAnswer | undefined> {
    return withDeadline(
      { ms: PATIENCE_MS, clock },
      () => work,
      () => undefined,
    );
  }

  /** @returns the id of the message, when others can react to it */
  async function reply(
    interaction: Answerable,
    { visibility }: CommandAnswer,
    payload: Payload,
  ): Promise<string | undefined> {
    const secret = visibility === 'private';
    const response = await acknowledge(interaction, () =>
      interaction.reply({ ...payload, ...(secret && EPHEMERAL), withResponse: true }),
    );
    if (secret) return undefined;
    return response?.resource?.message?.id ?? (await interaction.fetchReply()).id;
  }

  /**
   * A first response whose fate is unknown is sent once more: Discord refuses the second when it has the first. That a response was
   * there before is therefore success, whether we or the client underneath sent it twice.
   */
  async function acknowledge(
    interaction: Answerable,
    send: () => Promise<unknown>,
  ): Promise<InteractionCallbackResponse | undefined> {
    for (let tries = 1; ; tries++) {
      try {
        return (await send()) as InteractionCallbackResponse | undefined;
      } catch (error) {
        if (hasCode(error, CODES.alreadyAcknowledged)) {
          // The client counts only the responses that it saw succeed, and edits none before.
          interaction.deferred = true;
          return undefined;
        }
        if (!isAmbiguous(error) || tries > 1) throw error;
        log.warn({ ...describeError(error), interaction: interaction.id }, 'an acknowledgement was lost');
      }
    }
  }

  /** @param send returns the id of the message that now shows the answer to more than one person */
  async function reaching(
    interaction: Answerable,
    { card, visibility }: CommandAnswer,
    payload: Payload,
    send: () => Promise<string | undefined>,
  ): Promise<void> {
    try {
      const message = await send();
      if (message === undefined) return;
      await rememberShown(handlers, refOf(interaction.guildId, interaction.channelId, message), card);
    } catch (error) {
      const isOver = hasCode(
        error,
        CODES.unknownInteraction,
        CODES.invalidWebhookToken,
        CODES.unknownWebhook,
        CODES.unknownMessage,
      );
      if (!isOver || !(await deliverLate(interaction, visibility, payload))) throw error;
    }
  }

  return { answer, replace };
}
