/** Handles interactions: commands, autocompletion, buttons and message commands. */
import {
  type AutocompleteInteraction,
  type CacheType,
  type ChatInputCommandInteraction,
  type Interaction,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import type { Logger } from '../../../base/log.ts';
import type { Caller } from '../../../chat/caller.ts';
import { sentence } from '../../../chat/card.ts';
import { clip } from '../../../chat/clip.ts';
import type { AttachedFile, ChatHandlers, CommandAnswer } from '../../../chat/handlers.ts';
import { DIRECT } from '../../../chat/refs.ts';
import { type Catalogue, findCommand, opensForm } from '../../../command/catalogue.ts';
import type { MessageActionShape } from '../../../command/define.ts';
import { formatLine } from '../../../command/line.ts';
import { abortAfter } from '../../../resilience/deadline.ts';
import { openInTurn } from '../../../resilience/in-turn.ts';
import type { Clock } from '../../../time/clock.ts';
import { CODES, describeError, hasCode } from '../connection/errors.ts';
import { PLATFORM, type TeamOf } from '../posting/outgoing.ts';
import { postingRightsOf } from '../posting/posting-rights.ts';
import { readCustomId } from '../rendering/components.ts';
import { CHOICE_NAME, CHOICE_VALUE, CHOICES } from '../rendering/limits.ts';
import { toAttachedFile } from './attached-file.ts';
import { openForms } from './forms.ts';
import { textOf } from './message-text.ts';
import { openRepeats } from './repeats.ts';
import type { Pressed, Responder } from './responder.ts';

export interface InboundOptions {
  readonly apiUrl: string;
  readonly catalogue: Catalogue;
  readonly menu: readonly MessageActionShape[];
  readonly handlers: ChatHandlers;
  readonly responder: Responder;
  /** Returns the team whose list a user shares. */
  readonly teamOf: TeamOf;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Limit for work on an answer. An interaction is valid for fifteen minutes, less a margin. */
const ANSWERABLE_MS = 14 * 60_000;

/** @returns a handler for interactions that never rejects */
export function openInbound(options: InboundOptions): (interaction: Interaction) => Promise<void> {
  const { catalogue, menu, handlers, responder, log } = options;
  const isRepeated = openRepeats();
  const forms = openForms({ catalogue, handlers, responder });
  const inTurn = openInTurn(options);

  async function take(interaction: Interaction): Promise<void> {
    if (isRepeated(interaction.id)) return;
    try {
      if (interaction.isAutocomplete()) await complete(interaction);
      else if (interaction.isChatInputCommand()) await command(interaction);
      else if (interaction.isButton()) await press(interaction, interaction.customId);
      else if (interaction.isStringSelectMenu()) await press(interaction, interaction.values[0] ?? '');
      else if (interaction.isModalSubmit()) await forms.submit(interaction, (call) => ask(interaction, call));
      else if (interaction.isMessageContextMenuCommand()) {
        const label = interaction.commandName;
        const visibility = menu.find((each) => each.label === label)?.visibility ?? 'private';
        const text = textOf(interaction.targetMessage);
        await responder.answer(interaction, visibility, ask(interaction, { menu: label, text }));
      }
    } catch (error) {
      log.error({ ...describeError(error), interaction: interaction.id }, 'discord: interaction failed');
    }
  }

  async function command(interaction: ChatInputCommandInteraction<CacheType>): Promise<void> {
    const root = interaction.commandName;
    const name = nameOf(interaction) ?? 'help';
    const called = findCommand(catalogue, root, name);
    const visibility = called?.visibility ?? 'private';
    const given = interaction.options.data
      .flatMap((option) => option.options ?? [option])
      .flatMap((option) => option.options ?? [option]);
    const values = Object.fromEntries(
      given.flatMap(({ name: option, value, attachment }) =>
        attachment === undefined && (typeof value === 'string' || typeof value === 'number')
          ? [[option, value] as const]
          : [],
      ),
    );
    const attached = given.find(({ attachment }) => attachment)?.attachment;
    if (called && opensForm(called) && !attached) {
      const line = formatLine({ root: called.root, name, args: values });
      if (await forms.open(interaction, line, callerOf(interaction, options.teamOf))) return;
    }
    const file = attached && { file: toAttachedFile(attached, options.apiUrl) };
    await responder.answer(interaction, visibility, ask(interaction, { root, name, values, ...file }));
  }

  /** The command's own name, which differs from that in its group. */
  function nameOf({ commandName, options: chosen }: ChatInputCommandInteraction | AutocompleteInteraction) {
    const name = chosen.getSubcommand(false) ?? undefined;
    const group = chosen.getSubcommandGroup(false);
    if (group === null) return name;
    return catalogue.find(
      (each) => each.root === commandName && each.group?.name === group && each.group.as === name,
    )?.name;
  }

  /** @param id of the button, or the value of the option that was chosen */
  async function press(interaction: Pressed, id: string): Promise<void> {
    const pressed = readCustomId(id);
    if (!pressed) return;
    const line = 'line' in pressed ? pressed.line : await handlers.lineOf(pressed.key);
    if (line === undefined) {
      const card = sentence(
        'This button no longer works, because the database was restored. Type the command again.',
      );
      await responder.answer(
        interaction,
        'private',
        Promise.resolve({ card, visibility: 'private', ok: false }),
      );
      return;
    }
    const caller = callerOf(interaction, options.teamOf);
    if (pressed.effect === 'answer' && (await forms.open(interaction, line, caller))) return;
    const work = ask(interaction, { line });
    if (pressed.effect === 'replace' && isOwnedBy(interaction)) {
      await responder.replace(interaction, work);
      return;
    }
    // Answers to buttons are private, because the channel did not ask.
    const alone = work.then((answer): CommandAnswer => ({ ...answer, visibility: 'private' }));
    await responder.answer(interaction, 'private', alone);
  }

  async function complete(interaction: AutocompleteInteraction): Promise<void> {
    const focused = interaction.options.getFocused(true);
    const found = await handlers.complete(
      {
        caller: callerOf(interaction, options.teamOf),
        root: interaction.commandName,
        name: nameOf(interaction) ?? '',
        option: focused.name,
        typed: focused.value,
      },
      CHOICES,
    );
    const choices = found
      .filter(({ label, value }) => label !== '' && value !== '' && value.length <= CHOICE_VALUE)
      .map(({ label, value }) => ({ name: clip(label, CHOICE_NAME), value }));
    try {
      await interaction.respond(choices);
    } catch (error) {
      // The user has typed more, and the next request is already running.
      if (!hasCode(error, CODES.unknownInteraction, CODES.alreadyAcknowledged)) throw error;
    }
  }

  function ask(
    interaction: Interaction,
    what: { line: string } | { menu: string; text: string } | Call,
  ): Promise<CommandAnswer> {
    const caller = callerOf(interaction, options.teamOf);
    return abortAfter({ ms: ANSWERABLE_MS, clock: options.clock }, (signal) =>
      inTurn(() => handlers.answer({ caller, signal, ...what })),
    );
  }

  return take;
}

interface Call {
  readonly root: string;
  readonly name: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly file?: AttachedFile;
}

/** Builds the caller. Discord computes the permissions, so users cannot forge them. */
function callerOf(interaction: Interaction, teamOf: TeamOf): Caller {
  const { guildId, channelId, channel, user, memberPermissions } = interaction;
  const where = { platform: PLATFORM, workspace: guildId ?? DIRECT };
  return {
    platform: PLATFORM,
    workspace: PLATFORM,
    person: user.id,
    ...teamOf(where, user.id),
    ...(channelId !== null && { channel: { ...where, channel: channelId } }),
    ...(channel?.isThread() &&
      channel.parentId && { parentChannel: { ...where, channel: channel.parentId } }),
    canManageChannel: guildId !== null && memberPermissions?.has(PermissionFlagsBits.ManageChannels) === true,
    postingRights: postingRightsOf(interaction),
  };
}

/** True when the user may page the message in place: its requester, or the only one who sees it. */
function isOwnedBy({ message, user }: Pressed): boolean {
  if (message.flags.has(MessageFlags.Ephemeral) || !message.inGuild()) return true;
  return message.interactionMetadata?.user.id === user.id;
}
