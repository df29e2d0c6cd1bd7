/** Who asks, and from where, as the program wants to know it: nothing that a person sends says what they may do. */

import type { Caller } from '../../../chat/caller.ts';
import type { Answer, ChatHandlers } from '../../../chat/handlers.ts';
import { type Catalogue, findCommand } from '../../../command/catalogue.ts';
import type { Root, RootFacts } from '../../../command/define.ts';
import { commandNamedBy } from '../../../command/parse.ts';
import { PLATFORM, placeOf } from '../connection/addresses.ts';
import type { People } from '../workspaces/permissions.ts';
import type { Workspace } from '../workspaces/workspaces.ts';

/** Somebody, somewhere; App Home is nowhere. */
export interface Asker {
  readonly workspace: Workspace;
  readonly person: string;
  readonly channel?: string;
}

export interface Asking {
  /** @param root what they want of the program: some of it is for those who manage the channel */
  callerOf(asker: Asker, root: string): Promise<Caller>;
  answerTo(asker: Asker, line: string): Promise<Answer>;
  call(asker: Asker, root: string, name: string, values: Readonly<Record<string, string>>): Promise<Answer>;
}

export interface AskingOptions {
  readonly catalogue: Catalogue;
  readonly roots: Readonly<Record<Root, RootFacts>>;
  readonly handlers: ChatHandlers;
  readonly people: People;
}

/** Work for an answer that nobody can be shown any more is stopped: half an hour, less a margin. */
export const ANSWERABLE_MS = 28 * 60_000;

export function openAsking({ catalogue, roots, handlers, people }: AskingOptions): Asking {
  async function callerOf({ workspace, person, channel }: Asker, root: string): Promise<Caller> {
    const caller = { platform: PLATFORM, workspace: workspace.id, person, team: workspace.team };
    if (channel === undefined) return caller;
    const place = placeOf(workspace.id, channel);
    // Asked only where it matters: Slack answers a hundred such questions a minute.
    if (!isForManagers(root)) return { ...caller, place };
    return { ...caller, place, manages: await people.manages(workspace, person, channel) };
  }

  function isForManagers(root: string): boolean {
    return Object.hasOwn(roots, root) && roots[root as Root].forManagers === true;
  }

  const signal = () => AbortSignal.timeout(ANSWERABLE_MS);

  return {
    callerOf,

    async answerTo(asker, line) {
      const root = commandNamedBy(catalogue, line)?.root ?? '';
      return handlers.answer({ line, caller: await callerOf(asker, root), signal: signal() });
    },

    async call(asker, root, name, values) {
      const caller = await callerOf(asker, findCommand(catalogue, root, name)?.root ?? '');
      return handlers.answer({ root, name, values, caller, signal: signal() });
    },
  };
}
