/** Channels that get another id, as when one is shared with another workspace: what is kept of them goes along. */
import type { App } from '@slack/bolt';
import type { WorkspaceHandlers } from '../../../chat/handlers.ts';
import { channelRefOf } from '../connection/addresses.ts';
import type { Workspaces } from '../workspaces/workspaces.ts';

export interface ChannelOptions {
  readonly handlers: Pick<WorkspaceHandlers, 'channelMoved'>;
  readonly workspaces: Workspaces;
}

export function listenToChannels(
  app: App,
  { handlers, workspaces }: ChannelOptions,
  follow: (work: Promise<void>) => Promise<void>,
): void {
  app.event('channel_id_changed', async ({ event, context }) => {
    const { id } = await workspaces.of(context.teamId ?? '');
    await follow(handlers.channelMoved(channelRefOf(id, event.old_channel_id), event.new_channel_id));
  });
}
