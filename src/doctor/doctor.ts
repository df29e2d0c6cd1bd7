/** Subcommand `doctor`: checks settings, database, sources and platforms, and says how to fix problems. */
import { existsSync, statSync } from 'node:fs';
import { PLATFORMS } from '../app/platforms/platforms.ts';
import { type Diagnostic, failing, info, isBroken, ok } from '../base/diagnostic.ts';
import { messageOf } from '../base/errors.ts';
import { silentLog } from '../base/log.ts';
import { faultOf, isInFile, parseConfig, rawValue } from '../config/config.ts';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { SETTINGS, type SettingName } from '../config/settings.ts';
import { damaged, nightlyBackups } from '../db/backup.ts';
import { checkFile } from '../db/check.ts';
import { refuseUnreadable } from '../db/migrator.ts';
import { openDatabase } from '../db/open.ts';
import { openSmtpMailer } from '../mail/smtp-mailer.ts';
import { systemClock } from '../time/clock.ts';
import { examineModels } from './models.ts';
import { diagnosticsAsText } from './report.ts';
import { examineServer } from './server.ts';
import { examineHarvests, examineSources } from './sources.ts';

/** Exit status 1 if anything is broken. */
export async function runDoctor({ json }: { readonly json: boolean }): Promise<void> {
  const diagnostics = await examine(readEnvironment());
  const text = json
    ? diagnostics.map((diagnostic) => JSON.stringify(diagnostic)).join('\n')
    : diagnosticsAsText(diagnostics);
  process.stdout.write(`${text}\n`);
  if (diagnostics.some(isBroken)) process.exitCode = 1;
}

type Config = ReturnType<typeof parseConfig>;

/** Never shows a secret. Sends one small request to each configured source. */
export async function examine(environment: Environment): Promise<Diagnostic[]> {
  const settings = examineSettings(environment);
  if (settings.some(isBroken)) return settings;
  const config = parseConfig(environment);
  return [
    ...settings,
    ...(await examineFiles(config)),
    ...(await examineSources(config)),
    ...(await examinePlatforms(config)),
    ...(await examineModels(config)),
    await examineMail(config),
  ];
}

async function examinePlatforms(config: Config): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const platform of PLATFORMS) diagnostics.push(...(await platform.examine(config)));
  return diagnostics;
}

function examineSettings(environment: Environment): Diagnostic[] {
  return (Object.keys(SETTINGS) as SettingName[]).map((name) => {
    const facts: { readonly secret?: true; readonly default?: string } = SETTINGS[name];
    const fault = faultOf(environment, name);
    if (fault !== undefined) return failing(name, `${name} ${fault}. Fix it in .env or the environment.`);
    const value = rawValue(environment, name);
    const set = isInFile(environment, name) ? 'set (from a file)' : 'set';
    const shown = facts.secret && value !== undefined ? set : (value ?? 'not set');
    return ok(name, value !== undefined && value === facts.default ? `${shown} (default)` : shown);
  });
}

async function examineFiles({ database, backups }: Config): Promise<Diagnostic[]> {
  return [
    ...examineEnvFile(),
    ...(database.url === undefined
      ? [...(await examineDatabase(database.path)), ...(backups > 0 ? [examineBackups(database.path)] : [])]
      : await examineServer(database.url)),
  ];
}

function examineEnvFile(): Diagnostic[] {
  if (!existsSync('.env')) return [];
  const open = isReadableByOthers('.env');
  return [
    open
      ? failing('.env', '.env is readable by others. Run chmod 600 .env')
      : ok('.env', 'readable only by you'),
  ];
}

async function examineDatabase(path: string): Promise<Diagnostic[]> {
  if (!existsSync(path)) return [info('database', `${path} does not exist yet. The first start creates it.`)];
  const fault = checkFile(path);
  if (fault !== undefined) return [failing('database', damaged(path, fault).message)];
  try {
    const connection = openDatabase(path, { readonly: true });
    try {
      refuseUnreadable(connection);
      const papers = connection.prepare<[], number>('SELECT count(*) FROM papers').pluck().get() ?? 0;
      const megabytes = Math.ceil(statSync(path).size / 1e6);
      return [
        ok('database', `${path}: ${papers.toLocaleString('en-GB')} papers, ${megabytes} MB, checked`),
        ...(isReadableByOthers(path)
          ? [failing('database', `${path} is readable by others. Run chmod 600 ${path}`)]
          : []),
        ...(await examineHarvests(connection, papers, systemClock.now())),
      ];
    } finally {
      connection.close();
    }
  } catch (error) {
    return [failing('database', messageOf(error))];
  }
}

function examineBackups(databasePath: string): Diagnostic {
  try {
    const [newest] = nightlyBackups(databasePath);
    if (newest === undefined) return info('backups', 'none yet. The running bot makes one every night.');
    return ok('backups', `newest: ${newest}`);
  } catch (error) {
    return failing('backups', messageOf(error));
  }
}

function isReadableByOthers(path: string): boolean {
  return (statSync(path).mode & 0o077) !== 0;
}

const MAIL = 'e-mail';

/** Connects and signs in, without sending anything. Never throws. */
export async function examineMail({ mail }: Pick<Config, 'mail'>): Promise<Diagnostic> {
  if (!mail) return info(MAIL, 'not set up');
  const mailer = openSmtpMailer({ ...mail, clock: systemClock, log: silentLog });
  try {
    const problem = await mailer.check();
    const from = mailer.from.address;
    return problem === undefined
      ? ok(MAIL, `the server accepts the sign-in; the sender is ${from}`)
      : failing(MAIL, `the server cannot be used: ${problem}. Check SMTP_URL.`);
  } finally {
    await mailer.stop();
  }
}
