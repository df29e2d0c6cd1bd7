/** Conversations in the terminal about real papers, without a process for each. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { catalogue } from '../../commands/index.ts';
import { type App, createApp } from '../../src/app/app.ts';
import { silentLog } from '../../src/base/log.ts';
import type { Caller } from '../../src/chat/caller.ts';
import { fillWhenEmpty } from '../../src/cli/verbs/first-start.ts';
import { parseConfig } from '../../src/config/config.ts';
import { importFile } from '../../src/import/import-papers.ts';
import { teamNameOf } from '../../src/library/teams.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { openTerminalChat, terminalCaller } from '../../src/platforms/terminal/adapter.ts';
import { type Clock, systemClock } from '../../src/time/clock.ts';

const TERMINAL = terminalCaller((workspace) => ({ team: teamNameOf(workspace) }));
const WIDTH = 100;
/**
 * A Wednesday after the lists of the sample, so that no figure depends on the day: on a Monday, “this week”
 * has no papers yet. The time of day runs.
 */
export const HELD_DAY = '2026-06-10';
const heldClock: Clock = {
  ...systemClock,
  now: () => new Date(Date.parse(`${HELD_DAY}T12:00:00Z`) + performance.now()),
};
const DAY_MS = 86_400_000;
/** What a line can change. */
const STATE = ['/papers saved', '/paperfeed list'];
/** Moments, which differ from one conversation to the next. */
const MOMENTS = /\bsaved \d+ \w+ \d+|\bin \d+ (?:minute|hour|day)s?\b|\d\d:\d\d:\d\d/g;

export interface Outcome {
  /** Answers to all lines, as printed. */
  readonly printed: string;
  /** The answer to the line that was typed afterwards, if there is one. */
  readonly afterwards: string | undefined;
  /** The saved papers and the feeds afterwards. */
  readonly state: string;
}

export interface Conversations {
  /** Types the lines into a new chat, where nothing is saved or followed yet. */
  have(lines: readonly string[], afterwards?: string): Promise<Outcome>;
  close(): Promise<void>;
}

/**
 * Opens the program on its sample and these papers.
 * @param folder an empty one
 */
export async function openConversations(
  folder: string,
  papers: readonly PaperRecord[],
): Promise<Conversations> {
  mkdirSync(folder, { recursive: true });
  const config = parseConfig({ DATA_DIR: folder, SOURCES: 'none' });
  const onDeath = (error: Error) => {
    throw error;
  };
  const app = await createApp(config, silentLog, onDeath, { clock: heldClock });
  await fillWhenEmpty(app);
  const path = join(folder, 'papers.jsonl');
  writeFileSync(
    path,
    movedToYesterday(papers, heldClock.now())
      .map((each) => JSON.stringify(each))
      .join('\n'),
  );
  const { stores } = app;
  await importFile({ path, papers: stores.papers, progress: stores.imports, clock: heldClock });
  let had = 0;

  return {
    async have(lines, afterwards) {
      const caller = aloneIn(`w${had++}`);
      const printed = await type(app, caller, lines);
      return {
        printed,
        afterwards: afterwards && timeless(await type(app, caller, [afterwards])),
        state: timeless(await type(app, caller, STATE)),
      };
    },
    close: () => app.close(),
  };
}

/**
 * A caller alone in a workspace. Saved papers, feeds and remembered lists belong to a workspace, so this is
 * as good as a copy of the database for each conversation, and takes no time.
 */
function aloneIn(workspace: string): Caller {
  const { platform, person } = TERMINAL;
  return {
    platform,
    workspace,
    person,
    team: workspace,
    channel: { platform, workspace, channel: 'terminal' },
    canManageChannel: true,
  };
}

async function type(app: App, caller: Caller, lines: readonly string[]): Promise<string> {
  const printed: string[] = [];
  const chat = openTerminalChat({
    input: Readable.from([lines.join('\n')]),
    output: new Writable({
      write(chunk: Buffer, _encoding, done) {
        printed.push(chunk.toString());
        done();
      },
    }),
    interactive: false,
    width: () => WIDTH,
    color: false,
    links: false,
    json: false,
    caller,
    catalogue,
    banner: [],
    log: silentLog,
  });
  await chat.start(app.handlers);
  await chat.closed;
  return printed.join('');
}

function timeless(text: string): string {
  return text.replace(MOMENTS, '');
}

/** Moves the dates so that the newest paper is of yesterday. */
function movedToYesterday(papers: readonly PaperRecord[], now: Date): PaperRecord[] {
  const timeOf = ({ published = '' }: PaperRecord) => Date.parse(published);
  const newest = papers.reduce((latest, paper) => Math.max(latest, timeOf(paper)), 0);
  const shift = now.getTime() - DAY_MS - newest;
  return papers.map((paper) => {
    const { comment: _, ...facts } = paper;
    const published = new Date(timeOf(paper) + shift).toISOString().slice(0, 10);
    return { ...facts, published };
  });
}
