/** Deletes a person's data from every table. Runs in the store thread. */

import { personHash } from '../base/person-hash.ts';
import type { PersonRef } from '../chat/caller.ts';
import { EMAIL } from '../chat/direct-messages.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import { emptyJournal, rewriteTables } from '../db/erase.ts';
import { rewriteDetails } from '../library/details-store.ts';
import { openCallKeeping } from '../model/budget-store.ts';
import type { KeptOfPerson, PersonalData } from './personal-data.ts';

const WHO = 'platform = @platform AND workspace = @workspace AND person = @person';
/**
 * Rows of channels. If ids are the same on every server, the platform is used as the workspace
 * (`Caller.workspace`).
 */
const HERE = 'platform = @platform AND (workspace = @workspace OR @workspace = @platform)';

/** Notices to the person. */
const NOTICE = `kind = 'notice' AND platform = @platform AND workspace = @workspace AND channel =
  (SELECT '@' || id FROM recipients WHERE ${WHO})`;

/** Mails to the person. */
const MAIL = `platform = '${EMAIL}' AND channel = (SELECT id FROM mail_addresses WHERE ${WHO})`;

/** Lines of buttons that no one else asked for. */
const OWN_LINES = `SELECT key FROM line_people WHERE ${WHO} EXCEPT SELECT key FROM line_people WHERE NOT (${WHO})`;

/** Every table that rows are deleted from, except those of `rewriteDetails`. */
const PERSONAL = [
  'reaction_saves',
  'zotero_items',
  'zotero_connections',
  'save_tags',
  'saves',
  'list_links',
  'feed_managers',
  'feeds',
  'line_workspaces',
  'button_lines',
  'line_people',
  'model_calls',
  'recipients',
  'watches',
  'watch_hits',
  'change_readers',
  'inboxes',
  'mail_addresses',
  'mail_codes',
  'feedback',
  'channel_acts',
  'taste_subjects',
  'tastes',
];

/** Reactions come before the saves that they made. */
const FORGET = [
  `DELETE FROM reaction_saves WHERE ${WHO}`,
  `DELETE FROM zotero_items WHERE ${WHO}`,
  `DELETE FROM zotero_connections WHERE ${WHO}`,
  `DELETE FROM list_links WHERE ${WHO}`,
  `DELETE FROM save_tags WHERE ${WHO}`,
  `DELETE FROM save_details WHERE ${WHO}`,
  `DELETE FROM saves WHERE ${WHO}`,
  `DELETE FROM feed_managers WHERE ${HERE} AND person = @person`,
  `UPDATE feed_managers SET named_by = '' WHERE ${HERE} AND named_by = @person`,
  `UPDATE feeds SET manager = NULL WHERE ${HERE} AND manager = @person`,
  `DELETE FROM line_workspaces WHERE key IN (${OWN_LINES})`,
  `DELETE FROM button_lines WHERE key IN (${OWN_LINES})`,
  `DELETE FROM line_people WHERE ${WHO}`,
  // Sent notices stay in the ledger without a name: only the recipient had one.
  `DELETE FROM deliveries WHERE ${NOTICE} AND state = 'planned'`,
  `DELETE FROM deliveries WHERE ${MAIL} AND state = 'planned'`,
  `DELETE FROM mail_addresses WHERE ${WHO}`,
  `DELETE FROM mail_codes WHERE ${WHO}`,
  `DELETE FROM recipients WHERE ${WHO}`,
  `DELETE FROM watch_hits WHERE watch IN (SELECT id FROM watches WHERE ${WHO})`,
  `DELETE FROM watches WHERE ${WHO}`,
  `DELETE FROM change_readers WHERE ${WHO}`,
  // Numbers only, of a person who is no longer named, so they are not rewritten.
  `DELETE FROM inbox_papers WHERE inbox IN (SELECT id FROM inboxes WHERE ${WHO})`,
  `DELETE FROM inboxes WHERE ${WHO}`,
  `DELETE FROM feedback WHERE ${WHO}`,
  `DELETE FROM channel_acts WHERE ${HERE} AND person = @person`,
  `DELETE FROM taste_subjects WHERE ${WHO}`,
  `DELETE FROM tastes WHERE ${WHO}`,
  `UPDATE watches SET manager = NULL WHERE ${HERE} AND manager = @person`,
];

const COUNT = `SELECT
  (SELECT count(*) FROM saves WHERE ${WHO}) AS saves,
  (SELECT count(*) FROM save_details WHERE ${WHO} AND note <> '') AS notes,
  (SELECT count(DISTINCT tag) FROM save_tags WHERE ${WHO}) AS tags,
  (SELECT count(*) FROM save_details WHERE ${WHO} AND state <> 'unread') AS read,
  (SELECT count(*) FROM list_links WHERE ${WHO}) AS links,
  (SELECT count(*) FROM reaction_saves WHERE ${WHO}) AS reactions,
  (SELECT count(*) FROM (
    SELECT workspace, channel FROM feeds WHERE ${HERE} AND manager = @person
    UNION SELECT workspace, channel FROM feed_managers WHERE ${HERE} AND person = @person) AS managed) AS channels,
  (SELECT count(*) FROM feed_managers WHERE ${HERE} AND named_by = @person) AS named,
  (SELECT count(*) FROM zotero_connections WHERE ${WHO}) AS libraries,
  (SELECT count(*) FROM watches WHERE ${WHO}) AS watches,
  (SELECT count(*) FROM change_readers WHERE ${WHO}) AS changes,
  (SELECT count(*) FROM inboxes WHERE ${WHO}) AS digests,
  (SELECT count(*) FROM (
    SELECT address FROM mail_addresses WHERE ${WHO} UNION SELECT address FROM mail_codes WHERE ${WHO}) AS known) AS addresses,
  (SELECT count(*) FROM feedback WHERE ${WHO}) + (SELECT count(*) FROM taste_subjects WHERE ${WHO}) +
    (SELECT count(*) FROM tastes WHERE ${WHO}) AS opinions,
  (SELECT coalesce(sum(calls), 0) FROM model_calls WHERE ${WHO}) AS questions,
  (SELECT count(*) FROM deliveries WHERE (${NOTICE} OR ${MAIL}) AND state = 'planned') AS notices`;

export function openPersonalData(connection: DatabaseConnection): PersonalData {
  const count = connection.prepare<[PersonRef], KeptOfPerson>(COUNT);
  const steps = FORGET.map((sql) => connection.prepare<[PersonRef]>(sql));
  const keepHash = connection.prepare<[{ digest: Buffer; at: string }]>(
    `INSERT INTO forgotten_people (digest, forgotten_at) VALUES (@digest, @at)
     ON CONFLICT (digest) DO UPDATE SET forgotten_at = @at`,
  );
  const keepCalls = openCallKeeping(connection);
  const forget = connection.transaction((person: PersonRef, at: string) => {
    keepCalls.ofPerson(person);
    for (const step of steps) step.run(person);
    keepHash.run({ digest: personHash(person), at });
    rewriteTables(connection, PERSONAL);
    rewriteDetails(connection);
  });
  const nobody: KeptOfPerson = {
    saves: 0,
    notes: 0,
    tags: 0,
    read: 0,
    links: 0,
    reactions: 0,
    channels: 0,
    named: 0,
    watches: 0,
    changes: 0,
    digests: 0,
    addresses: 0,
    opinions: 0,
    libraries: 0,
    questions: 0,
    notices: 0,
  };

  return {
    of: async ({ platform, workspace, person }) => count.get({ platform, workspace, person }) ?? nobody,
    async forget({ platform, workspace, person }, at) {
      forget.immediate({ platform, workspace, person }, at);
      emptyJournal(connection);
    },
  };
}
