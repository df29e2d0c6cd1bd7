/** Tables as Kysely types. A test compares them with the migrations. */

import type { Generated } from 'kysely';

/** One row per paper; lists are JSON arrays of strings. */
export interface PaperTable {
  pk: number;
  id: string;
  title_key: string;
  title: string;
  abstract: string;
  authors: string;
  categories: string;
  keywords: string;
  text_rank: number;
  version: number | null;
  published: string | null;
  updated: string | null;
  comment: string | null;
  journal_ref: string | null;
  doi: string | null;
  venue: string | null;
  organization: string | null;
  project_url: string | null;
  code_url: string | null;
  code_stars: number | null;
  thumbnail_url: string | null;
  on_hugging_face: number;
  withdrawn: number;
  withdrawn_at: string | null;
  votes: number | null;
  comments: number | null;
  citations: number | null;
  /** A JSON object: family names by author. */
  families: string | null;
  added_at: string;
  changed_at: string;
}

/** A row with the channel that it belongs to. */
interface ChannelColumns {
  platform: string;
  workspace: string;
  channel: string;
}

export interface FeedTable extends ChannelColumns {
  id: string;
  settings: string;
  manager: string | null;
  origin: 'command' | 'file';
  created_at: string;
  paused_until: string | null;
  disabled: string | null;
  warned: string | null;
}

export interface PostedTable extends ChannelColumns {
  paper: number;
  period: string;
  day: string;
  feed: string;
  extra: number;
}

/** Instants are milliseconds since 1970. */
export interface DeliveryTable {
  id: number;
  platform: string;
  workspace: string;
  channel: string;
  feed: string;
  day: string;
  kind: string;
  paper: string;
  position: number;
  root: number | null;
  key: string;
  state: string;
  reason: string | null;
  due: number;
  expected: number;
  ready: number;
  not_before: number;
  owner: string | null;
  attempt: number;
  unsure: number;
  first_try: number | null;
  last_try: number | null;
  refusals: number;
  title: string | null;
  card: string | null;
  papers: string | null;
  message: string | null;
  message_channel: string | null;
  thread: string | null;
  posted_at: number | null;
  refresh_at: number | null;
}

export interface EmbeddingModelTable {
  id: Generated<number>;
  maker: 'words' | 'built-in' | 'endpoint' | 'local';
  name: string;
  dimensions: number;
  state: 'building' | 'serving';
  papers: number;
  learned: Uint8Array | null;
  share: number;
  reached: Generated<number>;
  begun_at: string;
}

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

export interface WatchHitTable {
  watch: number;
  paper: number;
  found_at: string;
  /** Milliseconds since 1970. */
  due: number;
  why: string;
  told_at: string | null;
}

/** A row about a person. */
interface PersonColumns {
  platform: string;
  workspace: string;
  person: string;
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

export interface Schema {
  index_form: {
    one: number;
    form: number;
    reached: number;
    last: number;
    letters_reached: number;
    letters_last: number;
    is_merged: Generated<number>;
  };
  papers: PaperTable;
  paper_aliases: { alias: string; paper: number };
  paper_categories: { category: string; paper: number };
  appearances: { day: string; paper: number; rank: number; votes: number; comments: number };
  vote_snapshots: { paper: number; at: string; votes: number; comments: number; stars: number | null };
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
  list_links: {
    hash: Uint8Array;
    platform: string;
    workspace: string;
    person: string;
    team: string;
    query: string;
    created_at: string;
  };
  save_tags: { platform: string; workspace: string; person: string; paper: number; tag: string };
  zotero_connections: ZoteroConnectionTable;
  zotero_items: ZoteroItemTable;
  source_state: {
    source: string;
    key: string;
    etag: string | null;
    fetched_at: string | null;
    next_at: string | null;
    failures: number;
    error: string | null;
  };
  harvests: {
    name: string;
    phase: 'list' | 'check' | 'fetch' | 'rest';
    from_day: string | null;
    token: string | null;
    token_until: string | null;
    list_day: string | null;
    seen_day: string | null;
    stalls: number;
    rounds: number;
    read: number;
    size: number | null;
    busy_ms: number;
    since: string | null;
    complete_to: string | null;
    completed_at: string | null;
  };
  harvest_missing: { harvest: string; day: string; id: string };
  announcements: {
    feed: string;
    day: string;
    seen_at: string;
    entries: number;
    fingerprint: string;
    problem: 'repeated' | 'cut' | 'missing' | 'unreadable' | null;
    made_good_at: string | null;
  };
  import_progress: { file: string; lines: number; at: string };
  shown_papers: {
    platform: string;
    channel: string;
    message: string;
    number: number;
    paper: number;
    workspace: string;
    shown_at: string;
  };
  reaction_saves: {
    platform: string;
    channel: string;
    message: string;
    person: string;
    emoji: string;
    workspace: string;
    team: string;
    paper: number;
    saved: number;
  };
  button_lines: { key: string; line: string; kept_at: string };
  feeds: FeedTable;
  feed_ids: ChannelColumns & { given: number };
  posted_papers: PostedTable;
  deliveries: DeliveryTable;
  recipients: { id: Generated<number>; platform: string; workspace: string; person: string };
  asked_posts: ChannelColumns & { feed: string; asked_at: number };
  handled_events: { platform: string; key: string; at: number };
  installations: { platform: string; workspace: string; sealed: Uint8Array; installed_at: string };
  bare_links: ChannelColumns;
  feed_managers: ChannelColumns & { person: string; name: string; named_by: string; named_at: string };
  line_workspaces: { platform: string; workspace: string; key: string };
  line_people: { platform: string; workspace: string; person: string; key: string };
  forgotten_people: { digest: Uint8Array; forgotten_at: string };
  gone_workspaces: { platform: string; workspace: string; at: number };
  summaries: {
    paper: number;
    level: string;
    model: string;
    prompt: string;
    version: string;
    points: string;
    made_at: string;
  };
  model_calls: { day: string; platform: string; workspace: string; person: string; calls: number };
  embedding_models: EmbeddingModelTable;
  paper_vectors: { paper: number; model: number; packed: Uint8Array };
  watches: WatchTable;
  watch_hits: WatchHitTable;
  inboxes: InboxTable;
  inbox_papers: { inbox: number; paper: number };
  mail_addresses: MailAddressTable;
  mail_codes: MailCodeTable;
  mail_hand_overs: { key: string; at: number };
  watch_revision: { one: number; number: number };
  new_papers: { number: Generated<number>; paper: number };
  paper_changes: {
    id: Generated<number>;
    paper: number;
    seen_at: string;
    version: number | null;
    what: string;
    sentence: string;
  };
  told_changes: { one: number; last: number };
  quiet_channels: ChannelColumns;
  feedback: PersonColumns & { paper: number; kind: string; given_at: string };
  taste_subjects: PersonColumns & { key: string; subject: string; kind: string; said_at: string };
  tastes: PersonColumns & { is_off: number; since: string | null };
  channel_acts: ChannelColumns & {
    paper: number;
    person: string;
    kind: string;
    message: string;
    emoji: string;
    acted_at: string;
  };
  channel_subjects: ChannelColumns & { key: string; subject: string; kind: string; said_at: string };
  channel_resets: ChannelColumns & { reset_at: string };
  save_revision: { one: number; number: number };
  change_readers: PersonColumns & { zone: string; told: number; due: number };
  paper_checks: { paper: number; checked_at: string };
  delivery_horizon: { one: number; planned_until: number };
}
