/** E-mail addresses for digests, and the codes that confirm them. */
import { ignoreGoneWorkspaces } from '../gone-workspaces.ts';
import type { Migration } from '../migration.ts';

export const mailMigration: Migration = {
  name: 'mail',
  up(connection) {
    connection.exec(`
      -- Confirmed addresses, one for each person who gets the digest by e-mail.
      CREATE TABLE mail_addresses (
        -- Random: names the address in the ledger, from which the Message-IDs are made.
        id TEXT PRIMARY KEY,
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        -- Sealed if SECRET_KEY is set.
        address BLOB NOT NULL,
        -- In the links that end the digest.
        token TEXT NOT NULL UNIQUE,
        -- Why nothing more is sent to it; NULL while it is used.
        ended_by TEXT,
        -- In the words of a mail server.
        ended_words TEXT,
        UNIQUE (platform, workspace, person)
      ) STRICT, WITHOUT ROWID;

      -- Codes of the last hour, also used ones: they count towards the limits.
      CREATE TABLE mail_codes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        platform TEXT NOT NULL,
        workspace TEXT NOT NULL,
        person TEXT NOT NULL,
        address BLOB NOT NULL,
        -- For the limit of codes to one address.
        address_hash BLOB NOT NULL,
        -- NULL when it can no longer be used.
        code TEXT,
        tries INTEGER NOT NULL DEFAULT 0,
        -- Milliseconds since 1970.
        made_at INTEGER NOT NULL
      ) STRICT;

      -- Mails of which a server may have the whole text. Written before the text is sent.
      CREATE TABLE mail_hand_overs (
        -- Of the row in the ledger.
        key TEXT PRIMARY KEY,
        -- Milliseconds since 1970.
        at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX mail_codes_by_person ON mail_codes (platform, workspace, person, made_at);
      CREATE INDEX mail_codes_by_address ON mail_codes (address_hash, made_at);
      CREATE INDEX mail_codes_by_time ON mail_codes (made_at);
    `);
    ignoreGoneWorkspaces(connection, ['mail_addresses', 'mail_codes']);
  },
};
