/** A card on its way to Discord: rendered, its long lines kept, and remembered as a message that shows papers. */
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

/** Whose library somebody shares on a server, or alone with the bot. */
export type TeamOf = (where: WorkspaceRef, person: string) => Team;

export interface Payload {
  readonly embeds: APIEmbed[];
  readonly components: APIMessageTopLevelComponent[];
  readonly allowedMentions: { readonly parse: readonly [] };
}

/** People turn pages wherever a message was forwarded to; servers are not told apart. */
const ANY_SERVER = { platform: PLATFORM, workspace: PLATFORM };

/**
 * Both lists are always there, so that an edit leaves nothing of what the message held before.
 * @param person whom the card answers
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

/** From now on a reaction on the message means one of the card's papers, if it has any. */
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
