/** Feeds of channels, the ledger of what is posted there, and messages and events of the platforms. */
import type { Generated } from 'kysely';
import type { ChannelColumns } from './columns.ts';

export interface FeedTable extends ChannelColumns {
  id: string;
  settings: string;
  manager: string | null;
  origin: 'command' | 'file';
  created_at: string;
  paused_until: string | null;
  disabled: string | null;
  warned: string | null;
  channel_name: string | null;
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
  reserved_by: string | null;
  reserved_until: number;
}

export interface ChannelTables {
  feeds: FeedTable;
  feed_ids: ChannelColumns & { given: number };
  feed_managers: ChannelColumns & { person: string; name: string; named_by: string; named_at: string };
  posted_papers: PostedTable;
  deliveries: DeliveryTable;
  recipients: { id: Generated<number>; platform: string; workspace: string; person: string };
  asked_posts: ChannelColumns & { feed: string; asked_at: number };
  delivery_horizon: { one: number; planned_until: number };
  told_changes: { one: number; last: number };
  quiet_channels: ChannelColumns;
  bare_links: ChannelColumns;
  channel_acts: ChannelColumns & {
    paper: number;
    person: string;
    kind: string;
    message: string;
    emoji: string;
    acted_at: string;
  };
  channel_subjects: ChannelColumns & {
    key: string;
    subject: string;
    kind: string;
    said_at: string;
    origin: string | null;
  };
  channel_resets: ChannelColumns & { reset_at: string };
}

/** Workspaces, and the messages and events of their platforms. */
export interface PlatformTables {
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
  handled_events: { platform: string; key: string; at: number };
  installations: { platform: string; workspace: string; sealed: Uint8Array; installed_at: string };
  line_workspaces: { platform: string; workspace: string; key: string };
  line_people: { platform: string; workspace: string; person: string; key: string };
  leases: { name: string; holder: string; until: number };
  paces: { name: string; free_at: number };
  gone_workspaces: { platform: string; workspace: string; at: number };
}
