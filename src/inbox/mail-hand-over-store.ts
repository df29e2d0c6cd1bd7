/** Remembers which mails a server may have, so that after a crash the others are sent. */
import type { PersonRef } from '../chat/caller.ts';
import type { Card } from '../chat/card.ts';
import { EMAIL } from '../chat/direct-messages.ts';
import type { DatabaseConnection } from '../db/connection.ts';

/** Runs in the store thread. */
export interface MailHandOvers {
  /** Returns false if the mail was handed over before, perhaps by another process. */
  begin(key: string, now: Date): Promise<boolean>;
  /** For a mail that the server has certainly not taken. */
  undo(key: string): Promise<void>;
  has(key: string): Promise<boolean>;
  /** The digest of a row that waits for review, if it went to this person's address. */
  unconfirmed(person: PersonRef, key: string): Promise<Card | undefined>;
  /** Deletes those from before an instant. */
  forget(before: Date): Promise<void>;
}

export function openMailHandOvers(connection: DatabaseConnection): MailHandOvers {
  const insert = connection.prepare<[string, number]>(
    'INSERT INTO mail_hand_overs VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const remove = connection.prepare<[string]>('DELETE FROM mail_hand_overs WHERE key = ?');
  const find = connection.prepare<[string]>('SELECT 1 FROM mail_hand_overs WHERE key = ?');
  const unconfirmed = connection
    .prepare<[PersonRef & { key: string }], string>(
      `SELECT d.card FROM deliveries d JOIN mail_addresses a ON a.id = d.channel
       WHERE d.key = @key AND d.platform = '${EMAIL}' AND d.state = 'parked'
         AND a.platform = @platform AND a.workspace = @workspace AND a.person = @person`,
    )
    .pluck();
  const removeOld = connection.prepare<[number]>('DELETE FROM mail_hand_overs WHERE at < ?');

  return {
    begin: async (key, now) => insert.run(key, now.getTime()).changes > 0,
    undo: async (key) => void remove.run(key),
    has: async (key) => find.get(key) !== undefined,
    async unconfirmed({ platform, workspace, person }, key) {
      const card = unconfirmed.get({ platform, workspace, person, key });
      return card === undefined ? undefined : (JSON.parse(card) as Card);
    },
    forget: async (before) => void removeOld.run(before.getTime()),
  };
}
