/** Renders cards for Discord, and stores their long button lines and the papers that they show. */
import type { APIEmbed, APIMessageTopLevelComponent } from 'discord.js';
import type { Team } from '../../../chat/caller.ts';
import type { Card } from '../../../chat/card.ts';
import type { MessageHandlers } from '../../../chat/handlers.ts';
import { papersOnCard } from '../../../chat/papers-on-card.ts';
import type { MessageRef, WorkspaceRef } from '../../../chat/refs.ts';
import { DIRECT } from '../../../chat/refs.ts';
import { NO_MENTIONS } from '../connection/client.ts';
import { renderCard } from '../rendering/render.ts';

export const PLATFORM = 'discord';

/** The team that shares a library on a server, or in direct messages with the bot. */
export type TeamOf = (where: WorkspaceRef, person: string) => Team;

export interface Payload {
  readonly embeds: APIEmbed[];
  readonly components: APIMessageTopLevelComponent[];
  readonly allowedMentions: { readonly parse: readonly [] };
}

/** Lines are not tied to a server, as buttons also work in forwarded messages. */
const ANY_SERVER = { platform: PLATFORM, workspace: PLATFORM };

/**
 * Includes both lists even if they are empty, so that an edit clears the old ones.
 * @param person the person whose question the card answers
 */
export async function toPayload(
  card: Card,
  handlers: Pick<MessageHandlers, 'keepLines'>,
  person?: string,
): Promise<Payload> {
  const { embeds, components, lines } = renderCard(card);
  if (lines.size > 0)
    await handlers.keepLines(lines, { ...ANY_SERVER, ...(person !== undefined && { person }) });
  return { embeds: [...embeds], components: [...components], allowedMentions: NO_MENTIONS };
}

/** Stores the papers of the card, so that reactions to the message save them. */
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
