/** A card on its way to Slack: rendered, its long lines kept, and remembered as a message that shows papers. */
import type { types } from '@slack/bolt';
import type { Card } from '../card.ts';
import type { MessageHandlers, MessageRef, Place, WorkspaceRef } from '../port.ts';
import { papersShown } from '../shown.ts';
import { publicly, type Rendered, renderCard } from './render.ts';

export const PLATFORM = 'slack';

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
 * @param asker who asked for it, where others see the answer too
 */
export async function toBody(
  card: Card,
  handlers: Pick<MessageHandlers, 'keepLines'>,
  workspace: string,
  asker?: string,
): Promise<Body> {
  const rendered = renderCard(card);
  if (rendered.lines.size > 0) await handlers.keepLines(rendered.lines, ofWorkspace(workspace));
  return quiet(asker === undefined ? rendered : publicly(rendered, asker));
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
  await handlers.shown(ref, papersShown(card));
}

export function ofWorkspace(workspace: string): WorkspaceRef {
  return { platform: PLATFORM, workspace };
}

export function placeOf(workspace: string, channel: string): Place {
  return { ...ofWorkspace(workspace), channel };
}

export function refOf(workspace: string, channel: string, ts: string): MessageRef {
  return { ...placeOf(workspace, channel), message: ts };
}

/** Where a request goes. */
export interface Target {
  readonly channel: string;
  readonly thread_ts?: string;
}

/** A thread as the address of a place: Slack has none of its own, only its channel and its first message. */
export function threadAddress(channel: string, root: string): string {
  return `${channel}/${root}`;
}

export function targetOf(address: string): Target {
  const [channel = '', thread] = address.split('/');
  return { channel, ...(thread !== undefined && { thread_ts: thread }) };
}
