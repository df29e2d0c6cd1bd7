/** A card on its way to Slack: rendered, its long lines kept, and remembered as a message that shows papers. */
import type { types } from '@slack/bolt';
import type { Card } from '../../../chat/card.ts';
import type { MessageHandlers } from '../../../chat/handlers.ts';
import { papersOnCard } from '../../../chat/papers-on-card.ts';
import type { MessageRef } from '../../../chat/refs.ts';
import { ofWorkspace, targetOf } from '../connection/addresses.ts';
import { publicly, type Rendered, type Requester, renderCard } from '../rendering/render.ts';

export interface Body {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
  readonly mrkdwn: false;
  readonly parse: 'none';
  readonly link_names: false;
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

/**
 * @param workspace the id of the one that sees it
 * @param asker whom the card answers, and whether others see the answer too
 */
export async function toBody(
  card: Card,
  handlers: Pick<MessageHandlers, 'keepLines'>,
  workspace: string,
  asker?: Requester & { readonly isPublic: boolean },
): Promise<Body> {
  const rendered = renderCard(card);
  if (rendered.lines.size > 0) {
    const { person } = asker ?? {};
    await handlers.keepLines(rendered.lines, {
      ...ofWorkspace(workspace),
      ...(person !== undefined && { person }),
    });
  }
  return quiet(asker?.isPublic ? publicly(rendered, asker) : rendered);
}

/** No message of ours may ever notify anybody by what stands in it, nor grow previews. */
function quiet({ text, blocks }: Rendered): Body {
  return {
    text,
    blocks: [...blocks],
    mrkdwn: false,
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** From now on a reaction on the message means one of the card's papers, if it has any. */
export async function rememberShown(
  handlers: Pick<MessageHandlers, 'shown'>,
  { platform, workspace, channel, message }: MessageRef,
  card: Card,
): Promise<void> {
  // Reactions name the channel, whatever thread the message stands in.
  const ref = { platform, workspace, channel: targetOf(channel).channel, message };
  await handlers.shown(ref, papersOnCard(card));
}
