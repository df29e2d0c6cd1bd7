/** Who works where: so many requests at the same time in all, so many in a workspace, none where silence was asked for. */

import type { PostingLimits } from '../chat/port.ts';
import type { Clock } from '../time/clock.ts';

export interface ConcurrencyLimiter {
  /** False while the workspace has its share, or is to be left alone. */
  tryEnter(workspace: string): boolean;
  leave(workspace: string): void;
  /** Nothing more in this workspace for so many milliseconds. */
  pause(workspace: string, ms: number): void;
  /** Resolves when one more may enter, in whatever workspace. */
  whenRoom(): Promise<void>;
  /** Resolves when the next one leaves. */
  whenLeft(): Promise<void>;
}

export function openConcurrencyLimiter(
  { inFlight, perWorkspace }: PostingLimits,
  clock: Clock,
): ConcurrencyLimiter {
  const busy = new Map<string, number>();
  const silentUntil = new Map<string, number>();
  let total = 0;
  let waiting: Array<() => void> = [];

  function isSilent(workspace: string): boolean {
    if ((silentUntil.get(workspace) ?? 0) > clock.now().getTime()) return true;
    silentUntil.delete(workspace);
    return false;
  }

  const whenLeft = () => new Promise<void>((resolve) => void waiting.push(resolve));

  return {
    tryEnter(workspace) {
      const here = busy.get(workspace) ?? 0;
      if (here >= perWorkspace || isSilent(workspace)) return false;
      busy.set(workspace, here + 1);
      total++;
      return true;
    },

    leave(workspace) {
      const here = (busy.get(workspace) ?? 1) - 1;
      if (here > 0) busy.set(workspace, here);
      else busy.delete(workspace);
      total--;
      const told = waiting;
      waiting = [];
      for (const tell of told) tell();
    },

    pause(workspace, ms) {
      silentUntil.set(workspace, clock.now().getTime() + ms);
    },

    async whenRoom() {
      while (total >= inFlight) await whenLeft();
    },

    whenLeft,
  };
}
