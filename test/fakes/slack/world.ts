/** All that the fake knows, in memory: workspaces, tokens, triggers, what was sent to the bot and waits for a word. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../src/time/clock.ts';
import type { RequestLog } from '../request-log.ts';
import { type Ids, openIds } from './ids.ts';
import type { Interaction } from './interaction.ts';
import type { Dispatch, FakeWorkspace, Grant } from './model.ts';

export interface World extends WorldOptions {
  readonly ids: Ids;
  readonly appId: string;
  readonly appToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The old way of proving that a request is Slack's; still in each payload. */
  readonly verificationToken: string;
  readonly workspaces: Map<string, FakeWorkspace>;
  /** Of `oauth.v2.access`; each works once. */
  readonly codes: Map<string, Grant>;
  /** By their trigger. */
  readonly triggers: Map<string, { readonly interaction: Interaction; readonly at: number; used: boolean }>;
  readonly interactions: Set<Interaction>;
  /** Everything sent to the bot, the latest last. */
  readonly dispatches: Dispatch[];
  /** Where the fake listens, without a slash at the end. */
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
  /** For apps that are distributed outside of the Marketplace: 15 messages a page, once a minute. */
  readonly distributed: boolean;
  /** Origins that the bot's markup may link to. */
  readonly origins: readonly string[];
  /** Commands whose text comes with people and addresses as forms (`should_escape`). */
  readonly escapedCommands: readonly string[];
  /** Whose links it wants to be told of. */
  readonly unfurlDomains: readonly string[];
  /** What it subscribed to, as `message.im`; undefined for everything. */
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
    codes: new Map(),
    triggers: new Map(),
    interactions: new Set(),
    dispatches: [],
    origin: '',
    now,
    send: () => {},
  };
}

/** So that a run of days does not fill the memory. */
const DISPATCHES_KEPT = 2_000;

export function remember(world: World, dispatch: Dispatch): void {
  world.dispatches.push(dispatch);
  if (world.dispatches.length >= 2 * DISPATCHES_KEPT) world.dispatches.splice(0, DISPATCHES_KEPT);
}
