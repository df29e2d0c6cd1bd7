/** `start`: the bot. With no platform configured it is a chat in this terminal. */
import { join } from 'node:path';
import { catalogue } from '../../../commands/index.ts';
import { type App, createApp } from '../../app/app.ts';
import { startSchedule, startTicker } from '../../app/scheduler.ts';
import { openLog } from '../../base/log.ts';
import { weekdayInWords } from '../../cards/dates.ts';
import type { RichText } from '../../chat/card.ts';
import { parseConfig, readEnvironment } from '../../config/config.ts';
import { LOCAL_TEAM } from '../../config/settings.ts';
import { lockIfFree } from '../../db/lock.ts';
import { loadFeedsFile } from '../../feeds/feeds-file.ts';
import { labelOf } from '../../papers/source-names.ts';
import { terminalAbilities } from '../../platforms/terminal/abilities.ts';
import { openTerminalChat, type TerminalChat } from '../../platforms/terminal/adapter.ts';
import type { PollReport } from '../../sources/polling/poller.ts';
import { count } from '../output/words.ts';
import { interruption, say } from '../session.ts';
import { fillWhenEmpty } from './first-start.ts';

/** Columns of lines that go into a pipe. */
const PIPE_WIDTH = 100;

/** Whoever types here decides what is posted here. */
const HERE = { platform: 'terminal', workspace: 'local', channel: 'terminal' };

export interface StartOptions {
  /** One JSON object a card instead of text. */
  readonly json: boolean;
}

/** Resolves when the conversation is over. */
export async function runStart({ json }: StartOptions): Promise<void> {
  const environment = readEnvironment();
  const config = parseConfig(environment);
  const stop = interruption(environment);
  if (config.discord || config.slack) {
    await (await import('./serve.ts')).runBot(config, stop);
    // All is closed. A platform that did not answer while it started may still be waited for.
    process.exit();
  }
  const log = openLog(config.logLevel, config.logFile);
  // A second terminal on the same papers answers, and leaves the care for them to the first.
  const lock = lockIfFree(config.databasePath);
  const app = await createApp(config, log, (error) => {
    log.fatal({ err: error }, 'a thread ended');
    say(
      'A part of Paperboy ended unexpectedly; the log says why. Start it again: nothing that was saved is lost.',
    );
    process.exit(1);
  });
  try {
    if (lock) await fillWhenEmpty(app);
    if (lock) await loadFeedsFile(config, app.stores.feeds);
    const { stdin: input, stdout: output, stderr } = process;
    const interactive = input.isTTY && output.isTTY && !json;
    const chat = openTerminalChat({
      input,
      output,
      ...(interactive && { progress: stderr, historyFile: join(config.dataDir, 'history') }),
      interactive,
      width: () => (output.isTTY ? output.columns : PIPE_WIDTH),
      ...terminalAbilities(environment, output),
      json,
      caller: {
        platform: HERE.platform,
        workspace: HERE.workspace,
        person: 'me',
        team: LOCAL_TEAM,
        channel: HERE,
        canManageChannel: true,
      },
      catalogue,
      banner: await bannerOf(app),
      log,
    });
    stop.addEventListener('abort', () => void chat.stop(), { once: true });
    await chat.start(app.handlers);
    const schedule =
      lock &&
      startSchedule({
        ...app,
        database: app.stores.database,
        messages: app.stores.messages,
        budget: app.stores.budget,
        backups: config.backups,
        log,
        onPolled: sayOnceOffline(chat),
      });
    // A pipe is over before anything falls due.
    const engine = lock && interactive ? await app.deliver([chat]) : undefined;
    const ticker = engine && startTicker(engine);
    await chat.closed;
    await ticker?.stop();
    await engine?.stop();
    await schedule?.stop();
    if (chat.failures() > 0 && !interactive) process.exitCode = 1;
  } finally {
    await app.close();
    lock?.release();
  }
}

/** Sources that do not answer are said once; that they answer is what everybody expects. */
function sayOnceOffline(chat: TerminalChat): (report: PollReport) => void {
  let said = false;
  return ({ failed }) => {
    if (said || failed.length === 0) return;
    said = true;
    const names = [...new Set(failed.map(({ source }) => labelOf(source)))].join(' and ');
    const text = `${names} did not answer. What is here works; they are asked again later.`;
    chat.notice({ tone: 'plain', blocks: [{ kind: 'text', text: [{ kind: 'dim', text }] }] });
  };
}

async function bannerOf({ stores }: App): Promise<RichText> {
  const { papers, newestList } = await stores.papers.counts();
  const facts = [
    count(papers, 'paper'),
    ...(newestList ? [`newest list ${weekdayInWords(newestList.day)}`] : []),
    '/papers help',
  ];
  return [{ kind: 'bold', text: 'paperboy' }, `  ${facts.join(' · ')}`];
}
