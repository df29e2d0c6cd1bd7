/**
 * The state of the fake, in memory: workspaces, tokens, triggers, and requests to the bot that wait for a
 * response.
 */

import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../src/time/clock.ts';
import type { RequestLog } from '../request-log.ts';
import { type Ids, openIds } from './ids.ts';
import type { Interaction } from './interaction.ts';
import type { Dispatch, FakeFile, FakeWorkspace, Grant } from './model.ts';

export interface World extends WorldOptions {
  readonly ids: Ids;
  readonly appId: string;
  readonly appToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The old proof that a request is from Slack. It is still in each payload. */
  readonly verificationToken: string;
  readonly workspaces: Map<string, FakeWorkspace>;
  /** By their IDs. */
  readonly files: Map<string, FakeFile>;
  /** Codes of `oauth.v2.access`. Each works once. */
  readonly codes: Map<string, Grant>;
  /** Keyed by their trigger. */
  readonly triggers: Map<string, { readonly interaction: Interaction; readonly at: number; used: boolean }>;
  readonly interactions: Set<Interaction>;
  /** Everything sent to the bot, the latest last. */
  readonly dispatches: Dispatch[];
  /** The fake's own URL, without a slash at the end. */
  origin: string;
  now(): number;
  /** Set by the delivery: sends it to the bot. */
  send(dispatch: Dispatch): void;
}

export interface WorldOptions {
  readonly clock: Clock;
  readonly journal: RequestLog;
  readonly validate: boolean;
  readonly signingSecret: string;
  readonly appScopes: readonly string[];
  readonly scopes: readonly string[];
  /** For apps that are distributed outside the Marketplace: 15 messages a page, once a minute. */
  readonly distributed: boolean;
  /** Origins that links in the bot's markup may have. */
  readonly origins: readonly string[];
  /** Commands that receive people and links as markup (`should_escape`). */
  readonly escapedCommands: readonly string[];
  /** Domains with previews of links. */
  readonly unfurlDomains: readonly string[];
  /** Events that it subscribed to, such as `message.im`; undefined for all. */
  readonly events: ReadonlySet<string> | undefined;
}

export function createWorld(options: WorldOptions): World {
  const now = () => options.clock.now().getTime();
  const ids = openIds(now);
  const appId = ids.next('A');
  return {
    ...options,
    ids,
    appId,
    appToken: `xapp-1-${appId}-1234567890123-${randomBytes(32).toString('hex')}`,
    clientId: '1234567890.0987654321',
    clientSecret: randomBytes(16).toString('hex'),
    verificationToken: randomBytes(12).toString('base64url'),
    workspaces: new Map(),
    files: new Map(),
    codes: new Map(),
    triggers: new Map(),
    interactions: new Set(),
    dispatches: [],
    origin: '',
    now,
    send: () => {},
  };
}

/** Limits memory in a run of days. */
const DISPATCHES_KEPT = 2_000;

export function remember(world: World, dispatch: Dispatch): void {
  world.dispatches.push(dispatch);
  if (world.dispatches.length >= 2 * DISPATCHES_KEPT) world.dispatches.splice(0, DISPATCHES_KEPT);
}
