/**
 * A Slack on loopback for the real clients: the Web API under `url`, Socket Mode at the address that
 * `apps.connections.open` returns, and signed requests to the bot's own URL. It enforces Slack's rules and
 * limits, validates each request with Slack's OpenAPI document and each block and event with Slack's types,
 * and records violations. Tests open it with `openFakeSlack`. Benchmarks, and tests that run the bot as a
 * process, use this module.
 *
 *     const slack = await startFakeSlack();
 *     const channel = slack.addChannel('papers');
 *     // … start the bot with SLACK_API_URL=slack.url, SLACK_BOT_TOKEN=slack.botToken and
 *     // SLACK_APP_TOKEN=slack.appToken …
 *     const answer = await slack.addPerson('ada').command(channel, '/papers', 'search diffusion').answered;
 *
 * `addWorkspace` adds other workspaces. An app that people install themselves leads them to Slack's page:
 * `authorize` acts as a person who allows what the app requests, and returns the address that their browser
 * goes back to. The code works once, for ten minutes (`oauth.v2.access`), with the client's ID and secret and
 * the same `redirect_uri`. A workspace gets the requested scopes and its own token: the same one while the
 * app stays installed, and a new one after `revoke`.
 *
 * Events come through sockets until `deliverTo` gives the URL of an HTTP receiver. It then sends them there,
 * signed with `slack.signingSecret`. These requests carry the machine's time, because receivers check them by
 * it.
 */
import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '../../../src/time/clock.ts';
import { openFaults } from '../faults.ts';
import { openRequestLog, type SeenRequest } from '../request-log.ts';
import { type Delivery, openDelivery } from './delivery/delivery.ts';
import type { Signing } from './delivery/http.ts';
import type { DisconnectReason, Which } from './delivery/sockets.ts';
import type { SlackFault, SlackFaults } from './faults.ts';
import type { ChannelOptions, Dispatch, FakeChannel, FakeFile, FakeMessage, FakeWorkspace } from './model.ts';
import { FakePerson, type PersonOptions } from './people/person.ts';
import { revokeUserToken, uninstall, Workspace } from './places.ts';
import { HISTORY_SCOPES, SCOPES } from './protocol.ts';
import { appMethods } from './web/apps.ts';
import { chatMethods } from './web/chat.ts';
import { conversationMethods } from './web/conversations.ts';
import { fileMethods } from './web/files.ts';
import { openRateLimits, UNLIMITED } from './web/rate-limits.ts';
import { reactionMethods } from './web/reactions.ts';
import { createWebServer } from './web/server.ts';
import { userMethods } from './web/users.ts';
import { viewMethods } from './web/views.ts';
import { createWorld } from './world.ts';

export interface FakeSlackOptions {
  /** For rules that depend on time: 3 s, 30 min, retries, rate limits. */
  readonly clock?: Clock;
  /** Turn off for large loads: types of blocks and events are skipped, but not rules and limits. */
  readonly validate?: boolean;
  /** Rate limits of methods and channels. */
  readonly limits?: boolean;
  /** The bot's scopes. They include those that read channels back, unless `history` is false. */
  readonly scopes?: readonly string[];
  readonly history?: boolean;
  /** Outside the Marketplace: history comes in pages of 15, once a minute (with `limits`). */
  readonly distributed?: boolean;
  /** Scopes of the app-level token. */
  readonly appScopes?: readonly string[];
  /**
   * Origins that links in markup may have. Any other one is recorded, because an injected link would look
   * like that.
   */
  readonly origins?: readonly string[];
  /** Commands that receive people and links as markup, `<@U123|ada>`. */
  readonly escapedCommands?: readonly string[];
  /** Domains for which the app registered previews of links. */
  readonly unfurlDomains?: readonly string[];
  /**
   * Events that the app subscribed to, as in its manifest (`message.im`); it receives no others. All events
   * by default.
   */
  readonly events?: readonly string[];
}

export interface TestWorkspace extends FakeWorkspace {
  addPerson(name: string, options?: PersonOptions): FakePerson;
}

export interface FakeSlack {
  /** For `SLACK_API_URL`. */
  readonly url: string;
  /** Token of the first workspace. */
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly appId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Files that the bot uploaded, by their IDs. */
  readonly uploads: ReadonlyMap<string, FakeFile>;
  /** The first workspace. */
  readonly workspace: TestWorkspace;
  /** Descriptions of broken rules. */
  readonly violations: string[];
  /** The latest requests, oldest first; `route` is the method or `response_url`. */
  readonly requests: readonly SeenRequest[];
  readonly faults: SlackFaults;
  /** Everything sent to the bot, oldest first. */
  readonly sent: readonly Dispatch[];
  /** Open sockets. */
  readonly connections: number;
  /** How many were ever opened. */
  readonly connected: number;
  /** Allows violations that match: the test is about them. */
  allow(pattern: RegExp): void;
  /** A workspace that has not installed the app has a token that Slack does not accept. */
  addWorkspace(name: string, options?: { readonly installed?: boolean }): TestWorkspace;
  addChannel(name: string, options?: ChannelOptions): FakeChannel;
  addPerson(name?: string, options?: PersonOptions): FakePerson;
  /** Finds a channel in any workspace. Throws if there is none. */
  channel(id: string): FakeChannel;
  messagesIn(channelId: string): readonly FakeMessage[];
  /** The messages that only this person sees there. */
  ephemeralIn(channelId: string, userId: string): readonly FakeMessage[];
  /** Resolves as soon as this holds. It is checked after each request and each change of a connection. */
  until(holds: () => boolean): Promise<void>;
  /**
   * Sends events by signed HTTP from now on, to these URLs in turn, as a balancer does; without a URL,
   * through sockets again.
   */
  deliverTo(...urls: readonly string[]): void;
  /** Sends the same thing again: an event as a retry with its `event_id`. */
  redeliver(dispatch: Dispatch): void;
  /**
   * Sends the same request again, byte for byte, or with a signature that is slightly wrong. Returns its
   * status.
   */
  replay(dispatch: Dispatch, signing?: Signing): Promise<number>;
  /** Sends a message that is not an envelope through every socket. */
  sayThroughSockets(text: string): void;
  /** Breaks the sockets; all of them by default. */
  cutSockets(which?: Which): void;
  /**
   * Asks the bot to reconnect (`warning`, `refresh_requested`), or not to (`link_disabled`). Uses only the
   * oldest socket by default.
   */
  sendDisconnect(reason: DisconnectReason, which?: Which): void;
  /** Sockets stay open, but nothing gets through. */
  silenceSockets(): void;
  /** While refused, no socket can be opened. */
  refuseSockets(refused: boolean): void;
  /** The workspace removes the app; the first one by default. */
  revoke(workspace?: FakeWorkspace): void;
  /** A person revokes the permission to act in their own name. The app's bot stays. */
  revokeUserToken(person: FakePerson): void;
  stop(): Promise<void>;
}

/** Requests from before the stop are still answered, unless a fault holds them. */
const ANSWERS_WITHIN_MS = 500;

/** Sites with papers. */
const ORIGINS: readonly string[] = [
  'https://arxiv.org',
  'https://doi.org',
  'https://github.com',
  'https://huggingface.co',
  'https://www.semanticscholar.org',
];

const UNFURL_DOMAINS: readonly string[] = ['arxiv.org', 'huggingface.co'];

export async function startFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const journal = openRequestLog();
  const distributed = options.distributed ?? false;
  const scopes = options.scopes ?? SCOPES;
  const world = createWorld({
    journal,
    clock: options.clock ?? systemClock,
    validate: options.validate ?? true,
    signingSecret: randomBytes(16).toString('hex'),
    appScopes: options.appScopes ?? ['connections:write'],
    scopes: options.history === false ? scopes : [...new Set([...scopes, ...HISTORY_SCOPES])],
    distributed,
    origins: options.origins ?? ORIGINS,
    escapedCommands: options.escapedCommands ?? ['/paperfeed'],
    unfurlDomains: options.unfurlDomains ?? UNFURL_DOMAINS,
    events: options.events && new Set(options.events),
  });
  const faults = openFaults<SlackFault>();
  const { server, answeredAll } = createWebServer({
    world,
    faults,
    rateLimits: options.limits ? openRateLimits(world.now) : UNLIMITED,
    methods: [
      ...appMethods(() => delivery.sockets.invite()),
      ...chatMethods,
      ...conversationMethods(distributed),
      ...fileMethods,
      ...reactionMethods,
      ...userMethods,
      ...viewMethods,
    ],
  });
  const delivery: Delivery = openDelivery(world, server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The fake does not listen');
  world.origin = `http://127.0.0.1:${address.port}`;

  function addWorkspace(name: string, { installed = true } = {}): TestWorkspace {
    const workspace = new Workspace(world, name);
    workspace.installed = installed;
    return Object.assign(workspace, {
      addPerson: (person: string, making: PersonOptions = {}) =>
        new FakePerson(world, workspace, person, making),
    });
  }

  function channel(id: string): FakeChannel {
    for (const { channels } of world.workspaces.values()) {
      const found = channels.get(id);
      if (found) return found;
    }
    throw new Error(`No channel ${id}`);
  }

  const workspace = addWorkspace('Lab');
  let stopped = false;
  return {
    url: `${world.origin}/api/`,
    botToken: workspace.token,
    appToken: world.appToken,
    signingSecret: world.signingSecret,
    appId: world.appId,
    clientId: world.clientId,
    clientSecret: world.clientSecret,
    workspace,
    uploads: world.files,
    violations: journal.violations,
    requests: journal.requests,
    faults,
    sent: world.dispatches,
    get connections() {
      return delivery.sockets.count;
    },
    get connected() {
      return delivery.sockets.opened;
    },
    allow: journal.allow,
    addWorkspace,
    addChannel: (name, making) => workspace.addChannel(name, making),
    addPerson: (name = 'ada', making = {}) => workspace.addPerson(name, making),
    channel,
    messagesIn: (id) => channel(id).messages,
    ephemeralIn: (id, user) => channel(id).ephemerals.filter(({ onlyFor }) => onlyFor?.id === user),
    until: journal.until,
    deliverTo: delivery.deliverTo,
    redeliver: delivery.redeliver,
    replay: delivery.replay,
    sayThroughSockets: (text) => delivery.sockets.say(text),
    cutSockets: (which = 'all') => delivery.sockets.cut(which),
    sendDisconnect: (reason, which = 'oldest') => delivery.sockets.disconnect(reason, which),
    silenceSockets: () => delivery.sockets.silence(),
    refuseSockets(refused) {
      delivery.sockets.refused = refused;
    },
    revoke: (which = workspace) => uninstall(world, which),
    revokeUserToken: (person) => revokeUserToken(world, person.workspace, person.user),
    async stop() {
      if (stopped) return;
      stopped = true;
      await delivery.stop();
      await answeredAll(ANSWERS_WITHIN_MS);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
