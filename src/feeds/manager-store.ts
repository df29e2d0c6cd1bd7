/** Named managers in the database. Runs in the thread that owns it. */

import type { Place } from '../chat/refs.ts';
import type { Connection } from '../db/open.ts';
import type { Managers, NamedManager } from './managers.ts';

type OfPerson = [Place & { person: string }];

const OF_PLACE = 'platform = @platform AND workspace = @workspace AND channel = @channel';

export function openManagers(connection: Connection): Managers {
  const all = connection.prepare<[Place], NamedManager>(
    `SELECT person, name FROM feed_managers WHERE ${OF_PLACE} ORDER BY named_at, person`,
  );
  const one = connection.prepare<OfPerson>(
    `SELECT 1 FROM feed_managers WHERE ${OF_PLACE} AND person = @person`,
  );
  const add = connection.prepare<[Place & NamedManager & { by: string; at: string }]>(
    `INSERT INTO feed_managers (platform, workspace, channel, person, name, named_by, named_at)
     VALUES (@platform, @workspace, @channel, @person, @name, @by, @at) ON CONFLICT DO NOTHING`,
  );
  const remove = connection.prepare<OfPerson>(
    `DELETE FROM feed_managers WHERE ${OF_PLACE} AND person = @person`,
  );
  return {
    of: async (place) => all.all(place),
    isNamed: async (place, person) => one.get({ ...place, person }) !== undefined,
    name: async (place, manager, by, at) => add.run({ ...place, ...manager, by, at }).changes > 0,
    unname: async (place, person) => remove.run({ ...place, person }).changes > 0,
  };
}
