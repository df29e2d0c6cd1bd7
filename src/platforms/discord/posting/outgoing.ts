/** Prepares cards for Discord: renders them, stores long button lines, and stores the papers of a message. */
import type { APIEmbed, APIMessageTopLevelComponent, RawFile } from 'discord.js';
import type { Team } from '../../../chat/caller.ts';
import type { Card } from '../../../chat/card.ts';
import type { MessageHandlers } from '../../../chat/handlers.ts';
import { papersOnCard } from '../../../chat/papers-on-card.ts';
import type { MessageRef, WorkspaceRef } from '../../../chat/refs.ts';
import { DIRECT } from '../../../chat/refs.ts';
import { NO_MENTIONS } from '../connection/client.ts';
import type { RenamesCommands } from '../rendering/registered-paths.ts';
import { renderCard } from '../rendering/render.ts';
import { type Attachment, attach } from './attachments.ts';

export const PLATFORM = 'discord';

/** Returns the team whose list a user shares on a server or in a direct message. */
export type TeamOf = (where: WorkspaceRef, person: string) => Team;

export interface Payload {
  readonly embeds: APIEmbed[];
  readonly components: APIMessageTopLevelComponent[];
  /** Present if the card has a file. */
  readonly files?: Attachment[];
  readonly allowedMentions: { readonly parse: readonly [] };
}

/** The names that commands have in the menu. */
export interface WithNames {
  readonly asRegistered: RenamesCommands;
}

/** Lines are stored for all servers, because buttons also work in forwarded messages. */
const ANY_SERVER = { platform: PLATFORM, workspace: PLATFORM };

/**
 * Renders a card. Both lists are always present, so that an edit replaces all content.
 * @param person the user who asked
 * @param attachmentLimit bytes of a file; Discord's usual limit if absent
 */
export async function toPayload(
  card: Card,
  handlers: Pick<MessageHandlers, 'keepLines'> & WithNames,
  person?: string,
  attachmentLimit?: number,
): Promise<Payload> {
  const { card: shown, files } = await attach(card, attachmentLimit);
  const { embeds, components, lines } = renderCard(handlers.asRegistered(shown));
  if (lines.size > 0)
    await handlers.keepLines(lines, { ...ANY_SERVER, ...(person !== undefined && { person }) });
  return {
    embeds: [...embeds],
    components: [...components],
    ...(files.length > 0 && { files: [...files] }),
    allowedMentions: NO_MENTIONS,
  };
}

/** Stores the papers of the message, for reactions to it. */
export async function rememberShown(
  handlers: Pick<MessageHandlers, 'shown'>,
  message: MessageRef,
  card: Card,
): Promise<void> {
  await handlers.shown(message, papersOnCard(card));
}

export function refOf(guildId: string | null | undefined, channel: string, message: string): MessageRef {
  return { platform: PLATFORM, workspace: guildId ?? DIRECT, channel, message };
}

/** Files for a request without the client's builders. */
export function rawFiles({ files }: Payload): { readonly files?: RawFile[] } {
  return files ? { files: files.map(({ name, attachment }) => ({ name, data: attachment })) } : {};
}
