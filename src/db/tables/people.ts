/** Saves, watches, tastes, digests and connected libraries of people. */
import type { Generated } from 'kysely';
import type { ChannelColumns, PersonColumns } from './columns.ts';

export interface WatchTable extends ChannelColumns {
  id: Generated<number>;
  person: string;
  manager: string | null;
  key: string;
  terms: string;
  pace: 'at-once' | 'daily';
  zone: string;
  paused: number;
  since: number;
  created_at: string;
}

export interface WatchHitTable {
  watch: number;
  paper: number;
  found_at: string;
  /** Milliseconds since 1970. */
  due: number;
  why: string;
  told_at: string | null;
}

export interface InboxTable {
  id: Generated<number>;
  platform: string;
  workspace: string;
  person: string;
  team: string;
  pace: 'weekdays' | 'weekly' | 'monthly';
  weekday: number;
  time: string;
  zone: string;
  left_out: string;
  changes_seen: number;
  /** Milliseconds since 1970. */
  since: number;
  next_at: number | null;
}

export interface MailAddressTable extends PersonColumns {
  id: string;
  address: Uint8Array;
  token: string;
  ended_by: 'bounce' | 'complaint' | null;
  ended_words: string | null;
}

export interface MailCodeTable extends PersonColumns {
  id: Generated<number>;
  address: Uint8Array;
  address_hash: Uint8Array;
  code: string | null;
  tries: number;
  /** Milliseconds since 1970. */
  made_at: number;
}

export interface ZoteroConnectionTable extends PersonColumns {
  token: string;
  team: string;
  sealed: Uint8Array;
  account: string;
  library: string;
  library_name: string;
  collection: string;
  collection_name: string;
  is_created: number;
  state: string;
  problem: string | null;
  version: number;
  changes: number;
  synced_changes: number;
  next_at: number;
  not_before: number;
  failures: number;
  synced_at: string | null;
}

export interface ZoteroItemTable extends PersonColumns {
  item: string;
  paper: number | null;
  version: number;
  present: number;
  tags: string;
  saved_at: string | null;
}

export interface PeopleTables {
  saves: {
    team: string;
    platform: string;
    workspace: string;
    person: string;
    paper: number;
    saved_at: string;
  };
  save_details: {
    pk: Generated<number>;
    platform: string;
    workspace: string;
    person: string;
    paper: number;
    note: Generated<string>;
    words: Generated<string>;
    state: Generated<string>;
    updated_at: string;
  };
  save_tags: { platform: string; workspace: string; person: string; paper: number; tag: string };
  save_revision: { one: number; number: number };
  list_links: {
    hash: Uint8Array;
    platform: string;
    workspace: string;
    person: string;
    team: string;
    query: string;
    created_at: string;
  };
  zotero_connections: ZoteroConnectionTable;
  zotero_items: ZoteroItemTable;
  watches: WatchTable;
  watch_hits: WatchHitTable;
  watch_revision: { one: number; number: number };
  inboxes: InboxTable;
  inbox_papers: { inbox: number; paper: number };
  mail_addresses: MailAddressTable;
  mail_codes: MailCodeTable;
  mail_hand_overs: { key: string; at: number };
  feedback: PersonColumns & { paper: number; kind: string; given_at: string };
  taste_subjects: PersonColumns & { key: string; subject: string; kind: string; said_at: string };
  tastes: PersonColumns & { is_off: number; since: string | null };
  change_readers: PersonColumns & { zone: string; told: number; due: number };
  forgotten_people: { digest: Uint8Array; forgotten_at: string };
}
