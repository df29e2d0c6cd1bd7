/** `doctor`: goes through the settings, the database and the sources, and says of each that it works or what to do. */
import { existsSync, statSync } from 'node:fs';
import { type Environment, faultOf, parseConfig, rawValue, readEnvironment } from '../config.ts';
import { damaged, nightlyBackups } from '../db/backup.ts';
import { checkFile } from '../db/check.ts';
import { refuseUnreadable } from '../db/migrator.ts';
import { openDatabase } from '../db/open.ts';
import { messageOf } from '../errors.ts';
import { broken, type Finding, isBroken, note, works } from '../finding.ts';
import { SETTINGS, type SettingName } from '../settings.ts';
import { examineChats } from './doctor/chats.ts';
import { examineModels } from './doctor/models.ts';
import { reportOf } from './doctor/report.ts';
import { examineSources } from './doctor/sources.ts';

/** Exit status 1 when anything is broken. */
export async function runDoctor({ json }: { readonly json: boolean }): Promise<void> {
  const findings = await examine(readEnvironment());
  const text = json ? findings.map((finding) => JSON.stringify(finding)).join('\n') : reportOf(findings);
  process.stdout.write(`${text}\n`);
  if (findings.some(isBroken)) process.exitCode = 1;
}

type Config = ReturnType<typeof parseConfig>;

/** Never shows a secret. Asks each configured source one small question. */
export async function examine(environment: Environment): Promise<Finding[]> {
  const settings = examineSettings(environment);
  if (settings.some(isBroken)) return settings;
  const config = parseConfig(environment);
  return [
    ...settings,
    ...examineFiles(config),
    ...(await examineSources(config)),
    ...(await examineChats(config)),
    ...(await examineModels(config)),
  ];
}

function examineSettings(environment: Environment): Finding[] {
  return (Object.keys(SETTINGS) as SettingName[]).map((name) => {
    const facts: { readonly secret?: true; readonly default?: string } = SETTINGS[name];
    const fault = faultOf(environment, name);
    if (fault !== undefined) return broken(name, `${name} ${fault}. Mend it in .env or the environment.`);
    const value = rawValue(environment, name);
    const shown = facts.secret && value !== undefined ? 'set' : (value ?? 'not set');
    return works(name, value !== undefined && value === facts.default ? `${shown} (default)` : shown);
  });
}

function examineFiles({ databasePath, backups }: Config): Finding[] {
  return [
    ...examineEnvFile(),
    ...examineDatabase(databasePath),
    ...(backups > 0 ? [examineBackups(databasePath)] : []),
  ];
}

function examineEnvFile(): Finding[] {
  if (!existsSync('.env')) return [];
  const open = isReadableByOthers('.env');
  return [
    open
      ? broken('.env', '.env can be read by others: chmod 600 .env')
      : works('.env', 'readable for you alone'),
  ];
}

function examineDatabase(path: string): Finding[] {
  if (!existsSync(path)) return [note('database', `${path} is not there yet; the first start makes it.`)];
  const fault = checkFile(path);
  if (fault !== undefined) return [broken('database', damaged(path, fault).message)];
  try {
    const connection = openDatabase(path, { readonly: true });
    try {
      refuseUnreadable(connection);
      const papers = connection.prepare<[], number>('SELECT count(*) FROM papers').pluck().get() ?? 0;
      const megabytes = Math.ceil(statSync(path).size / 1e6);
      return [
        works('database', `${path}: ${papers.toLocaleString('en-GB')} papers, ${megabytes} MB, checked`),
        ...(isReadableByOthers(path)
          ? [broken('database', `${path} can be read by others: chmod 600 ${path}`)]
          : []),
      ];
    } finally {
      connection.close();
    }
  } catch (error) {
    return [broken('database', messageOf(error))];
  }
}

function examineBackups(databasePath: string): Finding {
  const [newest] = nightlyBackups(databasePath);
  if (newest === undefined) return note('backups', 'none yet; one is made each night while the bot runs.');
  return works('backups', `newest: ${newest}`);
}

function isReadableByOthers(path: string): boolean {
  return (statSync(path).mode & 0o077) !== 0;
}
