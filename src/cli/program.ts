/** The command line. Each subcommand loads its modules when it runs, so that `start` is fast. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { DELIVERY_STATES } from '../delivery/ledger/ledger.ts';
import { EXPORT_FORMATS } from '../export/export-formats.ts';
import { FORMAT_NAMES } from '../import/formats/format-names.ts';
import { INIT_HELP, initOptions, type RawOptions } from './init/options.ts';
import { fail } from './session.ts';
import type { ManifestOptions } from './slack-manifest.ts';
import type { DeliveriesOptions } from './verbs/deliveries.ts';
import type { ExportOptions } from './verbs/export.ts';
import type { HealthOptions } from './verbs/health.ts';
import type { ImportOptions } from './verbs/import.ts';
import type { MoveOptions } from './verbs/move.ts';
import type { PostCommandOptions } from './verbs/post.ts';

const program = new Command('paperboy')
  .description('Brings research papers to the places where a lab already talks.')
  .showSuggestionAfterError()
  .showHelpAfterError('(npm run paperboy -- help lists the commands)');

program
  .command('start')
  .description('run the bot; without a platform, chat with it in this terminal')
  .option('--json', 'print each card as one line of JSON', false)
  .action(async (options: { json: boolean }) => (await import('./verbs/start.ts')).runStart(options));

const init = program
  .command('init')
  .description('set up Discord, Slack and the rest: asks for values, checks them and writes .env')
  .addHelpText('after', INIT_HELP)
  .action(async (options: RawOptions) => (await import('./verbs/init.ts')).runInit(options));
for (const option of initOptions()) init.addOption(option);

program
  .command('health')
  .description('check the running bot through HTTP_PORT; exit status 0 or 1')
  .option('--ready', 'check that every platform is connected and posts are on time', false)
  .action(async (options: HealthOptions) => (await import('./verbs/health.ts')).runHealth(options));

program
  .command('import')
  .description('import files of papers; run it again to continue after an interruption')
  .argument('<file...>', 'plain or gzipped; - is standard input')
  .addOption(new Option('--form <form>', 'format of the file; detected by default').choices(FORMAT_NAMES))
  .option('--day <day>', 'day of a saved Hugging Face list, YYYY-MM-DD')
  .action(async (paths: string[], options: ImportOptions) =>
    (await import('./verbs/import.ts')).runImport(paths, options),
  );

program
  .command('learn')
  .description('compute the embeddings of all papers now; the running bot does this in the background')
  .action(async () => (await import('./verbs/learn.ts')).runLearn());

program
  .command('export')
  .description('write all papers to a file, or to standard output')
  .addOption(new Option('--format <format>', 'format of the output').choices(EXPORT_FORMATS).default('jsonl'))
  .option('--out <file>', 'file to write; standard output by default')
  .option('--saved', 'only saved papers')
  .addOption(
    new Option(
      '--workspace <id>',
      'only papers saved on this Discord server or in this Slack workspace',
    ).implies({
      saved: true,
    }),
  )
  .action(async (options: ExportOptions) => (await import('./verbs/export.ts')).runExport(options));

program
  .command('post')
  .description('let the running bot post papers to a channel now, in addition to the scheduled post')
  .argument('<channel>', 'platform and ID, as shown by "deliveries": discord/123')
  .option('--feed <id>', 'feed to post, if the channel has several')
  .action(async (channel: string, options: PostCommandOptions) =>
    (await import('./verbs/post.ts')).runPost(channel, options),
  );

const deliveries = program
  .command('deliveries')
  .description('list past and pending posts, latest first; works while the bot runs')
  .addOption(
    new Option('--state <state>', 'only deliveries in this state; those in parked need review').choices(
      DELIVERY_STATES,
    ),
  )
  .option('--limit <n>', 'number of deliveries', wholeNumber, 50)
  .action(async (options: DeliveriesOptions) =>
    (await import('./verbs/deliveries.ts')).runDeliveries(options),
  );

deliveries
  .command('retry')
  .description('after review: post a delivery again, because it is not in the channel')
  .argument('<id>', 'ID from the list', wholeNumber)
  .action(async (id: number) => (await import('./verbs/deliveries.ts')).runDecision(id, 'send'));

deliveries
  .command('drop')
  .description('after review: discard a delivery, because it is in the channel or no longer needed')
  .argument('<id>', 'ID from the list', wholeNumber)
  .action(async (id: number) => (await import('./verbs/deliveries.ts')).runDecision(id, 'drop'));

const workspaces = program
  .command('workspaces')
  .description('list the Slack workspaces that installed the bot')
  .action(async () => (await import('./verbs/workspaces.ts')).runWorkspaces());

workspaces
  .command('forget')
  .description('delete all data of a workspace: token, feeds, posts, saves; cannot be undone')
  .argument('<id>', 'ID from the list')
  .action(async (id: string) => (await import('./verbs/workspaces.ts')).runForget(id));

program
  .command('bounce')
  .description(
    'read a message that came back, from standard input; ends e-mail to addresses that do not exist',
  )
  .action(async () => (await import('./verbs/bounce.ts')).runBounce());

program
  .command('backup')
  .description('back up the database and check the backup; works while the bot runs')
  .argument('[file]', 'path of the backup; in the backup folder by default')
  .action(async (file?: string) => (await import('./verbs/backup.ts')).runBackup(file));

program
  .command('restore')
  .description('replace the database with a backup; the old database is kept under another name')
  .argument('<file>')
  .action(async (file: string) => (await import('./verbs/backup.ts')).runRestore(file));

program
  .command('move')
  .description(
    'move everything to PostgreSQL, or back to a file; run it again to continue after an interruption',
  )
  .requiredOption('--to <place>', 'address of PostgreSQL, or a new file for SQLite')
  .action(async (options: MoveOptions) => (await import('./verbs/move.ts')).runMove(options));

program
  .command('manifest')
  .description('print the manifest of the Slack app, to paste at api.slack.com/apps, "From a manifest"')
  .option(
    '--url <url>',
    'address for Slack requests, such as https://bot.example.org; Socket Mode by default',
  )
  .option('--install <url>', 'address at which workspaces install the app; --url by default')
  .option(
    '--no-history',
    'without permission to read channels; an unconfirmed delivery then needs review, and channels cannot be imported',
  )
  .action(async (options: ManifestOptions) => (await import('./verbs/manifest.ts')).runManifest(options));

program
  .command('doctor')
  .description('check settings, database, sources and platforms, and say how to fix problems')
  .option('--json', 'print each finding as one line of JSON', false)
  .action(async (options: { json: boolean }) => (await import('../doctor/doctor.ts')).runDoctor(options));

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.');
  return Number(text);
}

try {
  await program.parseAsync();
} catch (error) {
  fail(error);
}
