/** Subcommand `init`: sets up Discord, Slack and the rest, and writes the settings to `.env`. */
import type { Readable, Writable } from 'node:stream';
import { UserError } from '../../base/errors.ts';
import { openSettingsFile, type SettingsFile } from '../init/env/settings-file.ts';
import { isSetIn, lineChanges, type SettingChanges, withChanges } from '../init/environment.ts';
import { interview } from '../init/interview.ts';
import { nextSteps, unused } from '../init/next-steps.ts';
import { type InitOptions, type RawOptions, readOptions } from '../init/options.ts';
import { Cancelled, openPrompts, type Prompts } from '../init/prompts.ts';
import { openSession } from '../init/session.ts';
import { addressesOf } from '../init/slack.ts';
import { applyGiven } from '../init/unattended.ts';
import { demandPublicAddress, manifestText } from '../slack-manifest.ts';

export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** Messages in unattended mode. */
  readonly error: Writable;
  /** Folder of `.env`. */
  readonly folder: string;
}

/** Exit status after Ctrl-C, as in shells: 128 plus the number of SIGINT. */
const INTERRUPTED = 130;
const NOTHING_WRITTEN = 'Nothing was written.';

/** @throws UserError if nothing could be written */
export async function runInit(raw: RawOptions, terminal: Terminal = ours()): Promise<void> {
  const options = readOptions(raw);
  const file = openSettingsFile(terminal.folder);
  const mayAsk = Boolean(terminal.input.isTTY && terminal.output.isTTY && options.input && !options.yes);
  const prompts = mayAsk ? openPrompts(terminal) : undefined;
  // For Ctrl-C during a check. Prompts handle it themselves, and files are written atomically.
  const interrupt = () => {
    terminal.error.write(`${NOTHING_WRITTEN}\n`);
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', interrupt);
  try {
    if (options.given.length > 0 || options.fromEnv || options.slackUrl !== undefined) {
      await unattended(options, file, terminal, prompts);
    } else if (prompts) {
      await converse(options, file, prompts);
    } else {
      throw new UserError(
        'init cannot ask questions here. Give the values as options, such as --discord-token-file FILE, or use --from-env. List the options: npm run paperboy -- init --help',
      );
    }
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    prompts?.stop(NOTHING_WRITTEN);
    process.exitCode = INTERRUPTED;
  } finally {
    process.off('SIGINT', interrupt);
  }
}

function ours(): Terminal {
  const { stdin: input, stdout: output, stderr: error } = process;
  return { input, output, error, folder: process.cwd() };
}

async function converse(options: InitOptions, file: SettingsFile, prompts: Prompts): Promise<void> {
  const session = openSession({ prompts, environment: file.environment, checking: options.check });
  prompts.begin('Setting up Paperboy');
  const wanted = await interview(session);
  if (wanted && session.changes.size > 0) file.write(session.changes);
  const isTightened = file.makePrivate();
  prompts.end(
    wanted && session.changes.size > 0
      ? 'Wrote .env, which only you can read.'
      : `${NOTHING_WRITTEN}${isTightened ? ' Now only you can read .env.' : ''}`,
  );
  const environment = withChanges(file.environment, session.changes);
  for (const line of [...overridden(file, session.changes), ...unused(environment)])
    prompts.print(`${line}\n`);
  prompts.print(nextSteps({ invite: session.invite, environment }));
}

async function unattended(
  options: InitOptions,
  file: SettingsFile,
  { input, output, error }: Terminal,
  prompts: Prompts | undefined,
): Promise<void> {
  const say = (line: string) => void error.write(`${line}\n`);
  if (options.slackUrl !== undefined) demandPublicAddress(options.slackUrl);
  const { changes, invite } = await applyGiven({
    options,
    file,
    input,
    say,
    confirm: prompts && ((question) => prompts.confirm(question, false)),
  });
  const isTightened = file.makePrivate();
  if (changes.size > 0) say(`Wrote .env: ${[...changes.keys()].join(', ')}.`);
  else say(`.env is unchanged.${isTightened ? ' Now only you can read it.' : ''}`);
  const environment = withChanges(file.environment, changes);
  for (const line of [...overridden(file, changes), ...unused(environment)]) say(line);
  if (options.slackUrl !== undefined) {
    say(
      'Paste this manifest at https://api.slack.com/apps: Create New App → From a manifest. For an existing app, use its App Manifest page.',
    );
    const overHttp = !isSetIn(environment, 'SLACK_APP_TOKEN');
    const addresses = addressesOf({ overHttp, url: options.slackUrl });
    output.write(`${manifestText({ history: true, ...addresses })}\n`);
  }
  output.write(`${nextSteps({ invite, environment })}\n`);
}

/** Warns about variables of the process, which take precedence over the file. */
function overridden({ environment, written }: SettingsFile, changes: SettingChanges): string[] {
  return [...lineChanges(changes)].flatMap(([name, value]) => {
    const own = environment[name];
    if (own === undefined || own === written[name] || own === value) return [];
    return [
      `${name} is also set in the environment, which takes precedence over .env. Change or unset it there.`,
    ];
  });
}
