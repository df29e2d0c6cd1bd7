/** `start`: the bot. With no platform configured it is a chat in this terminal. */
import { join } from 'node:path';
import { catalogue } from '../../commands/index.ts';
import { weekdayInWords } from '../../commands/views/dates.ts';
import type { RichText } from '../chat/card.ts';
import { terminalAbilities } from '../chat/terminal/abilities.ts';
import { openTerminalChat, type TerminalChat } from '../chat/terminal/adapter.ts';
import { parseConfig, readEnvironment } from '../config.ts';
import { lockDatabase } from '../db/lock.ts';
import { loadFeedsFile } from '../delivery/feeds-file.ts';
import { startTicker } from '../delivery/ticker.ts';
import { UserError } from '../errors.ts';
import { openLog } from '../log.ts';
import { openPaperboy, type Paperboy } from '../main.ts';
import { startSchedule } from '../schedule.ts';
import { LOCAL_TEAM } from '../settings.ts';
import { SOURCE_LABELS } from '../sources/labels.ts';
import type { PollReport } from '../sources/poller.ts';
import { fillWhenEmpty } from './first-start.ts';
import { interruption, say } from './session.ts';
import { count } from './words.ts';

/** One person reads it. */
const LIMITS = { perSecond: 5, inFlight: 1, perWorkspace: 1 };
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
    await (await import('./serve.ts')).serve(config, stop);
    return;
  }
  const log = openLog(config.logLevel, config.logFile);
  const paperboy = await openPaperboy(config, log, (error) => {
    log.fatal({ err: error }, 'a thread ended');
    say(
      'A part of Paperboy ended unexpectedly; the log says why. Start it again: nothing that was saved is lost.',
    );
    process.exit(1);
  });
  // A second terminal on the same papers answers, and leaves the care for them to the first.
  const lock = tryLock(config.databasePath);
  try {
    if (lock) await fillWhenEmpty(paperboy);
    if (lock) await loadFeedsFile(config, paperboy.stores.feeds);
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
        place: HERE,
        manages: true,
      },
      catalogue,
      banner: await bannerOf(paperboy),
      log,
    });
    stop.addEventListener('abort', () => void chat.stop(), { once: true });
    await chat.start(paperboy.handlers);
    const schedule =
      lock &&
      startSchedule({
        ...paperboy,
        database: paperboy.stores.database,
        messages: paperboy.stores.messages,
        budget: paperboy.stores.budget,
        backups: config.backups,
        log,
        onPolled: sayOnceOffline(chat),
      });
    // A pipe is over before anything falls due.
    const engine = lock && interactive ? await paperboy.deliver([{ port: chat, limits: LIMITS }]) : undefined;
    const ticker = engine && startTicker(engine);
    await chat.closed;
    await ticker?.stop();
    await engine?.stop();
    await schedule?.stop();
    if (chat.failures() > 0 && !interactive) process.exitCode = 1;
  } finally {
    await paperboy.close();
    lock?.release();
  }
}

function tryLock(databasePath: string) {
  try {
    return lockDatabase(databasePath);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Sources that do not answer are said once; that they answer is what everybody expects. */
function sayOnceOffline(chat: TerminalChat): (report: PollReport) => void {
  let said = false;
  return ({ failed }) => {
    if (said || failed.length === 0) return;
    said = true;
    const names = [...new Set(failed.map(({ source }) => SOURCE_LABELS[source]))].join(' and ');
    const text = `${names} did not answer. What is here works; they are asked again later.`;
    chat.notice({ tone: 'plain', blocks: [{ kind: 'text', text: [{ kind: 'dim', text }] }] });
  };
}

async function bannerOf({ stores }: Paperboy): Promise<RichText> {
  const { papers, newestList } = await stores.papers.counts();
  const facts = [
    count(papers, 'paper'),
    ...(newestList ? [`newest list ${weekdayInWords(newestList.day)}`] : []),
    '/papers help',
  ];
  return [{ kind: 'bold', text: 'paperboy' }, `  ${facts.join(' · ')}`];
}
