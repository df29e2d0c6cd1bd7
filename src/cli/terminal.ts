/** The chat in the terminal. Loads all commands, so `start` loads it while the threads start. */
import { join } from 'node:path';
import { catalogue } from '../../commands/index.ts';
import type { Stores } from '../app/stores.ts';
import type { Logger } from '../base/log.ts';
import { weekdayInWords } from '../cards/dates.ts';
import type { Card, RichText } from '../chat/card.ts';
import type { Config } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import { openTeams } from '../library/teams.ts';
import { labelOf } from '../papers/source-names.ts';
import { terminalAbilities } from '../platforms/terminal/abilities.ts';
import { openTerminalChat, type TerminalChat, terminalCaller } from '../platforms/terminal/adapter.ts';
import type { PollReport } from '../sources/polling/poller.ts';
import { count } from './output/words.ts';

/** Columns of output into a pipe. */
const PIPE_WIDTH = 100;

interface TerminalSettings {
  readonly config: Config;
  readonly environment: Environment;
  /** True for a person at a keyboard. */
  readonly interactive: boolean;
  /** One JSON object per card instead of text. */
  readonly json: boolean;
  readonly log: Logger;
}

export async function openTerminal(
  stores: Stores,
  { config, environment, interactive, json, log }: TerminalSettings,
): Promise<TerminalChat> {
  const { stdin: input, stdout: output, stderr } = process;
  return openTerminalChat({
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
}

/** Reports once that sources do not respond, and nothing while they do. */
export function sayOnceOffline(notice: (card: Card) => void): (report: PollReport) => void {
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
