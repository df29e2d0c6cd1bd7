/** `start`: runs the bot or, if no platform is configured, a chat in this terminal. */
import { join } from 'node:path';
import { catalogue } from '../../../commands/index.ts';
import type { App } from '../../app/app.ts';
import { runApp, type Served } from '../../app/run.ts';
import type { Stores } from '../../app/stores.ts';
import { openLog } from '../../base/log.ts';
import { weekdayInWords } from '../../cards/dates.ts';
import type { Card, RichText } from '../../chat/card.ts';
import { parseConfig, readEnvironment } from '../../config/config.ts';
import { lockIfFree } from '../../db/lock.ts';
import { openTeams } from '../../library/teams.ts';
import { labelOf } from '../../papers/source-names.ts';
import { terminalAbilities } from '../../platforms/terminal/abilities.ts';
import { openTerminalChat, type TerminalChat, terminalCaller } from '../../platforms/terminal/adapter.ts';
import type { PollReport } from '../../sources/polling/poller.ts';
import { count } from '../output/words.ts';
import { aborted, interruption, say, sayUpgrade } from '../session.ts';
import { fillWhenEmpty } from './first-start.ts';

/** Columns of output into a pipe. */
const PIPE_WIDTH = 100;

export interface StartOptions {
  /** One JSON object per card instead of text. */
  readonly json: boolean;
}

/** Resolves when the conversation is over. */
export async function runStart({ json }: StartOptions): Promise<void> {
  const environment = readEnvironment();
  const config = parseConfig(environment);
  const stop = interruption(environment);
  if (config.discord || config.slack) {
    await (await import('./serve.ts')).runBot(config, stop);
    // Everything is closed, but a platform that has not responded can still keep the process alive.
    process.exit();
  }
  const log = openLog(config.logLevel, config.logFile);
  const { stdin: input, stdout: output, stderr } = process;
  const interactive = input.isTTY && output.isTTY && !json;
  let chat: TerminalChat | undefined;

  async function openTerminal({ stores }: App): Promise<Served> {
    const opened = openTerminalChat({
      input,
      output,
      ...(interactive && { progress: stderr, historyFile: join(config.dataDir, 'history') }),
      interactive,
      width: () => (output.isTTY ? output.columns : PIPE_WIDTH),
      ...terminalAbilities(environment, output),
      json,
      caller: terminalCaller(openTeams(config.teams)),
      catalogue,
      banner: await bannerOf(stores),
      log,
    });
    chat = opened;
    const interrupted = aborted(stop).then(() => opened.stop());
    return { ports: [opened], ended: Promise.race([opened.closed, interrupted]) };
  }

  await runApp(config, {
    log,
    // A second terminal on the same papers answers commands, and leaves everything else to the first.
    lock: lockIfFree(config.database.path),
    onDeath(error) {
      log.fatal({ err: error }, 'worker: ended unexpectedly');
      say('A part of Paperboy ended unexpectedly; the log says why. Start it again; no saved data is lost.');
      process.exit(1);
    },
    onUpgrade: sayUpgrade,
    fill: fillWhenEmpty,
    openPorts: openTerminal,
    isService: false,
    // A pipe ends before anything is due.
    posts: interactive,
    onPolled: sayOnceOffline((card) => chat?.notice(card)),
  });
  if (chat && chat.failures() > 0 && !interactive) process.exitCode = 1;
}

/** Reports once that sources do not respond, and nothing while they do. */
function sayOnceOffline(notice: (card: Card) => void): (report: PollReport) => void {
  let said = false;
  return ({ failed }) => {
    if (said || failed.length === 0) return;
    said = true;
    const names = [...new Set(failed.map(({ source }) => labelOf(source)))].join(' and ');
    const text = `${names} did not respond. You can use the stored papers; Paperboy tries again later.`;
    notice({ tone: 'plain', blocks: [{ kind: 'text', text: [{ kind: 'dim', text }] }] });
  };
}

async function bannerOf(stores: Stores): Promise<RichText> {
  const { papers, newestList } = await stores.papers.counts();
  const facts = [
    count(papers, 'paper'),
    ...(newestList ? [`newest list ${weekdayInWords(newestList.day)}`] : []),
    '/papers help',
  ];
  return [{ kind: 'bold', text: 'paperboy' }, `  ${facts.join(' · ')}`];
}
