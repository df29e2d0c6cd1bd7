/**
 * Answers interactions. Discord requires a first response within three seconds and accepts others for fifteen
 * minutes. The first one determines whether they are public or private.
 */
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type InteractionCallbackResponse,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Logger } from '../../../base/log.ts';
import type { CommandAnswer, MessageHandlers, Visibility } from '../../../chat/handlers.ts';
import { DIRECT } from '../../../chat/refs.ts';
import { explainedOnce } from '../../../chat/saving-hint.ts';
import { withDeadline } from '../../../resilience/deadline.ts';
import type { Clock } from '../../../time/clock.ts';
import { CODES, describeError, hasCode, isAmbiguous } from '../connection/errors.ts';
import {
  type Payload,
  PLATFORM,
  refOf,
  rememberShown,
  toPayload,
  type WithNames,
} from '../posting/outgoing.ts';

export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ModalSubmitInteraction
  | Pressed;

/** A button, or a choice in a menu. */
export type Pressed = ButtonInteraction | StringSelectMenuInteraction;

/** Milliseconds after which the user sees that the bot is working. */
const PATIENCE_MS = 500;
/** An interaction of this age is acknowledged at once, because Discord waits three seconds. */
const OLD_MS = 2_000;
/** Older interactions cannot be answered, so a larger age means a wrong clock. */
const ANSWERABLE_MS = 15 * 60_000;

const EPHEMERAL = { flags: MessageFlags.Ephemeral } as const;

export interface ResponderOptions {
  readonly handlers: MessageHandlers & WithNames;
  readonly clock: Clock;
  readonly log: Logger;
  /** Delivers an answer in another way after its interaction has expired. */
  readonly deliverLate: (late: LateAnswer) => Promise<void>;
}

export interface LateAnswer {
  readonly interaction: Answerable;
  readonly visibility: Visibility;
  readonly payload: Payload;
  /** The message that showed progress. */
  readonly pending: string | undefined;
}

export interface Responder {
  /** @param visibility from the definition, because it is needed before the answer is ready */
  answer(interaction: Answerable, visibility: Visibility, work: Promise<CommandAnswer>): Promise<void>;
  /** Replaces the message of the button or menu by the answer; a problem is only shown to the user. */
  replace(interaction: Pressed, work: Promise<CommandAnswer>): Promise<void>;
}

export function openResponder({ handlers, clock, log, deliverLate }: ResponderOptions): Responder {
  async function answer(interaction: Answerable, visibility: Visibility, work: Promise<CommandAnswer>) {
    const early = isOld(interaction) ? undefined : await withinPatience(work);
    const isPrivate = visibility === 'private';
    const deferred = early
      ? undefined
      : await defer(interaction, () =>
          interaction.deferReply({ ...(isPrivate && EPHEMERAL), withResponse: true }),
        );
    const answered = early ?? (await work);
    if (deferred === 'refused') return missed(interaction, answered);
    const pending = deferred?.resource?.message?.id;
    const isPublic = visibility === 'public' && answered.visibility === 'public';
    const shown = isPublic ? await explained(interaction, answered) : answered;
    await reaching(interaction, shown, pending, async (payload) => {
      if (early) return reply(interaction, early, payload);
      if (answered.visibility === 'private' && visibility === 'public') {
        // A public progress message cannot become private.
        await interaction.deleteReply();
        await interaction.followUp({ ...payload, ...EPHEMERAL });
        return undefined;
      }
      const { id } = await interaction.editReply(payload);
      return visibility === 'public' ? id : undefined;
    });
  }

  async function replace(interaction: Pressed, work: Promise<CommandAnswer>) {
    const early = isOld(interaction) ? undefined : await withinPatience(work);
    const deferred = early ? undefined : await defer(interaction, () => interaction.deferUpdate());
    const answered = early ?? (await work);
    if (deferred === 'refused') return missed(interaction, answered);
    const isProblemOfPresser = answered.visibility === 'private' && !answered.ok;
    await reaching(interaction, answered, undefined, async (payload) => {
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

  async function explained(
    { guildId, channelId }: Answerable,
    answered: CommandAnswer,
  ): Promise<CommandAnswer> {
    const channel = { platform: PLATFORM, workspace: guildId ?? DIRECT, channel: channelId ?? '' };
    return { ...answered, card: await explainedOnce(answered.card, channel, handlers) };
  }

  /** True after a delay of the process or the network. */
  function isOld({ createdTimestamp }: Answerable): boolean {
    const age = clock.now().getTime() - createdTimestamp;
    return age >= OLD_MS && age < ANSWERABLE_MS;
  }

  function withinPatience(work: Promise<CommandAnswer>): Promise<CommandAnswer | undefined> {
    return withDeadline(
      { ms: PATIENCE_MS, clock },
      () => work,
      () => undefined,
    );
  }

  /** @returns the id of the message, if it is public */
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

  /** @returns `refused` when it was too late */
  async function defer(
    interaction: Answerable,
    send: () => Promise<unknown>,
  ): Promise<InteractionCallbackResponse | 'refused' | undefined> {
    try {
      return await acknowledge(interaction, send);
    } catch (error) {
      if (!isOver(error)) throw error;
      return 'refused';
    }
  }

  /**
   * Handles an answer after Discord has shown that the bot did not respond. Users repeat the command if they
   * still want an answer, so only an answer that reports a change is sent.
   */
  async function missed(interaction: Answerable, { card, visibility }: CommandAnswer): Promise<void> {
    if (card.tone !== 'done') {
      log.warn({ interaction: interaction.id }, 'discord: late answer dropped');
      return;
    }
    const payload = await toPayload(card, handlers, interaction.user.id, interaction.attachmentSizeLimit);
    await deliverLate({ interaction, visibility, payload, pending: undefined });
  }

  /**
   * Sends the first response, and resends it once when the result is unknown. Discord rejects a second
   * response, so that error also means success.
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
          // The client only allows edits after a response that it saw succeed.
          interaction.deferred = true;
          return undefined;
        }
        if (!isAmbiguous(error) || tries > 1) throw error;
        log.warn(
          { ...describeError(error), interaction: interaction.id },
          'discord: acknowledgement unconfirmed',
        );
      }
    }
  }

  /**
   * @param pending the message that shows progress, if there is one
   * @param send returns the id of the message if it is public
   */
  async function reaching(
    interaction: Answerable,
    answered: CommandAnswer,
    pending: string | undefined,
    send: (payload: Payload) => Promise<string | undefined>,
  ): Promise<void> {
    const { card, visibility } = answered;
    const payload = await toPayload(card, handlers, interaction.user.id, interaction.attachmentSizeLimit);
    try {
      const message = await send(payload);
      if (message === undefined) return;
      await rememberShown(handlers, refOf(interaction.guildId, interaction.channelId ?? '', message), card);
    } catch (error) {
      if (!isOver(error)) throw error;
      const isTaken = interaction.deferred || interaction.replied;
      if (isTaken) await deliverLate({ interaction, visibility, payload, pending });
      else await missed(interaction, answered);
    }
  }

  return { answer, replace };
}

/** True when the interaction has expired or its message is gone. */
function isOver(error: unknown): boolean {
  return hasCode(
    error,
    CODES.unknownInteraction,
    CODES.invalidWebhookToken,
    CODES.unknownWebhook,
    CODES.unknownMessage,
  );
}
