/** Parses the environment once into a frozen, typed configuration. */
import { join } from 'node:path';
import type { z } from 'zod';
import { compact } from '../base/compact.ts';
import { UserError } from '../base/errors.ts';
import type { DatabaseLocation } from '../db/location.ts';
import type { TeamPolicy } from '../library/teams.ts';
import { dkimOf } from './dkim.ts';
import type { Environment } from './environment.ts';
import { readSecretFile } from './secret-file.ts';
import { fileSettingOf, SETTINGS, type SettingName } from './settings.ts';

type ValueOf<Name extends SettingName> = z.output<(typeof SETTINGS)[Name]['schema']>;
type Values = { readonly [Name in SettingName]: ValueOf<Name> | undefined };

export type Config = ReturnType<typeof parseConfig>;

/** @throws UserError that names the variable and the fix */
export function parseConfig(environment: Environment) {
  const values = parseValues(environment);
  const dataDir = required(values, 'DATA_DIR');
  return Object.freeze({
    dataDir,
    database: {
      path: join(dataDir, 'paperboy.db'),
      ...compact({ url: values.DATABASE_URL }),
    } satisfies DatabaseLocation,
    logFile: join(dataDir, 'paperboy.log'),
    sources: required(values, 'SOURCES'),
    huggingFace: { endpoint: required(values, 'HF_ENDPOINT'), token: values.HF_TOKEN },
    arxiv: {
      apiUrl: required(values, 'ARXIV_API_URL'),
      rssUrl: required(values, 'ARXIV_RSS_URL'),
      oaiUrl: required(values, 'ARXIV_OAI_URL'),
      categories: required(values, 'ARXIV_CATEGORIES'),
      sets: values.ARXIV_SETS ?? [],
    },
    semanticScholar: { apiUrl: required(values, 'S2_API_URL'), apiKey: values.S2_API_KEY },
    zotero: { apiUrl: required(values, 'ZOTERO_API_URL') },
    secretKey: values.SECRET_KEY,
    languageModel:
      values.OPENAI_MODEL === undefined ? undefined : languageModelOf(values, values.OPENAI_MODEL),
    discord: values.DISCORD_TOKEN === undefined ? undefined : discordOf(values, values.DISCORD_TOKEN),
    slack: slackOf(values),
    teams: teamsOf(values),
    embeddings: embeddingsOf(values),
    saveEmoji: required(values, 'SAVE_EMOJI'),
    defaultZone: required(values, 'DEFAULT_ZONE'),
    feedsFile: values.FEEDS_FILE,
    alertChannel: values.ALERT_CHANNEL,
    mail: mailOf(values),
    health:
      values.HTTP_PORT === undefined
        ? undefined
        : { port: values.HTTP_PORT, metricsToken: values.METRICS_TOKEN, publicUrl: values.PUBLIC_URL },
    systemd: systemdOf(environment),
    backups: required(values, 'BACKUPS'),
    logLevel: required(values, 'LOG_LEVEL'),
  });
}

function languageModelOf(values: Values, model: string) {
  return {
    model,
    baseUrl: required(values, 'OPENAI_BASE_URL'),
    apiKey: values.OPENAI_API_KEY,
    allowance: { aDay: required(values, 'MODEL_CALLS'), aPerson: required(values, 'MODEL_CALLS_PER_PERSON') },
  };
}

function discordOf(values: Values, token: string) {
  return {
    token,
    guildId: values.DISCORD_GUILD_ID,
    shards: values.DISCORD_SHARDS,
    apiUrl: required(values, 'DISCORD_API_URL'),
  };
}

function slackOf(values: Values) {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
  } = values;
  const install = installOf(values);
  if (botToken === undefined && install === undefined) return undefined;
  if (appToken === undefined && signingSecret === undefined) {
    throw new UserError(
      `${install ? 'SLACK_CLIENT_ID' : 'SLACK_BOT_TOKEN'} cannot receive events on its own. Also set SLACK_APP_TOKEN (events through a socket) or SLACK_SIGNING_SECRET (over HTTP).`,
    );
  }
  return {
    botToken,
    install,
    appToken,
    signingSecret,
    port: required(values, 'SLACK_PORT'),
    apiUrl: required(values, 'SLACK_API_URL'),
  };
}

/** The app that workspaces install themselves. @throws UserError if one of its three settings is missing */
function installOf(values: Values) {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SECRET_KEY: secretKey } = values;
  if (clientId === undefined && clientSecret === undefined) return undefined;
  if (clientId === undefined || clientSecret === undefined || secretKey === undefined) {
    const missing = Object.entries({
      SLACK_CLIENT_ID: clientId,
      SLACK_CLIENT_SECRET: clientSecret,
      SECRET_KEY: secretKey,
    }).flatMap(([name, value]) => (value === undefined ? [name] : []));
    throw new UserError(
      `Workspaces cannot install the Slack app without ${missing.join(' and ')}. Set this in .env or the environment.`,
    );
  }
  return { clientId, clientSecret, secretKey };
}

function teamsOf(values: Values): TeamPolicy {
  const strangers = new Set(installOf(values) ? ['slack'] : []);
  return { joined: required(values, 'TEAMS') === 'one', strangers };
}

/** @throws UserError for a server without a model */
function embeddingsOf(values: Values) {
  const { EMBEDDINGS_BASE_URL: baseUrl, EMBEDDINGS_API_KEY: apiKey, EMBEDDINGS_MODEL: model } = values;
  if (baseUrl !== undefined && model === undefined) {
    throw new UserError('EMBEDDINGS_BASE_URL needs a model. Set EMBEDDINGS_MODEL too.');
  }
  return model === undefined ? undefined : { baseUrl, apiKey, model };
}

/** @throws UserError for a server without a sender */
function mailOf(values: Values) {
  const { SMTP_URL: url, MAIL_FROM: from } = values;
  if (url === undefined) return undefined;
  if (from === undefined)
    throw new UserError('SMTP_URL needs a sender. Set MAIL_FROM too, such as papers@lab.example.');
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: keyFile } = values;
  const dkim = dkimOf({ DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: keyFile });
  return { url, from, perHour: required(values, 'MAIL_PER_HOUR'), dkim };
}

/** Text of a setting, or an error as the end of a sentence that begins with its name. */
interface Raw {
  readonly text?: string;
  readonly inFile?: boolean;
  readonly fault?: string;
}

/**
 * Set by systemd for `Type=notify`: https://www.freedesktop.org/software/systemd/man/sd_watchdog_enabled.html
 */
function systemdOf({ NOTIFY_SOCKET: socket, WATCHDOG_USEC: microseconds, PATH }: Environment) {
  if (!socket) return undefined;
  return {
    environment: compact({ NOTIFY_SOCKET: socket, PATH }),
    ...(Number(microseconds) > 0 && { watchdogMs: Number(microseconds) / 1_000 }),
  };
}

/** An empty variable counts as not set, as in a `.env` copied from the example. */
function readRaw(environment: Environment, name: SettingName): Raw {
  const { default: standard }: { default?: string } = SETTINGS[name];
  const own = environment[name]?.trim();
  const fileSetting = fileSettingOf(name);
  const file = fileSetting === undefined ? undefined : environment[fileSetting]?.trim();
  if (fileSetting === undefined || !file) return compact({ text: own || standard });
  if (own) return { text: own, fault: `is set, and so is ${fileSetting}; remove one of them` };
  return { ...readSecretFile(file, fileSetting), inFile: true };
}

interface Read<Name extends SettingName> extends Raw {
  readonly value?: ValueOf<Name>;
}

function readSetting<Name extends SettingName>(environment: Environment, name: Name): Read<Name> {
  const raw = readRaw(environment, name);
  if (raw.text === undefined || raw.fault !== undefined) return raw;
  const { success, data, error } = SETTINGS[name].schema.safeParse(raw.text);
  if (success) return { ...raw, value: data as ValueOf<Name> };
  return { ...raw, fault: error.issues[0]?.message ?? 'cannot be read' };
}

/** Text from the environment, from a secret's file, or the default. */
export function rawValue(environment: Environment, name: SettingName): string | undefined {
  return readRaw(environment, name).text;
}

/** True if a secret is read from the file set by `NAME_FILE`. */
export function isInFile(environment: Environment, name: SettingName): boolean {
  return readRaw(environment, name).inFile === true;
}

/** Error in one variable, as the end of a sentence that begins with its name; `undefined` if it is valid. */
export function faultOf(environment: Environment, name: SettingName): string | undefined {
  return readSetting(environment, name).fault;
}

/** Reads each secret's file once. */
function parseValues(environment: Environment): Values {
  const read = (Object.keys(SETTINGS) as SettingName[]).map(
    (name) => [name, readSetting(environment, name)] as const,
  );
  const faults = read.flatMap(([name, { fault }]) => (fault === undefined ? [] : [`${name} ${fault}.`]));
  if (faults.length > 0) throw new UserError(`${faults.join(' ')} Fix it in .env or the environment.`);
  return Object.fromEntries(read.map(([name, { value }]) => [name, value])) as Values;
}

function required<Name extends SettingName>(values: Values, name: Name): ValueOf<Name> {
  const value = values[name];
  if (value === undefined) throw new Error(`${name} has no default`);
  return value as ValueOf<Name>;
}
