/**
 * Table of all settings with meaning, schema and default. The guide and `.env.example` are rendered from it.
 */
import { z } from 'zod';
import { sourcesInWords } from '../papers/source-names.ts';
import { DEFAULT_DATA_DIR } from './environment.ts';
import {
  bareValue,
  category,
  hostName,
  port,
  saveEmoji,
  sender,
  sources,
  splitList,
  url,
  zone,
} from './setting-schemas.ts';

interface Setting<T extends z.ZodType = z.ZodType> {
  /** A phrase for the guide's table. */
  readonly meaning: string;
  readonly schema: T;
  /** As written in `.env`; absent if the setting is optional. */
  readonly default?: string;
  /** Never shown by the doctor or in a log. May be read from a file set by `NAME_FILE`. */
  readonly secret?: true;
}

const setting = <T extends z.ZodType>(facts: Setting<T>) => facts;

export const SETTINGS = {
  DATA_DIR: setting({
    meaning: 'Folder for the database, its backups and the log',
    schema: z.string().min(1, 'must be a folder'),
    default: DEFAULT_DATA_DIR,
  }),
  DATABASE_URL: setting({
    meaning:
      'PostgreSQL database that several processes share, such as `postgres://user:password@db.lab.example/paperboy`; by default, one process has a file of SQLite in `DATA_DIR` (see [scale.md](scale.md))',
    schema: z.url({
      protocol: /^postgres(?:ql)?$/,
      error: 'must be an address that begins with postgres://; write @ in a password as %40',
    }),
    secret: true,
  }),
  SOURCES: setting({
    meaning: `Where papers come from: ${sourcesInWords()}, or \`none\``,
    schema: sources,
    default: 'hugging-face,arxiv',
  }),
  HF_ENDPOINT: setting({
    meaning: 'Address of Hugging Face',
    schema: url,
    default: 'https://huggingface.co',
  }),
  HF_TOKEN: setting({
    meaning: 'Hugging Face token (optional and free), which doubles the rate limit',
    schema: bareValue,
    secret: true,
  }),
  ARXIV_API_URL: setting({
    meaning: "Address of arXiv's query API",
    schema: url,
    default: 'https://export.arxiv.org/api/query',
  }),
  ARXIV_RSS_URL: setting({
    meaning: "Address of arXiv's daily feeds",
    schema: url,
    default: 'https://rss.arxiv.org/atom',
  }),
  ARXIV_CATEGORIES: setting({
    meaning: 'arXiv categories whose new papers are fetched every day',
    schema: splitList(category),
    default: 'cs.LG,cs.CL,cs.CV,cs.AI',
  }),
  ARXIV_OAI_URL: setting({
    meaning: "Address of arXiv's lists of metadata (OAI-PMH)",
    schema: url,
    default: 'https://oaipmh.arxiv.org/oai',
  }),
  ARXIV_SETS: setting({
    meaning:
      'With `arxiv-all`: the archives or categories to read, such as `cs,stat.ML`; by default, all of arXiv',
    schema: splitList(category),
  }),
  S2_API_URL: setting({
    meaning: 'Address of the Semantic Scholar API',
    schema: url,
    default: 'https://api.semanticscholar.org',
  }),
  S2_API_KEY: setting({ meaning: 'Semantic Scholar API key', schema: bareValue, secret: true }),
  ZOTERO_API_URL: setting({
    meaning: "Address of Zotero's Web API, for people who connect their library (needs `SECRET_KEY`)",
    schema: url,
    default: 'https://api.zotero.org',
  }),
  OPENAI_BASE_URL: setting({
    meaning: 'Address of the language model: any server with an OpenAI-compatible API, including a local one',
    schema: url,
    default: 'https://api.openai.com/v1',
  }),
  OPENAI_API_KEY: setting({
    meaning: 'API key for that server; a local one may not need it',
    schema: bareValue,
    secret: true,
  }),
  OPENAI_MODEL: setting({
    meaning: 'Model that writes summaries and answers; without one, they are extracted from the abstracts',
    schema: z.string().min(1).max(100),
  }),
  MODEL_CALLS: setting({
    meaning: 'Maximum number of calls to the language model per day (UTC)',
    schema: z.coerce.number({ error: 'must be a whole number' }).int().min(0).max(1_000_000),
    default: '500',
  }),
  MODEL_CALLS_PER_PERSON: setting({
    meaning: 'Maximum number of these calls per person and day',
    schema: z.coerce.number({ error: 'must be a whole number' }).int().min(0).max(1_000_000),
    default: '50',
  }),
  DISCORD_TOKEN: setting({
    meaning: 'Bot token from discord.com/developers; turns Discord on',
    schema: bareValue,
    secret: true,
  }),
  DISCORD_GUILD_ID: setting({
    meaning: 'For development: registers the commands in this server only',
    schema: z.string().regex(/^\d{17,20}$/, 'must be a server ID of 17 to 20 digits'),
  }),
  DISCORD_SHARDS: setting({
    meaning: 'Number of gateway shards; by default, as many as Discord recommends',
    schema: z.coerce.number({ error: 'must be a whole number from 1 to 512' }).int().min(1).max(512),
  }),
  DISCORD_API_URL: setting({
    meaning: 'Address of the Discord API',
    schema: url,
    default: 'https://discord.com/api',
  }),
  SLACK_BOT_TOKEN: setting({
    meaning: 'Bot token (`xoxb-…`) from api.slack.com/apps; turns Slack on',
    schema: z.string().startsWith('xoxb-', 'must be a bot token, which begins with xoxb-'),
    secret: true,
  }),
  SLACK_APP_TOKEN: setting({
    meaning: 'App-level token (`xapp-…`) with `connections:write`: events arrive through a socket',
    schema: z.string().startsWith('xapp-', 'must be an app-level token, which begins with xapp-'),
    secret: true,
  }),
  SLACK_SIGNING_SECRET: setting({
    meaning: 'Instead of the app-level token: events arrive as signed HTTP requests',
    schema: bareValue,
    secret: true,
  }),
  SLACK_CLIENT_ID: setting({
    meaning:
      'Instead of the bot token, with `SLACK_CLIENT_SECRET` and `SECRET_KEY`: serves every workspace that installs the app at `/slack/install`',
    schema: z.string().regex(/^[\d.]+$/, 'must be a client ID: two numbers with a dot between them'),
  }),
  SLACK_CLIENT_SECRET: setting({
    meaning: "The app's client secret (api.slack.com/apps → Basic Information)",
    schema: bareValue,
    secret: true,
  }),
  SECRET_KEY: setting({
    meaning:
      'Encrypts the tokens of those workspaces, and the keys of connected Zotero libraries, in the database; create one with `openssl rand -base64 32`',
    schema: z.string().min(32, 'must have at least 32 characters; create one with openssl rand -base64 32'),
    secret: true,
  }),
  SLACK_PORT: setting({
    meaning: "Port for Slack's HTTP requests and the pages that install the app",
    schema: port,
    default: '3000',
  }),
  SLACK_API_URL: setting({
    meaning: 'Address of the Slack API',
    schema: url,
    default: 'https://slack.com/api',
  }),
  EMBEDDINGS_BASE_URL: setting({
    meaning:
      'Server with an OpenAI-compatible embeddings API, such as `http://127.0.0.1:11434/v1`; without one, embeddings are learned from your papers',
    schema: url,
  }),
  EMBEDDINGS_API_KEY: setting({
    meaning: 'API key for that server, if it needs one',
    schema: bareValue,
    secret: true,
  }),
  EMBEDDINGS_MODEL: setting({
    meaning:
      'Model on that server; without a server, a model for `@huggingface/transformers`, which you then have to install',
    schema: z.string().min(1),
  }),
  TEAMS: setting({
    meaning:
      'Team lists of saved papers: `by-server` (one for each Discord server and Slack workspace) or `one` (shared by all of them and the terminal)',
    schema: z.enum(['by-server', 'one'], { error: 'must be by-server or one' }),
    default: 'by-server',
  }),
  SAVE_EMOJI: setting({
    meaning: "Reactions that save a paper: emoji, or names of a server's custom emoji",
    schema: splitList(saveEmoji).refine((list) => list.length > 0, 'must contain an emoji'),
    default: '🔖',
  }),
  DEFAULT_ZONE: setting({
    meaning: 'Time zone of feeds that do not name one, such as `Europe/Berlin`',
    schema: zone,
    default: 'UTC',
  }),
  FEEDS_FILE: setting({
    meaning: 'JSON file of feeds, for configuration kept in git',
    schema: z.string().min(1),
  }),
  ALERT_CHANNEL: setting({
    meaning: 'Channel where the bot reports its own problems, such as `discord:SERVER_ID:CHANNEL_ID`',
    schema: z
      .string()
      .regex(/^[a-z]+:[^:\s]+:[^:\s]+$/, 'must have the form discord:SERVER_ID:CHANNEL_ID')
      .transform((text) => {
        const [platform = '', workspace = '', channel = ''] = text.split(':');
        return { platform, workspace, channel };
      }),
  }),
  HTTP_PORT: setting({
    meaning:
      'Port for `/healthz`, `/readyz` and `/metrics` while Discord or Slack is connected; off by default',
    schema: port,
  }),
  PUBLIC_URL: setting({
    meaning:
      'Public address of `HTTP_PORT`, such as `https://bot.example.org`; with it, lists of saved papers get addresses that Overleaf and Zotero can read',
    schema: url,
  }),
  METRICS_TOKEN: setting({
    meaning:
      'Token for `/metrics`, sent as `Authorization: Bearer …`; without it, everyone can read `/metrics`',
    schema: z
      .string()
      .regex(
        /^[\x21-\x7e]{16,}$/,
        'must have at least 16 characters and no spaces; create one with openssl rand -hex 32',
      ),
    secret: true,
  }),
  SMTP_URL: setting({
    meaning:
      'Mail server, such as `smtps://user:password@mail.lab.example` or `smtp://localhost:25`, so that people can get their digest by e-mail',
    schema: z.url({
      protocol: /^smtps?$/,
      error: 'must be an address that begins with smtp:// or smtps://; write @ in a user name as %40',
    }),
    secret: true,
  }),
  MAIL_FROM: setting({
    meaning: 'Sender of e-mail, such as `Paper digest <papers@lab.example>`',
    schema: sender,
  }),
  MAIL_PER_HOUR: setting({
    meaning: 'E-mails that the bot may send in an hour',
    schema: z.coerce.number({ error: 'must be a whole number from 1 to 100000' }).int().min(1).max(100_000),
    default: '200',
  }),
  DKIM_DOMAIN: setting({
    meaning:
      'Signs e-mail for this domain, with `DKIM_SELECTOR` and `DKIM_KEY_FILE`, if the mail server does not sign it',
    schema: hostName,
  }),
  DKIM_SELECTOR: setting({
    meaning: 'Name of the public key in DNS: `SELECTOR._domainkey.DOMAIN`',
    schema: hostName,
  }),
  DKIM_KEY_FILE: setting({
    meaning: 'File with the private key (RSA, PEM); create one with `openssl genrsa -out dkim.pem 2048`',
    schema: z.string().min(1, 'must be a file'),
  }),
  BACKUPS: setting({
    meaning: 'Nightly backups to keep; 0 turns them off',
    schema: z.coerce.number({ error: 'must be a whole number from 0 to 365' }).int().min(0).max(365),
    default: '7',
  }),
  LOG_LEVEL: setting({
    meaning: '`fatal`, `error`, `warn`, `info`, `debug` or `silent`',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
      error: 'must be fatal, error, warn, info, debug or silent',
    }),
    default: 'info',
  }),
} as const;

export type SettingName = keyof typeof SETTINGS;

/** The setting with the path of a secret's file; `undefined` for other settings. */
export function fileSettingOf(name: SettingName): string | undefined {
  const { secret }: Setting = SETTINGS[name];
  return secret && `${name}_FILE`;
}
