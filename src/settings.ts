/** Every setting in one table: its meaning, its form, its default. The README and `.env.example` are rendered from it. */
import { z } from 'zod';
import { parseZone } from './delivery/options/zones.ts';
import { messageOf } from './errors.ts';

/** `https://host/path`, kept without a slash at its end. */
const url = z
  .url({ protocol: /^https?$/, error: 'is no address: it begins with http:// or https://' })
  .transform((text) => text.replace(/\/+$/, ''));

function listOf<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (text) =>
      String(text)
        .split(/[\s,]+/)
        .filter(Boolean),
    z.array(item),
  );
}

const port = z.coerce.number({ error: 'is a whole number from 1 to 65535' }).int().min(1).max(65_535);

const category = z
  .string()
  .regex(/^[a-z][a-z-]+(\.[A-Za-z-]{2,})?$/, 'holds what is no arXiv category: they look like cs.LG');

/** `none` stands alone and means that nothing is polled. */
const sources = listOf(
  z.enum(['hugging-face', 'arxiv', 'semantic-scholar', 'none'], {
    error: 'knows hugging-face, arxiv, semantic-scholar and none, separated by commas',
  }),
).transform((names) => names.filter((name) => name !== 'none'));

/** In its proper spelling. */
const zone = z.string().transform((text, context) => {
  try {
    return parseZone(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: `is no time zone: ${messageOf(error).replace(/\.$/, '')}` });
    return z.NEVER;
  }
});

interface Setting<T extends z.ZodType = z.ZodType> {
  /** A phrase for the README's table. */
  readonly meaning: string;
  readonly form: T;
  /** As somebody would write it into `.env`; absent when the setting may be. */
  readonly default?: string;
  /** Never shown: not by the doctor, not in a log. It can stand in a file, which `NAME_FILE` names. */
  readonly secret?: true;
}

const setting = <T extends z.ZodType>(facts: Setting<T>) => facts;

export const SETTINGS = {
  DATA_DIR: setting({
    meaning: 'Folder of the database, its backups and the log',
    form: z.string().min(1, 'is empty: name a folder'),
    default: 'data',
  }),
  SOURCES: setting({
    meaning:
      'What is polled: `hugging-face`, `arxiv`, `semantic-scholar` (adds citations and venues), or `none`',
    form: sources,
    default: 'hugging-face,arxiv',
  }),
  HF_ENDPOINT: setting({ meaning: 'Hugging Face', form: url, default: 'https://huggingface.co' }),
  HF_TOKEN: setting({
    meaning: 'A free Hugging Face token doubles its rate limit; nothing needs it',
    form: z.string().min(1),
    secret: true,
  }),
  ARXIV_API_URL: setting({
    meaning: 'arXiv, queries',
    form: url,
    default: 'https://export.arxiv.org/api/query',
  }),
  ARXIV_RSS_URL: setting({ meaning: 'arXiv, daily feeds', form: url, default: 'https://rss.arxiv.org/atom' }),
  ARXIV_CATEGORIES: setting({
    meaning: 'arXiv categories whose new papers are loaded each day',
    form: listOf(category),
    default: 'cs.LG,cs.CL,cs.CV,cs.AI',
  }),
  S2_API_URL: setting({ meaning: 'Semantic Scholar', form: url, default: 'https://api.semanticscholar.org' }),
  S2_API_KEY: setting({ meaning: 'Semantic Scholar key', form: z.string().min(1), secret: true }),
  OPENAI_BASE_URL: setting({
    meaning: "Where the language model answers: any server that speaks OpenAI's protocol, a local one too",
    form: url,
    default: 'https://api.openai.com/v1',
  }),
  OPENAI_API_KEY: setting({
    meaning: 'Its key; a local server may need none',
    form: z.string().min(1),
    secret: true,
  }),
  OPENAI_MODEL: setting({
    meaning: 'The language model that writes summaries and answers; without one they are extracted',
    form: z.string().min(1).max(100),
  }),
  MODEL_CALLS: setting({
    meaning: 'How often the language model is asked in a day (UTC)',
    form: z.coerce.number({ error: 'is a whole number' }).int().min(0).max(1_000_000),
    default: '500',
  }),
  MODEL_CALLS_PER_PERSON: setting({
    meaning: 'How often for one person',
    form: z.coerce.number({ error: 'is a whole number' }).int().min(0).max(1_000_000),
    default: '50',
  }),
  DISCORD_TOKEN: setting({
    meaning: "The bot's token, from discord.com/developers: with it, the bot serves Discord",
    form: z.string().min(1),
    secret: true,
  }),
  DISCORD_GUILD_ID: setting({
    meaning: 'A server that gets new commands at once, while developing; all servers when left out',
    form: z.string().regex(/^\d{17,20}$/, 'is no id of a server: they are 17 to 20 digits'),
  }),
  DISCORD_SHARDS: setting({
    meaning: 'Connections to Discord; as many as it recommends when left out',
    form: z.coerce.number({ error: 'is a whole number from 1 to 512' }).int().min(1).max(512),
  }),
  DISCORD_API_URL: setting({ meaning: 'Discord', form: url, default: 'https://discord.com/api' }),
  SLACK_BOT_TOKEN: setting({
    meaning: 'The bot token (`xoxb-…`), from api.slack.com/apps: with it, the bot serves Slack',
    form: z.string().startsWith('xoxb-', 'is no bot token: they begin with xoxb-'),
    secret: true,
  }),
  SLACK_APP_TOKEN: setting({
    meaning: 'The app-level token (`xapp-…`) with `connections:write`: events come through a socket',
    form: z.string().startsWith('xapp-', 'is no app-level token: they begin with xapp-'),
    secret: true,
  }),
  SLACK_SIGNING_SECRET: setting({
    meaning: 'In place of the app-level token: events come as signed requests over HTTP',
    form: z.string().min(1),
    secret: true,
  }),
  SLACK_CLIENT_ID: setting({
    meaning:
      'In place of the bot token, with the next two: every workspace that installs the app at `/slack/install` is served',
    form: z.string().regex(/^[\d.]+$/, 'is no client id: they are digits with a dot between'),
  }),
  SLACK_CLIENT_SECRET: setting({
    meaning: "The app's client secret, from api.slack.com/apps → Basic Information",
    form: z.string().min(1),
    secret: true,
  }),
  SECRET_KEY: setting({
    meaning:
      'What the tokens of those workspaces are encrypted with in the database: `openssl rand -base64 32`',
    form: z
      .string()
      .min(32, 'is too short: make one of 32 characters or more, as by openssl rand -base64 32'),
    secret: true,
  }),
  SLACK_PORT: setting({
    meaning: "Port of Slack's requests over HTTP, and of the pages that install the app",
    form: port,
    default: '3000',
  }),
  SLACK_API_URL: setting({ meaning: 'Slack', form: url, default: 'https://slack.com/api' }),
  EMBEDDINGS_BASE_URL: setting({
    meaning:
      "A server that speaks OpenAI's embeddings, such as `http://127.0.0.1:11434/v1`; without one, meanings are learned from the papers here",
    form: url,
  }),
  EMBEDDINGS_API_KEY: setting({
    meaning: "That server's key, where it wants one",
    form: z.string().min(1),
    secret: true,
  }),
  EMBEDDINGS_MODEL: setting({
    meaning:
      'Its model; without a server, a model for `@huggingface/transformers`, which is then to be installed',
    form: z.string().min(1),
  }),
  SAVE_EMOJI: setting({
    meaning: "Reactions that save a paper: characters, or the names of a server's own emoji",
    form: listOf(z.string().min(1).max(32)).refine((list) => list.length > 0, 'is empty: name an emoji'),
    default: '🔖',
  }),
  DEFAULT_ZONE: setting({
    meaning: 'Time zone of channels that name none, such as `Europe/Berlin`',
    form: zone,
    default: 'UTC',
  }),
  FEEDS_FILE: setting({
    meaning: 'A JSON file of feeds, for those who keep what channels follow in git',
    form: z.string().min(1),
  }),
  ALERT_CHANNEL: setting({
    meaning: 'Where the bot says that something is wrong with it, such as `discord:SERVER_ID:CHANNEL_ID`',
    form: z
      .string()
      .regex(/^[a-z]+:[^:\s]+:[^:\s]+$/, 'is written like discord:SERVER_ID:CHANNEL_ID')
      .transform((text) => {
        const [platform = '', workspace = '', channel = ''] = text.split(':');
        return { platform, workspace, channel };
      }),
  }),
  HTTP_PORT: setting({
    meaning: 'Port of `/healthz`, `/readyz` and `/metrics` while a platform is served; none when left out',
    form: port,
  }),
  METRICS_TOKEN: setting({
    meaning:
      'Whoever asks for `/metrics` must send it, as `Authorization: Bearer …`; anybody may ask when left out',
    form: z
      .string()
      .regex(
        /^[\x21-\x7e]{16,}$/,
        'is shorter than 16 characters or holds a space: make one, as by openssl rand -hex 32',
      ),
    secret: true,
  }),
  BACKUPS: setting({
    meaning: 'How many nightly backups are kept; 0 makes none',
    form: z.coerce.number({ error: 'is a whole number from 0 to 365' }).int().min(0).max(365),
    default: '7',
  }),
  LOG_LEVEL: setting({
    meaning: '`fatal`, `error`, `warn`, `info`, `debug` or `silent`',
    form: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
      error: 'knows fatal, error, warn, info, debug and silent',
    }),
    default: 'info',
  }),
} as const;

export type SettingName = keyof typeof SETTINGS;

/** What names the file of a secret; `undefined` for a setting that is none. */
export function fileSettingOf(name: SettingName): string | undefined {
  const { secret }: Setting = SETTINGS[name];
  return secret && `${name}_FILE`;
}

/** Whose library the terminal shares, and everybody else as long as nobody configures more teams than one. */
export const LOCAL_TEAM = 'local';
