/** The command line. Each subcommand loads what it needs when it runs, so that `start` does not wait for the others. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { DELIVERY_STATES } from '../delivery/ledger/ledger.ts';
import { EXPORT_FORMATS } from '../export/export-papers.ts';
import { FORMAT_NAMES } from '../import/formats/known-formats.ts';
import { INIT_HELP, initOptions, type RawOptions } from './init/options.ts';
import { fail } from './session.ts';
import type { ManifestOptions } from './slack-manifest.ts';
import type { DeliveriesOptions } from './verbs/deliveries.ts';
import type { ExportOptions } from './verbs/export.ts';
import type { HealthOptions } from './verbs/health.ts';
import type { ImportOptions } from './verbs/import.ts';
import type { PostCommandOptions } from './verbs/post.ts';

// What we write is for our user alone: the database, its backups, the log, exports.
process.umask(0o077);

const program = new Command('paperboy')
  .description('Brings research papers to the places where a lab already talks.')
  .showSuggestionAfterError()
  .showHelpAfterError('(npm run paperboy -- help lists the commands)');

program
  .command('start')
  .description('run the bot; without a platform in the settings, as a chat in this terminal')
  .option('--json', 'print each card as data, one line each', false)
  .action(async (options: { json: boolean }) => (await import('./verbs/start.ts')).runStart(options));

const init = program
  .command('init')
  .description('connect Discord, Slack and the rest: asks, checks the answers there, and writes .env')
  .addHelpText('after', INIT_HELP)
  .action(async (options: RawOptions) => (await import('./verbs/init.ts')).runInit(options));
for (const option of initOptions()) init.addOption(option);

program
  .command('health')
  .description('ask the bot that runs here whether it is well, by HTTP_PORT: exit status 0 or 1')
  .option('--ready', 'whether it does its work: hears every platform, and posts in time', false)
  .action(async (options: HealthOptions) => (await import('./verbs/health.ts')).runHealth(options));

program
  .command('import')
  .description('take files of papers into the store; run it again to go on after an interruption')
  .argument('<file...>', 'also gzipped; - is standard input')
  .addOption(new Option('--form <form>', 'what the file is; recognised when not said').choices(FORMAT_NAMES))
  .option('--day <day>', 'the list day of a saved Hugging Face answer, YYYY-MM-DD')
  .action(async (paths: string[], options: ImportOptions) =>
    (await import('./verbs/import.ts')).runImport(paths, options),
  );

program
  .command('learn')
  .description('work out what all papers mean now; the running bot does it little by little')
  .action(async () => (await import('./verbs/learn.ts')).runLearn());

program
  .command('export')
  .description('write all papers to a file, or to standard output')
  .addOption(new Option('--format <format>').choices(EXPORT_FORMATS).default('jsonl'))
  .option('--out <file>')
  .option('--saved', 'only papers that somebody saved')
  .addOption(
    new Option(
      '--workspace <id>',
      'only what was saved on one Discord server or in one Slack workspace',
    ).implies({
      saved: true,
    }),
  )
  .action(async (options: ExportOptions) => (await import('./verbs/export.ts')).runExport(options));

program
  .command('post')
  .description("post papers to a channel now, beside the day's thread; the running bot does it")
  .argument('<channel>', 'platform and id, as "deliveries" shows them: discord/123')
  .option('--feed <id>', 'which, where a channel has several')
  .action(async (channel: string, options: PostCommandOptions) =>
    (await import('./verbs/post.ts')).runPost(channel, options),
  );

const deliveries = program
  .command('deliveries')
  .description('list what was posted or is to be, the latest first; works beside the running bot')
  .addOption(new Option('--state <state>').choices(DELIVERY_STATES))
  .option('--limit <n>', 'how many', wholeNumber, 50)
  .action(async (options: DeliveriesOptions) =>
    (await import('./verbs/deliveries.ts')).runDeliveries(options),
  );

deliveries
  .command('retry')
  .description('post a parked delivery again: look first that it does not stand in its channel')
  .argument('<id>', 'as the list shows it', wholeNumber)
  .action(async (id: number) => (await import('./verbs/deliveries.ts')).runDecision(id, 'send'));

deliveries
  .command('drop')
  .description('let a parked delivery be: it stands in its channel, or nobody misses it')
  .argument('<id>', 'as the list shows it', wholeNumber)
  .action(async (id: number) => (await import('./verbs/deliveries.ts')).runDecision(id, 'drop'));

const workspaces = program
  .command('workspaces')
  .description('list the Slack workspaces that installed the bot themselves')
  .action(async () => (await import('./verbs/workspaces.ts')).runWorkspaces());

workspaces
  .command('forget')
  .description('remove everything of a workspace: its token, feeds, posts, saves; there is no way back')
  .argument('<id>', 'as the list shows it')
  .action(async (id: string) => (await import('./verbs/workspaces.ts')).runForget(id));

program
  .command('backup')
  .description('copy the database while it is in use, and check the copy')
  .argument('[file]', 'the copy; into the folder of backups when not said')
  .action(async (file?: string) => (await import('./verbs/backup.ts')).runBackup(file));

program
  .command('restore')
  .description('put a backup in the place of the database; what stands there is set aside')
  .argument('<file>')
  .action(async (file: string) => (await import('./verbs/backup.ts')).runRestore(file));

program
  .command('manifest')
  .description(
    'print the Slack app: paste it at api.slack.com/apps, "From a manifest", install, copy the tokens',
  )
  .option(
    '--url <url>',
    'where Slack sends requests, such as https://bot.example.org; over Socket Mode when left out',
  )
  .option('--install <url>', 'where workspaces install the app themselves; where requests go when left out')
  .option('--no-history', 'without the right to read channels: a doubtful delivery then waits for a person')
  .action(async (options: ManifestOptions) => (await import('./verbs/manifest.ts')).runManifest(options));

program
  .command('doctor')
  .description('check settings, database and sources, and say what to do about what does not work')
  .option('--json', 'findings as data, one line each', false)
  .action(async (options: { json: boolean }) => (await import('../doctor/doctor.ts')).runDoctor(options));

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is a whole number above 0.');
  return Number(text);
}

try {
  await program.parseAsync();
} catch (error) {
  fail(error);
}
