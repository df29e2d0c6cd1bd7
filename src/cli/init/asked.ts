/** Values that `init` asks for: label, location and format of each. */
import { SETTINGS, type SettingName } from '../../config/settings.ts';

interface Asked {
  /** Name within a sentence, as on the page that shows it. */
  readonly label: string;
  /** Path through menus; absent for values that the operator makes up. */
  readonly found?: string;
  readonly looks?: { readonly pattern: RegExp; readonly like: string };
}

const DISCORD_PORTAL = 'https://discord.com/developers/applications';
export const SLACK_APPS = 'https://api.slack.com/apps';

/** In the order of the questions. Patterns apply to tidied values. */
export const ASKED = {
  DISCORD_TOKEN: {
    label: 'Discord bot token',
    found: `${DISCORD_PORTAL} → your application → Bot → Reset Token`,
    looks: {
      pattern: /^[\w-]{20,}\.[\w-]{3,}\.[\w-]{20,}$/,
      like: 'about 70 characters in three parts, separated by dots',
    },
  },
  SLACK_BOT_TOKEN: {
    label: 'Slack Bot User OAuth Token',
    found: `${SLACK_APPS} → your app → Install App → Install to Workspace`,
    looks: { pattern: /^xoxb-[\w-]{10,}$/, like: 'xoxb- followed by about 50 characters' },
  },
  SLACK_APP_TOKEN: {
    label: 'Slack app-level token',
    found: `${SLACK_APPS} → your app → Basic Information → App-Level Tokens → Generate Token and Scopes, with the scope connections:write`,
    looks: { pattern: /^xapp-[\w-]{10,}$/, like: 'xapp- followed by about 90 characters' },
  },
  SLACK_CLIENT_ID: {
    label: 'client ID of the Slack app',
    found: `${SLACK_APPS} → your app → Basic Information → App Credentials`,
    looks: { pattern: /^\d+\.\d+$/, like: 'two numbers with a dot between them' },
  },
  SLACK_CLIENT_SECRET: {
    label: 'client secret of the Slack app',
    found: `${SLACK_APPS} → your app → Basic Information → App Credentials`,
    looks: { pattern: /^[0-9a-f]{32}$/, like: '32 characters from 0–9 and a–f' },
  },
  SLACK_SIGNING_SECRET: {
    label: 'signing secret of the Slack app',
    found: `${SLACK_APPS} → your app → Basic Information → App Credentials`,
    looks: { pattern: /^[0-9a-f]{32}$/, like: '32 characters from 0–9 and a–f' },
  },
  SECRET_KEY: { label: 'key that encrypts the workspaces’ tokens' },
  SLACK_PORT: { label: 'port for Slack’s requests' },
  OPENAI_BASE_URL: { label: 'address of the language model' },
  OPENAI_API_KEY: { label: 'API key of the language model' },
  OPENAI_MODEL: { label: 'name of the language model' },
  ARXIV_CATEGORIES: { label: 'categories on arXiv, such as cs.LG' },
  DEFAULT_ZONE: { label: 'time zone, such as Europe/Berlin' },
  DATA_DIR: { label: 'folder for the data' },
} as const satisfies Partial<Record<SettingName, Asked>>;

export type AskedName = keyof typeof ASKED;

export const ASKED_NAMES = Object.keys(ASKED) as AskedName[];

export function factsOf(name: AskedName): Asked {
  return ASKED[name];
}

export function isSecret(name: SettingName): boolean {
  const { secret }: { readonly secret?: true } = SETTINGS[name];
  return secret === true;
}
