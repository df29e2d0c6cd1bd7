/** Workspaces, channels and direct messages, with the bot's permissions in them. */
import { randomBytes } from 'node:crypto';
import { emitEvent } from './events.ts';
import type {
  ChannelOptions,
  FakeChannel,
  FakeDraft,
  FakeMessage,
  FakeView,
  FakeWorkspace,
  Grant,
  User,
} from './model.ts';
import { HISTORY_SCOPES, SCOPES } from './protocol.ts';
import type { World } from './world.ts';

const KNOWN_SCOPES: ReadonlySet<string> = new Set([...SCOPES, ...HISTORY_SCOPES]);

export class Workspace implements FakeWorkspace {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly appId: string;
  token: string;
  readonly deadTokens = new Set<string>();
  readonly botUser: User;
  readonly botId: string;
  readonly scopes: Set<string>;
  readonly channels = new Map<string, FakeChannel>();
  readonly users = new Map<string, User>();
  readonly views = new Map<string, FakeView>();
  readonly drafts = new Map<string, FakeDraft>();
  readonly homes = new Map<string, FakeView>();
  /** The creator of channels that do not name one. */
  readonly founder: User;
  installed = true;
  readonly #world: World;

  constructor(world: World, name: string) {
    this.#world = world;
    this.id = world.ids.next('T');
    this.name = name;
    this.domain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    this.appId = world.appId;
    this.token = newToken(this.id);
    this.botId = world.ids.next('B');
    this.scopes = new Set(world.scopes);
    const common = { admin: false, owner: false, tz: 'Etc/UTC' };
    this.botUser = { ...common, id: world.ids.next('U'), name: 'paperboy', bot: true };
    this.founder = { ...common, id: world.ids.next('U'), name: 'founder', bot: false, owner: true };
    for (const user of [this.botUser, this.founder]) this.users.set(user.id, user);
    world.workspaces.set(this.id, this);
  }

  addChannel(name: string, options: ChannelOptions = {}): FakeChannel {
    if (options.between)
      return new Channel(this.#world, this, { name, kind: 'im', isMember: false, ...options });
    const kind = options.isPrivate ? 'private' : 'public';
    return new Channel(this.#world, this, { name, kind, ...options });
  }

  channel(name: string): FakeChannel {
    const found = [...this.channels.values()].find((channel) => channel.name === name);
    if (!found) throw new Error(`No channel ${name} in ${this.name}`);
    return found;
  }

  allow(asked: Pick<Grant, 'scopes' | 'redirectUri'> = {}): string {
    const code = randomBytes(12).toString('hex');
    this.#world.codes.set(code, { ...asked, workspace: this, at: this.#world.now() });
    return code;
  }

  authorize(address: string): URLSearchParams {
    const asked = new URL(address).searchParams;
    const complain = (what: string) => this.#world.journal.violation(`The authorization page: ${what}`);
    if (asked.get('client_id') !== this.#world.clientId) complain('invalid client_id');
    const scopes = (asked.get('scope') ?? '').split(',').filter(Boolean);
    if (scopes.length === 0) complain('no scopes requested');
    const unknown = scopes.filter((scope) => !KNOWN_SCOPES.has(scope));
    if (unknown.length > 0) complain(`invalid_scope: ${unknown.join(',')}`);
    const redirectUri = asked.get('redirect_uri');
    const code = this.allow({ scopes, ...(redirectUri !== null && { redirectUri }) });
    const state = asked.get('state');
    return new URLSearchParams({ code, ...(state !== null && { state }) });
  }

  install({ scopes }: Grant): void {
    // If it is installed again, it keeps its token.
    if (!this.installed) this.token = newToken(this.id);
    this.installed = true;
    if (!scopes) return;
    this.scopes.clear();
    for (const scope of scopes) this.scopes.add(scope);
  }

  /** Revokes its token. */
  remove(): void {
    this.installed = false;
    this.deadTokens.add(this.token);
  }
}

function newToken(workspace: string): string {
  return `xoxb-${workspace}-${randomBytes(12).toString('hex')}`;
}

interface ChannelMaking extends ChannelOptions {
  readonly name: string;
  readonly kind: FakeChannel['kind'];
  readonly partner?: User;
}

class Channel implements FakeChannel {
  id: string;
  readonly name: string;
  readonly workspace: FakeWorkspace;
  readonly kind: FakeChannel['kind'];
  readonly creator: User;
  readonly partner: User | undefined;
  readonly created: Date;
  readonly topic: string;
  readonly purpose: string;
  readonly members: Set<string>;
  readonly messages: FakeMessage[] = [];
  readonly ephemerals: FakeMessage[] = [];
  isMember: boolean;
  archived = false;
  restricted = false;
  readonly #world: World;

  constructor(world: World, workspace: Workspace, making: ChannelMaking) {
    this.#world = world;
    this.id = world.ids.next(making.kind === 'im' ? 'D' : 'C');
    this.name = making.name;
    this.workspace = workspace;
    this.kind = making.kind;
    this.creator = making.creator ?? workspace.founder;
    this.partner = making.partner;
    this.created = world.clock.now();
    this.isMember = making.isMember ?? true;
    this.topic = making.topic ?? '';
    this.purpose = making.purpose ?? '';
    // Everyone reads public channels, and people who are added later join them.
    const alone = making.partner ? [making.partner] : making.between;
    const people = alone ? alone.map(({ id }) => id) : [...workspace.users.keys()];
    this.members = new Set(people.filter((id) => id !== workspace.botUser.id));
    workspace.channels.set(this.id, this);
  }

  archive(): void {
    this.archived = true;
    this.#tell({ type: 'channel_archive', channel: this.id, user: this.creator.id, is_moved: 0 });
  }

  delete(): void {
    this.workspace.channels.delete(this.id);
    this.#tell({ type: 'channel_deleted', channel: this.id });
  }

  changeId(): void {
    const old = this.id;
    this.workspace.channels.delete(old);
    this.id = this.#world.ids.next('C');
    this.workspace.channels.set(this.id, this);
    this.#tell({ type: 'channel_id_changed', old_channel_id: old, new_channel_id: this.id });
  }

  kickBot(): void {
    this.isMember = false;
    this.#tell({ type: 'channel_left', channel: this.id, actor_id: this.creator.id });
  }

  #tell(event: Readonly<Record<string, unknown>>): void {
    const isPrivate = this.kind === 'private';
    const scopes = [isPrivate ? 'groups:read' : 'channels:read'];
    // The bot learns nothing of a private channel that it is not in, except that it was removed from it.
    if (isPrivate && !this.isMember && event['type'] !== 'channel_left') return;
    emitEvent(
      this.#world,
      { ...event, event_ts: this.#world.ids.ts() },
      { workspace: this.workspace, scopes },
    );
  }
}

/** The bot's channel with a person; opened if there is none. */
export function directChannel(world: World, workspace: FakeWorkspace, partner: User): FakeChannel {
  const known = [...workspace.channels.values()].find((channel) => channel.partner === partner);
  if (known) return known;
  return new Channel(world, workspace as Workspace, { name: `with-${partner.name}`, kind: 'im', partner });
}

/** Removes the app: revokes its token and sends it the event. */
export function uninstall(world: World, workspace: FakeWorkspace): void {
  if (!workspace.installed) return;
  (workspace as Workspace).remove();
  const told = { workspace, scopes: [] };
  const tokens = { oauth: [], bot: [workspace.botUser.id] };
  emitEvent(world, { type: 'tokens_revoked', tokens, event_ts: world.ids.ts() }, told);
  emitEvent(world, { type: 'app_uninstalled', event_ts: world.ids.ts() }, told);
}

/** A person revokes the permission to act in their name. The app's bot stays. */
export function revokeUserToken(world: World, workspace: FakeWorkspace, user: User): void {
  const event = { type: 'tokens_revoked', tokens: { oauth: [user.id], bot: [] }, event_ts: world.ids.ts() };
  emitEvent(world, event, { workspace, scopes: [] });
}
