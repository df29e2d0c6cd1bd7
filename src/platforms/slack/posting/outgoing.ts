/** Prepares cards for Slack: renders them, stores long button lines, and stores the papers of a message. */
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
 * @param workspace id of the target workspace
 * @param asker the user who asked, and whether the answer is public
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

/** Disables mentions and link previews in our messages. */
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

/** Stores the papers of the message, for reactions to it. */
export async function rememberShown(
  handlers: Pick<MessageHandlers, 'shown'>,
  { platform, workspace, channel, message }: MessageRef,
  card: Card,
): Promise<void> {
  // Reactions name the channel, not the thread.
  const ref = { platform, workspace, channel: targetOf(channel).channel, message };
  await handlers.shown(ref, papersOnCard(card));
}
