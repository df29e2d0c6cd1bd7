/** The app as Slack creates it from one paste: its commands, what it may do and what it is told, all from the definitions. */
import type { webApi } from '@slack/bolt';
import { clip } from '../../../chat/clip.ts';
import { type Catalogue, commandNamesIn, rootsOf } from '../../../command/catalogue.ts';
import type { MessageActionShape, Root, RootFacts } from '../../../command/define.ts';
import { EVENTS_PATH } from '../connection/addresses.ts';
import { SHORTCUT_NAME, UNFURL_DOMAINS, USAGE_HINT } from '../rendering/limits.ts';

export type Manifest = webApi.AppsManifestCreateArguments['manifest'];
type BotScopes = NonNullable<NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>['bot']>;

interface ManifestOptions {
  readonly catalogue: Catalogue;
  readonly roots: Readonly<Record<Root, RootFacts>>;
  readonly menu: readonly MessageActionShape[];
  /** Whose links unfurl. The first five count. */
  readonly domains: readonly string[];
  /** Without it the bot cannot read back what it posted: after a crash a doubtful delivery waits for a person. */
  readonly history: boolean;
  /** Where Slack sends requests, such as `https://bot.example.org`; over Socket Mode when left out. */
  readonly url?: string;
  /** Where workspaces install the app themselves; where requests go when left out. */
  readonly install?: string;
}

const NAME = 'Paperboy';
const DESCRIPTION = 'Brings research papers to the channels where your lab already talks.';
const LONG_DESCRIPTION = `${NAME} finds research papers by words, author, category or date, says in one sentence what each did, and keeps the list of what you saved. A channel can follow what trends: it gets a thread each weekday, at its own time, with a message for each paper, and a reaction on one saves it. Links to papers unfurl into cards.`;
const REDIRECT_PATH = '/slack/oauth_redirect';

/** What the bot asks for, each with its reason. https://docs.slack.dev/reference/scopes */
export const SCOPES = [
  'app_mentions:read', // answers when it is spoken to
  'channels:read', // finds a channel's creator, and whether it is archived
  'chat:write',
  'chat:write.public', // posts to a public channel that nobody invited it to
  'commands',
  'groups:read', // the same of private channels
  'im:history', // is spoken to in a conversation of its own
  'im:write', // tells a manager alone that a feed has stopped
  'links:read',
  'links:write', // unfurls links to papers
  'reactions:read', // a reaction saves a paper
  'users:read', // knows who administers the workspace, and a person's time zone
] as const satisfies BotScopes;

/** Only to look, after a lost answer, whether a message stands in its channel. */
export const HISTORY_SCOPES = ['channels:history', 'groups:history'] as const satisfies BotScopes;

const EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_id_changed',
  'link_shared',
  'message.im',
  'reaction_added',
  'reaction_removed',
  'tokens_revoked',
] as const;

export function toManifest(options: ManifestOptions): Manifest {
  const { catalogue, roots, menu, domains, history, url, install = url } = options;
  const address = url === undefined ? undefined : under(url, EVENTS_PATH);
  return {
    display_information: {
      name: NAME,
      description: DESCRIPTION,
      long_description: LONG_DESCRIPTION,
      background_color: '#2c4a73',
    },
    features: {
      // A conversation with the bot is where somebody searches unseen.
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: NAME.toLowerCase(), always_online: true },
      slash_commands: rootsOf(catalogue).map((root) => ({
        command: `/${root}`,
        description: roots[root as Root].description,
        usage_hint: clip(commandNamesIn(catalogue, root).join(' | '), USAGE_HINT),
        // Escaped, a name or an address would not be what somebody typed; but a person's id comes in no other way.
        should_escape: NAMES_PEOPLE.has(root),
        ...(address !== undefined && { url: address }),
      })),
      shortcuts: menu.map(({ label }) => ({
        type: 'message',
        name: clip(label, SHORTCUT_NAME),
        callback_id: shortcutId(label),
        description: `${label}: those that this message links to.`,
      })),
      unfurl_domains: domains.slice(0, UNFURL_DOMAINS),
    },
    oauth_config: {
      ...(install !== undefined && { redirect_urls: [under(install, REDIRECT_PATH)] }),
      scopes: { bot: [...SCOPES, ...(history ? HISTORY_SCOPES : [])] },
    },
    settings: {
      event_subscriptions: {
        bot_events: [...EVENTS],
        ...(address !== undefined && { request_url: address }),
      },
      interactivity: {
        is_enabled: true,
        ...(address !== undefined && { request_url: address, message_menu_options_url: address }),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: address === undefined,
      token_rotation_enabled: false,
    },
  };
}

function under(url: string, path: string): string {
  return `${url.replace(/\/+$/, '')}${path}`;
}

/** By which the choice of a menu's entry is known. */
export function shortcutId(label: string): string {
  return label.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** Commands in which a person is meant, and not a name; the manifest asks Slack for the form with their ids. */
export const NAMES_PEOPLE: ReadonlySet<string> = new Set(['paperfeed']);
