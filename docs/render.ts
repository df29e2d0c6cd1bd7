/**
 * `npm run docs`: renders tables of commands, settings and fields into the guide and `.env.example`. A test compares
 * the files with the program.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../commands/index.ts';
import { type CommandShape, supportedBy } from '../src/command/catalogue.ts';
import { commandsTable } from '../src/command/usage.ts';
import { fileSettingOf, SETTINGS, type SettingName } from '../src/config/settings.ts';
import { fieldsTable } from '../src/import/fields/field-labels.ts';
import { SLACK_CAPABILITIES } from '../src/platforms/slack/connection/addresses.ts';

const ROOT = join(import.meta.dirname, '..');

export interface RenderedFile {
  readonly path: string;
  readonly text: string;
}

interface SettingFacts {
  readonly meaning: string;
  readonly default?: string;
}

/** The rendered files with their current text. */
export function renderDocs(): RenderedFile[] {
  return [
    guidePage('commands', commandsTable(catalogue, onlyOn)),
    guidePage('settings', settingsTable()),
    guidePage('import', fieldsTable()),
    { path: join(ROOT, '.env.example'), text: envExample() },
  ];
}

function onlyOn(command: CommandShape): string | undefined {
  if (supportedBy([command]).length > 0) return undefined;
  return supportedBy([command], SLACK_CAPABILITIES).length > 0 ? 'Slack' : undefined;
}

/** A page of the guide, with the table of the same name. */
function guidePage(name: string, table: string): RenderedFile {
  const path = join(ROOT, 'docs/guide', `${name}.md`);
  return { path, text: withTable(readFileSync(path, 'utf8'), name, table) };
}

function settings(): Array<[string, SettingFacts]> {
  return Object.entries(SETTINGS);
}

function settingsTable(): string {
  const rows = settings().map(
    ([name, { meaning, default: standard }]) =>
      `| \`${name}\` | ${meaning} | ${standard === undefined ? '' : `\`${standard}\``} |`,
  );
  const table = ['| Setting | Meaning | Default |', '| --- | --- | --- |', ...rows];
  return [...table, '', secretsInFiles(), ''].join('\n');
}

const SECRET_IN_FILE =
  'Every secret can be read from a file: `DISCORD_TOKEN_FILE=/run/secrets/discord_token` instead of `DISCORD_TOKEN`.';

function secretsInFiles(): string {
  const names = (Object.keys(SETTINGS) as SettingName[]).filter(
    (name) => fileSettingOf(name) !== undefined && name !== 'DISCORD_TOKEN',
  );
  const list = names.map((name) => `\`${name}\``);
  return `${SECRET_IN_FILE} The same goes for ${list.slice(0, -1).join(', ')} and ${list.at(-1)}.`;
}

function envExample(): string {
  const entries = settings().map(
    ([name, { meaning, default: standard }]) =>
      `# ${meaning.replaceAll('`', '')}\n# ${name}=${standard ?? ''}\n`,
  );
  return [
    '# Copy this file to .env and uncomment what you change. No setting is required.\n',
    `# ${SECRET_IN_FILE.replaceAll('`', '')}\n# The same goes for every other token, key and secret.\n`,
    ...entries,
  ].join('\n');
}

/** Replaces the text between `<!-- name -->` and `<!-- /name -->`. */
function withTable(text: string, name: string, table: string): string {
  const between = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!between.test(text)) throw new Error(`the page has no marker for the table of ${name}`);
  return text.replace(between, (_, open: string, close: string) => `${open}${table}${close}`);
}

if (process.argv[1] === import.meta.filename) {
  for (const { path, text } of renderDocs()) writeFileSync(path, text);
}
