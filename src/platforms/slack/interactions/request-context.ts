/** Builds the caller of a command. Permissions come from Slack, never from the request. */

import type { Logger } from '../../../base/log.ts';
import type { Caller } from '../../../chat/caller.ts';
import type { ChatHandlers, CommandAnswer } from '../../../chat/handlers.ts';
import { type Catalogue, type CommandShape, findCommand } from '../../../command/catalogue.ts';
import type { Root, RootFacts } from '../../../command/define.ts';
import { commandNamedBy } from '../../../command/parse.ts';
import { abortAfter } from '../../../resilience/deadline.ts';
import type { Clock } from '../../../time/clock.ts';
import { channelRefOf, PLATFORM, SLACK_CAPABILITIES } from '../connection/addresses.ts';
import { postingRightsIn } from '../posting/posting-rights.ts';
import type { Permissions } from '../workspaces/permissions.ts';
import type { Workspace } from '../workspaces/workspaces.ts';

/** A user and a channel; App Home has no channel. */
export interface Requester {
  readonly workspace: Workspace;
  readonly person: string;
  readonly channel?: string;
}

type AskedCommand = Pick<CommandShape, 'root' | 'forManagers'>;

export interface RequestContext {
  /** @param command some commands need permission to manage the channel */
  callerOf(requester: Requester, command?: AskedCommand): Promise<Caller>;
  answerTo(requester: Requester, line: string): Promise<CommandAnswer>;
  /** Answers a message to the bot. */
  answerSaid(requester: Requester, said: string): Promise<CommandAnswer>;
  call(
    requester: Requester,
    root: string,
    name: string,
    values: Readonly<Record<string, string>>,
  ): Promise<CommandAnswer>;
}

export interface RequestContextOptions {
  readonly catalogue: Catalogue;
  readonly roots: Readonly<Record<Root, RootFacts>>;
  readonly handlers: ChatHandlers;
  readonly permissions: Permissions;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Limit for work on an answer: a response URL is valid for half an hour, less a margin. */
export const ANSWERABLE_MS = 28 * 60_000;

export function openRequestContext({
  catalogue,
  roots,
  handlers,
  permissions,
  clock,
  log,
}: RequestContextOptions): RequestContext {
  async function callerOf(
    { workspace, person, channel }: Requester,
    command?: AskedCommand,
  ): Promise<Caller> {
    const caller = {
      platform: PLATFORM,
      workspace: workspace.id,
      person,
      ...workspace.team,
      capabilities: SLACK_CAPABILITIES,
    };
    if (channel === undefined) return caller;
    const channelRef = channelRefOf(workspace.id, channel);
    // Only looked up when needed, as Slack limits these requests to about a hundred per minute.
    if (!isForManagers(command)) return { ...caller, channel: channelRef };
    if (!(await permissions.canManageChannel(workspace, person, channel)))
      return { ...caller, channel: channelRef, canManageChannel: false };
    const postingRights = await postingRightsIn(workspace, channel, log);
    return {
      ...caller,
      channel: channelRef,
      canManageChannel: true,
      ...(postingRights && { postingRights }),
    };
  }

  function isForManagers(command?: AskedCommand): boolean {
    return (
      command !== undefined && (command.forManagers === true || roots[command.root].forManagers === true)
    );
  }

  const answerable = { ms: ANSWERABLE_MS, clock };

  return {
    callerOf,

    async answerTo(requester, line) {
      const caller = await callerOf(requester, commandNamedBy(catalogue, line));
      return abortAfter(answerable, (signal) => handlers.answer({ line, caller, signal }));
    },

    async answerSaid(requester, said) {
      const caller = await callerOf(requester, commandNamedBy(catalogue, said));
      return abortAfter(answerable, (signal) => handlers.answer({ said, caller, signal }));
    },

    async call(requester, root, name, values) {
      const caller = await callerOf(requester, findCommand(catalogue, root, name));
      return abortAfter(answerable, (signal) => handlers.answer({ root, name, values, caller, signal }));
    },
  };
}
