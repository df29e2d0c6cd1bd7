/**
 * Answers interactions. Discord requires a first response within three seconds and accepts further ones for
 * fifteen minutes. The first response determines whether the answer is public or private.
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

/** Milliseconds after which Discord shows that the bot is working. */
const PATIENCE_MS = 500;
/** Older interactions are acknowledged at once, as Discord waits for only three seconds. */
const OLD_MS = 2_000;
/** Discord does not deliver older interactions, so an apparent age above this means that a clock is wrong. */
const ANSWERABLE_MS = 15 * 60_000;

const EPHEMERAL = { flags: MessageFlags.Ephemeral } as const;

export interface ResponderOptions {
  readonly handlers: MessageHandlers;
  readonly clock: Clock;
  readonly log: Logger;
  /** Delivers an answer to an expired interaction in another way. */
  readonly deliverLate: (late: LateAnswer) => Promise<void>;
}

export interface LateAnswer {
  readonly interaction: Answerable;
  readonly visibility: Visibility;
  readonly payload: Payload;
  /** Id of the message that shows that the bot is working. */
  readonly pending: string | undefined;
}

export interface Responder {
  /** @param visibility from the definition of the command, as it must be known before the answer is */
  answer(interaction: Answerable, visibility: Visibility, work: Promise<CommandAnswer>): Promise<void>;
  /** Replaces the message of the button with the answer. Only the presser sees a problem. */
  replace(interaction: ButtonInteraction, work: Promise<CommandAnswer>): Promise<void>;
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
    await reaching(interaction, answered, pending, async (payload) => {
      if (early) return reply(interaction, early, payload);
      if (answered.visibility === 'private' && visibility === 'public') {
        // A public placeholder cannot become a private answer.
        await interaction.deleteReply();
        await interaction.followUp({ ...payload, ...EPHEMERAL });
        return undefined;
      }
      const { id } = await interaction.editReply(payload);
      return visibility === 'public' ? id : undefined;
    });
  }

  async function replace(interaction: ButtonInteraction, work: Promise<CommandAnswer>) {
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

  /** True after the process or the network has stalled. */
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

  /** @returns the id of a public message */
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

  /** @returns `refused` if Discord rejected it as too late */
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
   * Discord has already shown that the bot did not respond, so people repeat the command if they still need
   * it. Only an answer that reports a change is sent.
   */
  async function missed(interaction: Answerable, { card, visibility }: CommandAnswer): Promise<void> {
    if (card.tone !== 'done') {
      log.warn({ interaction: interaction.id }, 'discord: late answer dropped');
      return;
    }
    const payload = await toPayload(card, handlers, interaction.user.id);
    await deliverLate({ interaction, visibility, payload, pending: undefined });
  }

  /**
   * Sends a first response again if its outcome is unknown. Discord refuses the second if it has the first,
   * so that refusal counts as success, whether this function or the client repeated the request.
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
          // The client only edits a response that it has seen succeed.
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
   * @param pending the id of the message that shows that the bot is working, if there is one
   * @param send returns the id of the message that shows the answer, if it is public
   */
  async function reaching(
    interaction: Answerable,
    answered: CommandAnswer,
    pending: string | undefined,
    send: (payload: Payload) => Promise<string | undefined>,
  ): Promise<void> {
    const { card, visibility } = answered;
    const payload = await toPayload(card, handlers, interaction.user.id);
    try {
      const message = await send(payload);
      if (message === undefined) return;
      await rememberShown(handlers, refOf(interaction.guildId, interaction.channelId, message), card);
    } catch (error) {
      if (!isOver(error)) throw error;
      const isTaken = interaction.deferred || interaction.replied;
      if (isTaken) await deliverLate({ interaction, visibility, payload, pending });
      else await missed(interaction, answered);
    }
  }

  return { answer, replace };
}

/** True if the interaction has expired, or its message is gone. */
function isOver(error: unknown): boolean {
  return hasCode(
    error,
    CODES.unknownInteraction,
    CODES.invalidWebhookToken,
    CODES.unknownWebhook,
    CODES.unknownMessage,
  );
}
