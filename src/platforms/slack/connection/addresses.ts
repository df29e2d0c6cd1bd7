/** Converts Slack's ids to the references of the rest of the program, and back. */
import type { Capability } from '../../../chat/caller.ts';
import type { ChannelRef, MessageRef, WorkspaceRef } from '../../../chat/refs.ts';

export const PLATFORM = 'slack';
/** Path of Slack's HTTP requests, as in Bolt. */
export const EVENTS_PATH = '/slack/events';

export const SLACK_CAPABILITIES: readonly Capability[] = ['named-managers', 'link-previews'];

export function ofWorkspace(workspace: string): WorkspaceRef {
  return { platform: PLATFORM, workspace };
}

export function channelRefOf(workspace: string, channel: string): ChannelRef {
  return { ...ofWorkspace(workspace), channel };
}

/** Only the ids of direct messages begin with D. */
export function isDirect({ channel }: ChannelRef): boolean {
  return channel.startsWith('D');
}

export function refOf(workspace: string, channel: string, ts: string): MessageRef {
  return { ...channelRefOf(workspace, channel), message: ts };
}

/** The arguments of a request that name its channel and thread. */
export interface Target {
  readonly channel: string;
  readonly thread_ts?: string;
}

/** Makes a channel address for a thread, as Slack identifies threads only by channel and first message. */
export function threadAddress(channel: string, root: string): string {
  return `${channel}/${root}`;
}

export function targetOf(address: string): Target {
  const [channel = '', thread] = address.split('/');
  return { channel, ...(thread !== undefined && { thread_ts: thread }) };
}
