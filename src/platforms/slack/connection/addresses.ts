/** Slack’s ids as the addresses that the rest of the program uses, and back. */
import type { Capability } from '../../../chat/caller.ts';
import type { ChannelRef, MessageRef, WorkspaceRef } from '../../../chat/refs.ts';

export const PLATFORM = 'slack';
/** Where Slack sends its requests over HTTP: Bolt's own. */
export const EVENTS_PATH = '/slack/events';

export const SLACK_CAPABILITIES: readonly Capability[] = ['named-managers', 'link-previews'];

export function ofWorkspace(workspace: string): WorkspaceRef {
  return { platform: PLATFORM, workspace };
}

export function channelRefOf(workspace: string, channel: string): ChannelRef {
  return { ...ofWorkspace(workspace), channel };
}

/** Slack's ids of direct messages with the bot begin with D, and no others do. */
export function isDirect({ channel }: ChannelRef): boolean {
  return channel.startsWith('D');
}

export function refOf(workspace: string, channel: string, ts: string): MessageRef {
  return { ...channelRefOf(workspace, channel), message: ts };
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
