/** Checks new values with the platforms, as the doctor does for all settings. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Diagnostic, failing, ok } from '../../base/diagnostic.ts';
import { messageOf } from '../../base/errors.ts';
import { silentLog } from '../../base/log.ts';
import { parseConfig, rawValue } from '../../config/config.ts';
import type { Environment } from '../../config/environment.ts';
import { SETTINGS } from '../../config/settings.ts';
import { isServed } from '../../db/lock.ts';
import { examineLanguageModel } from '../../doctor/models.ts';
import { examineSettingsOf } from '../../doctor/sources.ts';
import type { AskedName } from './asked.ts';

export interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  /** Address at which an administrator adds the bot to a Discord server. */
  readonly invite?: string;
}

interface Check {
  readonly doing: string;
  readonly run: (environment: Environment) => Promise<Checked>;
}

const DISCORD: Check = {
  doing: 'Checking Discord',
  async run(environment) {
    const { discord } = parseConfig(only(environment, 'DISCORD_'));
    if (!discord) return { diagnostics: [] };
    const { examineDiscord } = await import('../../platforms/discord/examine.ts');
    return examineDiscord(discord);
  },
};

const SLACK_BOT: Check = {
  doing: 'Checking Slack',
  async run(environment) {
    const { COPY_BOT_TOKEN, examineWorkspace } = await import('../../platforms/slack/examine.ts');
    const token = rawValue(environment, 'SLACK_BOT_TOKEN') ?? '';
    const workspace = { token, mend: COPY_BOT_TOKEN };
    return { diagnostics: await examineWorkspace(workspace, () => [], slackOptions(environment)) };
  },
};

const SLACK_APP: Check = {
  doing: 'Opening a Slack socket',
  async run(environment) {
    const { examineAppToken, examineSameApp } = await import('../../platforms/slack/examine-app.ts');
    const options = slackOptions(environment);
    const botToken = rawValue(environment, 'SLACK_BOT_TOKEN');
    const installs = rawValue(environment, 'SLACK_CLIENT_ID') !== undefined;
    return {
      diagnostics: [
        ...(await examineAppToken(isRunning(environment), options)),
        ...(installs || botToken === undefined ? [] : await examineSameApp(botToken, options)),
      ],
    };
  },
};

const SLACK_CLIENT: Check = {
  doing: 'Checking Slack',
  async run(environment) {
    const { examineClient } = await import('../../platforms/slack/examine-app.ts');
    const clientId = rawValue(environment, 'SLACK_CLIENT_ID') ?? '';
    const clientSecret = rawValue(environment, 'SLACK_CLIENT_SECRET') ?? '';
    return { diagnostics: await examineClient({ clientId, clientSecret }, slackOptions(environment)) };
  },
};

const MODEL: Check = {
  doing: 'Checking the language model',
  async run(environment) {
    const { languageModel } = parseConfig(only(environment, 'OPENAI_', 'MODEL_'));
    return { diagnostics: languageModel ? [await examineLanguageModel(languageModel)] : [] };
  },
};

const ARXIV: Check = {
  doing: 'Checking arXiv',
  run: async (environment) => ({
    diagnostics: await examineSettingsOf('arxiv', parseConfig(only(environment, 'ARXIV_'))),
  }),
};

const FOLDER: Check = {
  doing: 'Checking the folder',
  run: async (environment) => ({ diagnostics: [examineFolder(rawValue(environment, 'DATA_DIR') ?? '')] }),
};

const CHECKS: Partial<Record<AskedName, Check>> = {
  DISCORD_TOKEN: DISCORD,
  SLACK_BOT_TOKEN: SLACK_BOT,
  SLACK_APP_TOKEN: SLACK_APP,
  SLACK_CLIENT_ID: SLACK_CLIENT,
  SLACK_CLIENT_SECRET: SLACK_CLIENT,
  OPENAI_BASE_URL: MODEL,
  OPENAI_API_KEY: MODEL,
  OPENAI_MODEL: MODEL,
  ARXIV_CATEGORIES: ARXIV,
  DATA_DIR: FOLDER,
};

/**
 * Runs each check for these settings once. Never throws.
 * @param environment all settings, with the new values
 * @param onCheck called with a description before each check
 */
export async function check(
  names: Iterable<AskedName>,
  environment: Environment,
  onCheck: (doing: string) => void,
): Promise<Checked> {
  let all: Checked = { diagnostics: [] };
  for (const { doing, run } of new Set([...names].flatMap((name) => CHECKS[name] ?? []))) {
    onCheck(doing);
    const { diagnostics, invite } = await run(environment).catch((error: unknown) => ({
      diagnostics: [failing('settings', messageOf(error))],
      invite: undefined,
    }));
    all = {
      ...all,
      diagnostics: [...all.diagnostics, ...diagnostics],
      ...(invite !== undefined && { invite }),
    };
  }
  return all;
}

/** Settings with these prefixes, so that errors in other settings do not matter. */
function only(environment: Environment, ...prefixes: readonly string[]): Environment {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => prefixes.some((prefix) => name.startsWith(prefix))),
  );
}

function slackOptions(environment: Environment) {
  const read = (name: 'SLACK_API_URL' | 'SLACK_APP_TOKEN') => {
    const text = rawValue(environment, name);
    return text === undefined ? undefined : SETTINGS[name].schema.parse(text);
  };
  const settings = { appToken: read('SLACK_APP_TOKEN'), apiUrl: read('SLACK_API_URL') ?? '' };
  return { settings, log: silentLog };
}

function isRunning(environment: Environment): boolean {
  return isServed(join(rawValue(environment, 'DATA_DIR') ?? '', 'paperboy.db'));
}

/** The folder, or the nearest existing parent, must be writable. */
function examineFolder(folder: string): Diagnostic {
  const subject = 'data folder';
  let nearest = resolve(folder);
  while (!existsSync(nearest) && nearest !== dirname(nearest)) nearest = dirname(nearest);
  if (!statSync(nearest).isDirectory()) return failing(subject, `${nearest} is a file. Choose a folder.`);
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
    return ok(subject, `${resolve(folder)} is writable`);
  } catch {
    return failing(subject, `${nearest} is not writable. Choose another folder, or check its owner.`);
  }
}
