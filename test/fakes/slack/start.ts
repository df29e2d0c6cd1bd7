/**
 * A Slack on loopback for the real clients: the Web API under `url`, Socket Mode at the address that `apps.connections.open`
 * tells, and signed requests to the bot's own address. It enforces Slack's rules and limits, checks each request against
 * Slack's OpenAPI document and each block and event against Slack's types, and writes down what broke a rule. Tests open it with
 * `openFakeSlack`, benchmarks and tests that run the bot in a process of its own with this.
 *
 *     const slack = await startFakeSlack();
 *     const channel = slack.addChannel('papers');
 *     // … start the bot with SLACK_API_URL=slack.url, SLACK_BOT_TOKEN=slack.botToken, SLACK_APP_TOKEN=slack.appToken …
 *     const answer = await slack.addPerson('ada').command(channel, '/papers', 'search diffusion').answered;
 *
 * Other workspaces come by `addWorkspace`. An app that people install themselves leads them to Slack's page: `authorize` is somebody
 * who allows there what it asks for, and gives back what their browser returns with. The code is good once and for ten minutes
 * (`oauth.v2.access`), for the client's id and secret and the same `redirect_uri`; a workspace gets the scopes that were asked for,
 * and a token of its own: the same while it stays installed, another after `revoke`.
 *
 * Events come by socket while no address is given. `deliverTo` sends them to an HTTP receiver instead, signed with
 * `slack.signingSecret`; those requests carry the machine's time, as receivers check them by it.
 */
import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '../../../src/time/clock.ts';
import { openFaults } from '../faults.ts';
import { openRequestLog, type SeenRequest } from '../request-log.ts';
import { type Delivery, openDelivery } from './delivery/delivery.ts';
import type { Signing } from './delivery/http.ts';
import type { DisconnectReason, Which } from './delivery/sockets.ts';
import type { SlackFault, SlackFaults } from './faults.ts';
import type { ChannelOptions, Dispatch, FakeChannel, FakeMessage, FakeWorkspace } from './model.ts';
import { FakePerson, type PersonOptions } from './people/person.ts';
import { revokeUserToken, uninstall, Workspace } from './places.ts';
import { HISTORY_SCOPES, SCOPES } from './protocol.ts';
import { appMethods } from './web/apps.ts';
import { chatMethods } from './web/chat.ts';
import { conversationMethods } from './web/conversations.ts';
import { openRateLimits, UNLIMITED } from './web/rate-limits.ts';
import { reactionMethods } from './web/reactions.ts';
import { createWebServer } from './web/server.ts';
import { userMethods } from './web/users.ts';
import { viewMethods } from './web/views.ts';
import { createWorld } from './world.ts';

export interface FakeSlackOptions {
  /** For the rules that hang on time: 3 s, 30 min, retries, rate limits. */
  readonly clock?: Clock;
  /** Off for large loads: types of blocks and events are skipped, rules and limits are not. */
  readonly validate?: boolean;
  /** Rate limits of methods and channels. */
  readonly limits?: boolean;
  /** The bot's scopes; those that read channels back are among them unless `history` is false. */
  readonly scopes?: readonly string[];
  readonly history?: boolean;
  /** Outside of the Marketplace: history comes in pages of 15, once a minute (with `limits`). */
  readonly distributed?: boolean;
  /** Of the app-level token. */
  readonly appScopes?: readonly string[];
  /** Origins that markup may link to; any other is written down, as an injected link would look like that. */
  readonly origins?: readonly string[];
  /** Commands that the app wants people and addresses in as forms, `<@U123|ada>`. */
  readonly escapedCommands?: readonly string[];
  /** Domains whose links the app registered to preview. */
  readonly unfurlDomains?: readonly string[];
  /** What the app subscribed to, as its manifest names it (`message.im`): it is told of nothing else. Everything when left out. */
  readonly events?: readonly string[];
}

export interface TestWorkspace extends FakeWorkspace {
  addPerson(name: string, options?: PersonOptions): FakePerson;
}

export interface FakeSlack {
  /** For `SLACK_API_URL`. */
  readonly url: string;
  /** Of the workspace that is there from the beginning. */
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly appId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The one that is there from the beginning. */
  readonly workspace: TestWorkspace;
  /** Sentences about broken rules. */
  readonly violations: string[];
  /** The last ones, oldest first; `route` is the method or `response_url`. */
  readonly requests: readonly SeenRequest[];
  readonly faults: SlackFaults;
  /** Everything sent to the bot, oldest first. */
  readonly sent: readonly Dispatch[];
  /** Open sockets. */
  readonly connections: number;
  /** How many were ever opened. */
  readonly connected: number;
  /** Violations that match are what this test is about. */
  allow(pattern: RegExp): void;
  /** One that has not installed the app has a token that Slack does not know. */
  addWorkspace(name: string, options?: { readonly installed?: boolean }): TestWorkspace;
  addChannel(name: string, options?: ChannelOptions): FakeChannel;
  addPerson(name?: string, options?: PersonOptions): FakePerson;
  /** Of whatever workspace. Throws when there is none. */
  channel(id: string): FakeChannel;
  messagesIn(channelId: string): readonly FakeMessage[];
  /** What only this person sees there. */
  ephemeralIn(channelId: string, userId: string): readonly FakeMessage[];
  /** Resolves as soon as this holds; looked at after each request and each change of a connection. */
  until(holds: () => boolean): Promise<void>;
  /** From now on by signed HTTP; by sockets again without an address. */
  deliverTo(url: string | undefined): void;
  /** The same once more: an event as a retry with its `event_id`. */
  redeliver(dispatch: Dispatch): void;
  /** The very request that carried it, byte for byte; or signed anew, a little wrong. The status that it was answered with. */
  replay(dispatch: Dispatch, signing?: Signing): Promise<number>;
  /** Something that is no envelope, through every socket. */
  sayThroughSockets(text: string): void;
  /** Breaks the sockets, all of them when nothing is said. */
  cutSockets(which?: Which): void;
  /** Asks the bot to come back: `warning`, `refresh_requested`; or not to: `link_disabled`. Through the oldest socket alone when nothing is said. */
  sendDisconnect(reason: DisconnectReason, which?: Which): void;
  /** Sockets stay open, and nothing comes through. */
  silenceSockets(): void;
  /** While refused, no socket opens. */
  refuseSockets(refused: boolean): void;
  /** The workspace removes the app; the default one when none is named. */
  revoke(workspace?: FakeWorkspace): void;
  /** Somebody takes back what they allowed the app to do in their own name; its bot stays. */
  revokeUserToken(person: FakePerson): void;
  stop(): Promise<void>;
}

/** What was asked before the fake stops is still answered, unless a fault holds it. */
const ANSWERS_WITHIN_MS = 500;

/** Where papers live. */
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
