/**
 * Checks who can manage a channel's feeds. Slack has no permissions per command, so this looks up the user
 * and the channel.
 */

import type { Logger } from '../../../base/log.ts';
import type { Clock } from '../../../time/clock.ts';
import { describeError } from '../connection/errors.ts';
import type { Workspace } from './workspaces.ts';

export interface Permissions {
  /**
   * True for administrators, owners and the channel's creator, and in a direct message with the bot.
   */
  canManageChannel(workspace: Workspace, person: string, channel: string): Promise<boolean>;
  isBot(workspace: Workspace, person: string): Promise<boolean>;
  /** The name that Slack shows for a person; `undefined` if they cannot be looked up. */
  nameOf(workspace: Workspace, person: string): Promise<string | undefined>;
}

interface Facts {
  readonly isBot: boolean;
  readonly isAdmin: boolean;
  readonly name: string | undefined;
}

/** Cache time: short for new administrators, but long enough to fill in a form. */
const KNOWN_MS = 60_000;
const REMEMBERED = 1_000;

export function openPermissions(clock: Clock, log: Logger): Permissions {
  const permissions = openMemory<Facts>(clock);
  const creators = openMemory<string | undefined>(clock);

  const factsOf = ({ id, client }: Workspace, person: string) =>
    permissions(`${id} ${person}`, async () => {
      const { user } = await client.users.info({ user: person });
      return {
        isBot: user?.is_bot === true,
        name: user?.profile?.display_name || user?.real_name || user?.name,
        isAdmin: user?.is_admin === true || user?.is_owner === true || user?.is_primary_owner === true,
      };
    });

  const knownFacts = async (workspace: Workspace, person: string) => {
    try {
      return await factsOf(workspace, person);
    } catch (error) {
      log.debug({ ...describeError(error), person }, 'slack: reading a person failed');
      return undefined;
    }
  };

  const creatorOf = ({ id, client }: Workspace, channel: string) =>
    creators(`${id} ${channel}`, async () => {
      const { channel: facts } = await client.conversations.info({ channel });
      return facts?.creator;
    });

  return {
    async canManageChannel(workspace, person, channel) {
      if (channel.startsWith('D')) return true;
      try {
        if ((await factsOf(workspace, person)).isAdmin) return true;
        return (await creatorOf(workspace, channel)) === person;
      } catch (error) {
        // Deny when the lookup fails.
        log.warn({ ...describeError(error), person, channel }, 'slack: permissions not read');
        return false;
      }
    },

    isBot: async (workspace, person) => (await knownFacts(workspace, person))?.isBot === true,

    nameOf: async (workspace, person) => (await knownFacts(workspace, person))?.name,
  };
}

/** Caches results, but not failures. */
function openMemory<Value>(clock: Clock): (key: string, ask: () => Promise<Value>) => Promise<Value> {
  const known = new Map<string, { readonly at: number; readonly value: Promise<Value> }>();
  return (key, ask) => {
    const now = clock.elapsed();
    const found = known.get(key);
    if (found && now - found.at < KNOWN_MS) return found.value;
    const value = ask();
    known.delete(key);
    known.set(key, { at: now, value });
    value.catch(() => known.delete(key));
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    return value;
  };
}
