/** Stores e-mail addresses and the codes that confirm them. */
import type { PersonRef } from '../chat/caller.ts';
import type { Card } from '../chat/card.ts';
import { EMAIL, mailTo } from '../chat/direct-messages.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import type { MailAddressTable } from '../db/tables/people.ts';
import type { Notice } from '../delivery/ledger/notice.ts';
import { openNoticeRows } from '../delivery/ledger/notice-store.ts';
import { DIGEST_TOPIC } from './inbox.ts';
import {
  type AddedCode,
  CODE_MINUTES,
  type CodeOutcome,
  type MailAddress,
  type MailAddresses,
  type MailEnd,
  MOST_CODES,
  MOST_TRIES,
  type NewMailCode,
} from './mail-address.ts';

const WHO = 'platform = @platform AND workspace = @workspace AND person = @person';
const HOUR_MS = 3_600_000;
const CODE_MS = CODE_MINUTES * 60_000;

/** Runs in the store thread. */
export function openMailAddresses(connection: DatabaseConnection): MailAddresses {
  const notices = openNoticeRows(connection);
  const codes = openCodes(connection);
  const ofPerson = connection.prepare<[PersonRef], MailAddressTable>(
    `SELECT * FROM mail_addresses WHERE ${WHO}`,
  );
  const find = connection.prepare<[string], MailAddressTable>('SELECT * FROM mail_addresses WHERE id = ?');
  const add = connection.prepare(
    `INSERT INTO mail_addresses (id, platform, workspace, person, address, token)
     VALUES (@id, @platform, @workspace, @person, @address, @token)`,
  );
  const drop = connection.prepare<[string]>('DELETE FROM mail_addresses WHERE id = ?');
  const redirect = connection.prepare<[{ from: string; to: string }]>(
    `UPDATE deliveries SET channel = @to
     WHERE platform = '${EMAIL}' AND workspace = '${EMAIL}' AND channel = @from AND state = 'planned'`,
  );
  const stopDigest = connection.prepare<[PersonRef]>(`UPDATE inboxes SET next_at = NULL WHERE ${WHO}`);
  const withToken = connection.prepare<[string], MailAddressTable>(
    'SELECT * FROM mail_addresses WHERE token = ?',
  );
  const end = connection.prepare<[MailEnd & { id: string }]>(
    `UPDATE mail_addresses SET ended_by = @by, ended_words = @words WHERE id = @id AND ended_by IS NULL`,
  );
  const sentTo = connection.prepare<[string], MailAddressTable>(
    `SELECT * FROM mail_addresses WHERE id =
       (SELECT channel FROM deliveries WHERE key = ? AND platform = '${EMAIL}' AND state <> 'planned')`,
  );

  const sentSince = connection
    .prepare<[{ since: number }], number>(
      `SELECT last_try FROM deliveries WHERE platform = '${EMAIL}' AND last_try > @since
       UNION ALL SELECT made_at FROM mail_codes WHERE made_at > @since`,
    )
    .pluck();
  const waiting = connection.prepare<[string], DigestRow>(
    `SELECT paper, due, title, card FROM deliveries
     WHERE platform = '${EMAIL}' AND workspace = '${EMAIL}' AND channel = ? AND state = 'planned'`,
  );
  const withKey = connection.prepare<[string], DigestRow>(
    'SELECT paper, due, title, card FROM deliveries WHERE key = ? AND card IS NOT NULL',
  );

  /** Removes digests that are certainly not sent. */
  const cancelMail = (id: string) => notices.remove({ to: mailTo(id), topic: DIGEST_TOPIC });

  function sendDirectly(to: PersonRef, { paper, due, title, card }: DigestRow): void {
    notices.add({ to, topic: DIGEST_TOPIC, about: paper, due, title, card: JSON.parse(card) as Card });
  }

  function sendWaitingDirectly({ id, platform, workspace, person }: MailAddressTable): void {
    const rows = waiting.all(id);
    cancelMail(id);
    for (const row of rows) sendDirectly({ platform, workspace, person }, row);
  }

  const tryCode = connection.transaction(
    (
      { platform, workspace, person }: PersonRef,
      typed: string,
      { id, token }: Pick<MailAddress, 'id' | 'token'>,
      now: Date,
    ): CodeOutcome => {
      const who = { platform, workspace, person };
      const outcome = codes.compare(who, typed, now);
      if (!('address' in outcome)) return outcome;
      const old = ofPerson.get(who);
      if (old) {
        drop.run(old.id);
        redirect.run({ from: old.id, to: id });
      }
      add.run({ ...who, id, token, address: Buffer.from(outcome.address) });
      return { kind: 'confirmed' };
    },
  );

  const remove = connection.transaction(({ platform, workspace, person }: PersonRef): boolean => {
    codes.forget({ platform, workspace, person });
    const row = ofPerson.get({ platform, workspace, person });
    if (!row) return false;
    sendWaitingDirectly(row);
    drop.run(row.id);
    return true;
  });

  const stopByToken = connection.transaction((token: string): boolean => {
    const row = withToken.get(token);
    if (!row) return false;
    const { platform, workspace, person } = row;
    stopDigest.run({ platform, workspace, person });
    cancelMail(row.id);
    return true;
  });

  const endMail = connection.transaction(
    (id: string, { by, words }: MailEnd, notice: Notice, key: string): boolean => {
      const row = find.get(id);
      if (!row || end.run({ id, by, words }).changes === 0) return false;
      const { platform, workspace, person } = row;
      const to = { platform, workspace, person };
      if (by === 'complaint') {
        stopDigest.run(to);
        cancelMail(id);
      } else {
        const returned = withKey.get(key);
        if (returned) sendDirectly(to, returned);
        sendWaitingDirectly(row);
      }
      notices.add(notice);
      return true;
    },
  );

  return {
    async ofPerson({ platform, workspace, person }) {
      return toAddress(ofPerson.get({ platform, workspace, person }));
    },
    find: async (id) => toAddress(find.get(id)),
    addCode: async (code, now) => codes.add(code, now),
    dropCode: async (id) => codes.drop(id),
    forgetCodes: async (now) => codes.forgetOld(now),
    tryCode: async (person, code, fresh, now) => tryCode.immediate(person, code, fresh, now),
    remove: async (person) => remove.immediate(person),
    stopByToken: async (token) => stopByToken.immediate(token),
    end: async (id, why, notice, key) => endMail.immediate(id, why, notice, key),
    sentSince: async (instant) => sentSince.all({ since: instant.getTime() }),
    sentTo: async (key) => toAddress(sentTo.get(key)),
  };
}

type DigestRow = Readonly<Record<'paper' | 'title' | 'card', string>> & { readonly due: number };

interface CodeRow {
  readonly id: number;
  readonly address: Uint8Array;
  readonly code: string | null;
  readonly tries: number;
}

type ComparedCode = Exclude<CodeOutcome, { kind: 'confirmed' }> | { readonly address: Uint8Array };

interface Codes {
  add(code: NewMailCode, now: Date): AddedCode;
  drop(id: number): void;
  forgetOld(now: Date): void;
  /** Call inside a transaction. A right code cannot be used again. */
  compare(person: PersonRef, typed: string, now: Date): ComparedCode;
  /** Makes the person's codes unusable. They still count towards the limits. */
  forget(person: PersonRef): void;
}

function openCodes(connection: DatabaseConnection): Codes {
  const deleteOld = connection.prepare<[{ before: number; now: number }]>(
    // Times in the future come from a wrong clock.
    'DELETE FROM mail_codes WHERE made_at <= @before OR made_at > @now',
  );
  const ofPerson = connection.prepare<[PersonRef], { count: number; oldest: number | null }>(
    `SELECT count(*) AS count, min(made_at) AS oldest FROM mail_codes WHERE ${WHO}`,
  );
  const ofAddress = connection.prepare<[Buffer], { count: number; oldest: number | null }>(
    'SELECT count(*) AS count, min(made_at) AS oldest FROM mail_codes WHERE address_hash = ?',
  );
  const spend = connection.prepare<[PersonRef]>(`UPDATE mail_codes SET code = NULL WHERE ${WHO}`);
  const insert = connection
    .prepare(
      `INSERT INTO mail_codes (platform, workspace, person, address, address_hash, code, made_at)
     VALUES (@platform, @workspace, @person, @address, @hash, @code, @at) RETURNING id`,
    )
    .pluck();
  const drop = connection.prepare<[{ id: number }]>('DELETE FROM mail_codes WHERE id = @id');
  const latest = connection.prepare<[PersonRef & { since: number }], CodeRow>(
    `SELECT id, address, code, tries FROM mail_codes
     WHERE ${WHO} AND code IS NOT NULL AND made_at > @since ORDER BY id DESC LIMIT 1`,
  );
  const count = connection.prepare<[{ id: number; most: number }]>(
    `UPDATE mail_codes SET tries = tries + 1, code = CASE WHEN tries + 1 >= @most THEN NULL ELSE code END
     WHERE id = @id`,
  );

  function forgetOld(now: Date): void {
    deleteOld.run({ before: now.getTime() - HOUR_MS, now: now.getTime() });
  }

  const add = connection.transaction(
    ({ person: named, address, addressHash, code }: NewMailCode, now: Date): AddedCode => {
      const at = now.getTime();
      const { platform, workspace, person } = named;
      const who = { platform, workspace, person };
      const hash = Buffer.from(addressHash);
      forgetOld(now);
      const limits = [
        { limitOf: 'person', most: MOST_CODES.ofPerson, found: ofPerson.get(who) },
        { limitOf: 'address', most: MOST_CODES.ofAddress, found: ofAddress.get(hash) },
      ] as const;
      for (const { limitOf, most, found } of limits) {
        if (found && found.count >= most) return { limitOf, waitMs: (found.oldest ?? at) + HOUR_MS - at };
      }
      spend.run(who);
      return { id: Number(insert.get({ ...who, address: Buffer.from(address), hash, code, at })) };
    },
  );

  return {
    add: (code, now) => add.immediate(code, now),
    drop: (id) => drop.run({ id }),
    forgetOld,
    forget: (person) => spend.run(person),
    compare(person, typed, now) {
      const row = latest.get({ ...person, since: now.getTime() - CODE_MS });
      if (!row) return { kind: 'none' };
      if (row.code === typed) {
        spend.run(person);
        return { address: row.address };
      }
      count.run({ id: row.id, most: MOST_TRIES });
      return { kind: 'wrong', left: MOST_TRIES - row.tries - 1 };
    },
  };
}

function toAddress(row: MailAddressTable | undefined): MailAddress | undefined {
  if (!row) return undefined;
  const { id, platform, workspace, person, address, token, ended_by, ended_words } = row;
  return {
    id,
    person: { platform, workspace, person },
    address,
    token,
    ...(ended_by !== null && { end: { by: ended_by, words: ended_words ?? '' } }),
  };
}
