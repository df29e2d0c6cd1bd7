/** Stores the addresses of lists, by the hashes of their tokens. */
import type { PersonRef } from '../chat/caller.ts';
import type { DatabaseConnection } from '../db/connection.ts';
import type { ListQuery } from './library.ts';

/** The list that an address shows. */
export interface LinkedList extends PersonRef {
  readonly team: string;
  readonly query: Pick<ListQuery, 'scope' | 'filter' | 'text'>;
}

export interface ListLinks {
  /** @returns false if the person has as many addresses as they can have */
  add(hash: Buffer, list: LinkedList, at: string): Promise<boolean>;
  find(hash: Buffer): Promise<LinkedList | undefined>;
  /** Ends all addresses of a person. @returns how many there were */
  revoke(person: PersonRef): Promise<number>;
}

/** A person needs one for each paper that they write. */
export const MOST_LINKS = 20;

const BY_PERSON = 'platform = @platform AND workspace = @workspace AND person = @person';

export function openListLinks(connection: DatabaseConnection): ListLinks {
  const count = connection
    .prepare<[PersonRef], number>(`SELECT count(*) FROM list_links WHERE ${BY_PERSON}`)
    .pluck();
  const insert = connection.prepare<[PersonRef & { hash: Buffer; team: string; query: string; at: string }]>(
    `INSERT INTO list_links (hash, platform, workspace, person, team, query, created_at)
     VALUES (@hash, @platform, @workspace, @person, @team, @query, @at)`,
  );
  const find = connection.prepare<[Buffer], PersonRef & { team: string; query: string }>(
    'SELECT platform, workspace, person, team, query FROM list_links WHERE hash = ?',
  );
  const drop = connection.prepare<[PersonRef]>(`DELETE FROM list_links WHERE ${BY_PERSON}`);
  const add = connection.transaction((hash: Buffer, list: LinkedList, at: string) => {
    const { platform, workspace, person, team, query } = list;
    const of = { platform, workspace, person };
    if ((count.get(of) ?? 0) >= MOST_LINKS) return false;
    insert.run({ ...of, hash, team, query: JSON.stringify(query), at });
    return true;
  });
  return {
    add: async (hash, list, at) => add.immediate(Buffer.from(hash), list, at),
    find: async (hash) => {
      const row = find.get(Buffer.from(hash));
      return row && { ...row, query: JSON.parse(row.query) as LinkedList['query'] };
    },
    revoke: async ({ platform, workspace, person }) => drop.run({ platform, workspace, person }).changes,
  };
}
