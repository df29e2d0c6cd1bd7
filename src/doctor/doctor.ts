/** `doctor`: goes through the settings, the database and the sources, and says of each that it works or what to do. */
import { existsSync, statSync } from 'node:fs';
import { styleText } from 'node:util';
import { type Diagnostic, failing, info, ok } from '../base/diagnostic.ts';
import { messageOf } from '../base/errors.ts';
import { type Environment, faultOf, parseConfig, rawValue, readEnvironment } from '../config/config.ts';
import { SETTINGS, type SettingName } from '../config/settings.ts';
import { damaged, nightlyBackups } from '../db/backup.ts';
import { checkFile } from '../db/check.ts';
import { refuseUnreadable } from '../db/migrator.ts';
import { openDatabase } from '../db/open.ts';
import { SOURCE_LABELS } from '../sources/labels.ts';
import { openSourceClients, type SourceClients } from '../sources/source-clients.ts';
import { dayOf, systemClock } from '../time/clock.ts';
import { examineModels } from './models.ts';
import { examineChats } from './platforms.ts';

/** Exit status 1 when anything is broken. */
export async function runDoctor({ json }: { readonly json: boolean }): Promise<void> {
  const diagnostics = await examine(readEnvironment());
  const text = json
    ? diagnostics.map((diagnostic) => JSON.stringify(diagnostic)).join('\n')
    : diagnosticsAsText(diagnostics);
  process.stdout.write(`${text}\n`);
  if (diagnostics.some(({ state }) => state === 'broken')) process.exitCode = 1;
}

type Config = ReturnType<typeof parseConfig>;

/** Never shows a secret. Asks each configured source one small question. */
export async function examine(environment: Environment): Promise<Diagnostic[]> {
  const settings = examineSettings(environment);
  if (settings.some(({ state }) => state === 'broken')) return settings;
  const config = parseConfig(environment);
  return [
    ...settings,
    ...examineFiles(config),
    ...(await examineSources(config)),
    ...(await examineChats(config)),
    ...(await examineModels(config)),
  ];
}

function examineSettings(environment: Environment): Diagnostic[] {
  return (Object.keys(SETTINGS) as SettingName[]).map((name) => {
    const facts: { readonly secret?: true; readonly default?: string } = SETTINGS[name];
    const fault = faultOf(environment, name);
    if (fault !== undefined) return failing(name, `${name} ${fault}. Mend it in .env or the environment.`);
    const value = rawValue(environment, name);
    const shown = facts.secret && value !== undefined ? 'set' : (value ?? 'not set');
    return ok(name, value !== undefined && value === facts.default ? `${shown} (default)` : shown);
  });
}

function examineFiles({ databasePath, backups }: Config): Diagnostic[] {
  return [
    ...examineEnvFile(),
    ...examineDatabase(databasePath),
    ...(backups > 0 ? [examineBackups(databasePath)] : []),
  ];
}

function examineEnvFile(): Diagnostic[] {
  if (!existsSync('.env')) return [];
  const open = isReadableByOthers('.env');
  return [
    open
      ? failing('.env', '.env can be read by others: chmod 600 .env')
      : ok('.env', 'readable for you alone'),
  ];
}

function examineDatabase(path: string): Diagnostic[] {
  if (!existsSync(path)) return [info('database', `${path} is not there yet; the first start makes it.`)];
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
          ? [failing('database', `${path} can be read by others: chmod 600 ${path}`)]
          : []),
      ];
    } finally {
      connection.close();
    }
  } catch (error) {
    return [failing('database', messageOf(error))];
  }
}

function examineBackups(databasePath: string): Diagnostic {
  const [newest] = nightlyBackups(databasePath);
  if (newest === undefined) return info('backups', 'none yet; one is made each night while the bot runs.');
  return ok('backups', `newest: ${newest}`);
}

async function examineSources(config: Config): Promise<Diagnostic[]> {
  if (config.sources.length === 0) return [info('sources', 'none is polled (SOURCES=none).')];
  const sourceClients = openSourceClients(config, systemClock);
  try {
    return await Promise.all(
      config.sources.map(async (source) => {
        const name = SOURCE_LABELS[source];
        try {
          await checkSource(sourceClients, source);
          return ok(name, 'answers');
        } catch (error) {
          return failing(
            name,
            `${messageOf(error)} The papers that are here work without it; it is asked again each hour.`,
          );
        }
      }),
    );
  } finally {
    await sourceClients.close();
  }
}

/** Every source knows it. */
const WELL_KNOWN = { id: '1706.03762', title: 'Attention Is All You Need' };

/** A question that costs the source little. */
async function checkSource(
  { huggingFace, arxiv, semanticScholar }: SourceClients,
  source: keyof typeof SOURCE_LABELS,
): Promise<void> {
  const signal = AbortSignal.timeout(15_000);
  switch (source) {
    case 'hugging-face':
      await huggingFace?.day(dayOf(systemClock.now()), { signal });
      return;
    case 'arxiv':
      await arxiv?.query({ ids: [WELL_KNOWN.id], max: 1, signal });
      return;
    case 'semantic-scholar':
      await semanticScholar?.enrich(
        [{ ...WELL_KNOWN, abstract: '', authors: [], categories: [], keywords: [] }],
        signal,
      );
      return;
  }
}

function isReadableByOthers(path: string): boolean {
  return (statSync(path).mode & 0o077) !== 0;
}

/** A line a finding, with the broken ones last, where they are seen. */
export function diagnosticsAsText(diagnostics: readonly Diagnostic[]): string {
  const width = Math.max(...diagnostics.map(({ subject }) => subject.length));
  const marks = { works: styleText('green', 'ok'), note: '··', broken: styleText('red', '!!') };
  const order = ['works', 'note', 'broken'];
  return diagnostics
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
    .map(({ state, subject, text }) => `${marks[state]}  ${subject.padEnd(width)}  ${text}`)
    .join('\n');
}
