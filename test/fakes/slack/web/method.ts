/** A method of the Web API, and the arguments of a call. */
import type { FakeChannel, FakeMessage, FakeWorkspace, User } from '../model.ts';
import { refusal } from '../refusal.ts';
import type { Block, JsonObject, MessageBody, Metadata, View } from '../wire.ts';
import type { World } from '../world.ts';

/**
 * All arguments of all methods here. `arguments.json` says which belong to which, and the server has checked
 * their types.
 */
export interface Arguments extends MessageBody {
  readonly channel?: string;
  readonly user?: string;
  readonly users?: string;
  readonly ts?: string;
  readonly message_ts?: string;
  readonly timestamp?: string;
  readonly name?: string;
  readonly latest?: string;
  readonly oldest?: string;
  readonly inclusive?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
  readonly types?: string;
  readonly exclude_archived?: boolean;
  readonly include_all_metadata?: boolean;
  readonly include_locale?: boolean;
  readonly return_im?: boolean;
  readonly bot?: string;
  readonly team?: string;
  readonly test?: boolean;
  readonly trigger_id?: string;
  readonly view_id?: string;
  readonly external_id?: string;
  readonly user_id?: string;
  readonly hash?: string;
  readonly view?: View;
  readonly unfurls?: Readonly<Record<string, JsonObject & { readonly blocks?: readonly Block[] }>>;
  readonly unfurl_id?: string;
  readonly source?: string;
  readonly code?: string;
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly redirect_uri?: string;
  readonly metadata?: Metadata;
  readonly filename?: string;
  readonly length?: number;
  readonly files?: readonly { readonly id: string; readonly title?: string }[];
  readonly channel_id?: string;
}

export interface Call {
  readonly world: World;
  /** The workspace of the token. */
  readonly workspace: FakeWorkspace;
  readonly args: Arguments;
  /** `chat.postMessage`, for violations. */
  readonly where: string;
}

export interface Method {
  readonly name: string;
  readonly token: 'bot' | 'app' | 'none';
  /** Any one of them is enough; none are needed if empty. */
  readonly scopes?: readonly string[];
  /** Requests a minute in each workspace. */
  readonly perMinute: number;
  run(call: Call): JsonObject;
}

/** https://docs.slack.dev/apis/web-api/rate-limits: "1+", "20+", "50+" and "100+" a minute. */
export const TIER_2 = 20;
export const TIER_3 = 50;
export const TIER_4 = 100;
/** "Hundreds of messages per minute" and "hundreds of requests per minute". */
export const SPECIAL = 300;

/** Channels that the bot may see. Private channels and conversations without it do not exist for it. */
export function channelOf({ workspace, args }: Call): FakeChannel {
  const found = workspace.channels.get(args.channel ?? '');
  if (!found || (found.kind !== 'public' && !found.isMember)) throw refusal('channel_not_found');
  return found;
}

export function userOf(call: Call, id: string | undefined): User {
  const found = call.workspace.users.get(id ?? '');
  if (!found) throw refusal('user_not_found');
  return found;
}

export function messageOf(channel: FakeChannel, ts: string | undefined): FakeMessage {
  const found = channel.messages.find((message) => message.ts === ts);
  if (!found) throw refusal('message_not_found');
  return found;
}
