/** Generates the app manifest for Slack: commands, scopes and events. */
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
  /** Domains whose links unfurl. Only the first five count. */
  readonly domains: readonly string[];
  /**
   * False to omit the history scopes. After a crash, unconfirmed posts must then be resolved by hand, and the
   * past messages of channels cannot be imported.
   */
  readonly history: boolean;
  /** Public URL for Slack's requests, such as `https://bot.example.org`; Socket Mode when absent. */
  readonly url?: string;
  /** Public URL of the installation pages; `url` when absent. */
  readonly install?: string;
}

const NAME = 'Paperboy';
const DESCRIPTION = 'Brings research papers to the channels where your lab already talks.';
const LONG_DESCRIPTION = `${NAME} finds research papers by words, author, category or date, summarises each in one sentence, and keeps a list of the papers that you save. A channel can follow trending papers: each weekday, at a time that you choose, it gets a thread with one message per paper. A reaction saves a paper. Links to papers unfurl into cards.`;
const REDIRECT_PATH = '/slack/oauth_redirect';

/** Required scopes, each with its reason. https://docs.slack.dev/reference/scopes */
export const SCOPES = [
  'app_mentions:read', // answers mentions
  'channels:read', // reads a channel's creator and whether it is archived
  'chat:write',
  'chat:write.public', // posts to public channels without an invitation
  'commands',
  'files:write', // sends exported lists
  'groups:read', // the same for private channels
  'im:history', // answers direct messages
  'im:write', // tells a channel manager that a feed has stopped
  'links:read',
  'links:write', // unfurls links to papers
  'reactions:read', // saves papers by reaction
  'users:read', // reads administrators and time zones
] as const satisfies BotScopes;

/** Used to check whether an unconfirmed message was posted, and for past messages that people import. */
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
      // Direct messages allow private searches.
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: NAME.toLowerCase(), always_online: true },
      slash_commands: rootsOf(catalogue).map((root) => ({
        command: `/${root}`,
        description: roots[root as Root].description,
        usage_hint: clip(commandNamesIn(catalogue, root).join(' | '), USAGE_HINT),
        // Escaping changes typed names and URLs, but is the only way to get user ids.
        should_escape: NAMES_PEOPLE.has(root),
        ...(address !== undefined && { url: address }),
      })),
      shortcuts: menu.map(({ label, description }) => ({
        type: 'message',
        name: clip(label, SHORTCUT_NAME),
        callback_id: shortcutId(label),
        description,
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

/** Callback id of a message shortcut. */
export function shortcutId(label: string): string {
  return label.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** Roots whose commands take users. For these, the manifest requests user ids. */
export const NAMES_PEOPLE: ReadonlySet<string> = new Set(['paperfeed']);
