/** Stores the people who were allowed to manage a channel's feeds. Runs in the store thread. */

import type { ChannelRef } from '../chat/refs.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import type { Managers, NamedManager } from './managers.ts';

type OfPerson = [ChannelRef & { person: string }];

const OF_CHANNEL = 'platform = @platform AND workspace = @workspace AND channel = @channel';

export function openManagers(connection: DatabaseConnection): Managers {
  const all = connection.prepare<[ChannelRef], NamedManager>(
    `SELECT person, name FROM feed_managers WHERE ${OF_CHANNEL} ORDER BY named_at, person`,
  );
  const one = connection.prepare<OfPerson>(
    `SELECT 1 FROM feed_managers WHERE ${OF_CHANNEL} AND person = @person`,
  );
  const add = connection.prepare<[ChannelRef & NamedManager & { by: string; at: string }]>(
    `INSERT INTO feed_managers (platform, workspace, channel, person, name, named_by, named_at)
     VALUES (@platform, @workspace, @channel, @person, @name, @by, @at) ON CONFLICT DO NOTHING`,
  );
  const remove = connection.prepare<OfPerson>(
    `DELETE FROM feed_managers WHERE ${OF_CHANNEL} AND person = @person`,
  );
  return {
    of: async (channel) => all.all(channel),
    isNamed: async (channel, person) => one.get({ ...channel, person }) !== undefined,
    name: async (channel, manager, by, at) => add.run({ ...channel, ...manager, by, at }).changes > 0,
    unname: async (channel, person) => remove.run({ ...channel, person }).changes > 0,
  };
}
