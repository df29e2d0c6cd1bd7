/** Subcommand `export`: writes all or saved papers to a file or to standard output. */
import { once } from 'node:events';
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Stores } from '../../app/stores.ts';
import { codeOf } from '../../base/errors.ts';
import { toUserError } from '../../base/file-errors.ts';
import type { Team } from '../../chat/caller.ts';
import type { Config } from '../../config/config.ts';
import type { ExportFormat } from '../../export/export-formats.ts';
import { everyPaper, exportPapers } from '../../export/export-papers.ts';
import type { Library } from '../../library/library.ts';
import { openTeams, teamNameOf } from '../../library/teams.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import { count } from '../output/words.ts';
import { readConfig, say, withStores } from '../session.ts';
import { notInstalled, INSTALLABLE_PLATFORM as SLACK } from './workspaces.ts';

export interface ExportOptions {
  readonly format: ExportFormat;
  /** Standard output if absent. An existing file is replaced only by a complete export. */
  readonly out?: string;
  /** Only papers saved by people whom this bot serves. */
  readonly saved?: boolean;
  /** Only papers saved on this Discord server or in this Slack workspace. */
  readonly workspace?: string;
}

const SLICE = 200;

export async function runExport({ format, out, saved = false, workspace }: ExportOptions): Promise<void> {
  const config = readConfig();
  await withStores(config, async (stores) => {
    const { papers, library } = stores;
    const team = workspace === undefined ? everybody(config) : await teamIn(stores, workspace);
    const slices = saved ? everySaved(library, team) : everyPaper(papers);
    if (out === undefined) {
      await writeTo(process.stdout, (write) => exportPapers({ slices, format, write }));
      return;
    }
    const unfinished = `${out}.part`;
    const file = createWriteStream(unfinished, { mode: 0o600 });
    try {
      const written = await writeTo(file, (write) => exportPapers({ slices, format, write }));
      file.end();
      await finished(file);
      renameSync(unfinished, out);
      say(`Wrote ${count(written, 'paper')} to ${out}.`);
    } catch (error) {
      file.destroy();
      if (existsSync(unfinished)) rmSync(unfinished);
      throw toUserError(error, out, 'choose another file') ?? error;
    }
  });
}

/** Operators can export everything except the saves of workspaces that installed the app themselves. */
function everybody({ teams }: Config): Team {
  return openTeams({ ...teams, joined: true })({ platform: 'terminal', workspace: 'terminal' });
}

/** @throws UserError for a Slack workspace that neither installed the bot nor saved anything */
async function teamIn(
  { workspaces, library }: Pick<Stores, 'workspaces' | 'library'>,
  workspace: string,
): Promise<Team> {
  const platform = /^\d+$/.test(workspace) ? 'discord' : SLACK;
  const team = { team: teamNameOf({ platform, workspace }) };
  if (platform !== SLACK || (await workspaces.installation(SLACK, workspace))) return team;
  if ((await library.team(team, 1, 0)).total > 0) return team;
  throw notInstalled(workspace);
}

async function* everySaved(library: Library, team: Team): AsyncGenerator<readonly PaperRecord[]> {
  for (let offset = 0; ; offset += SLICE) {
    const { papers } = await library.team(team, SLICE, offset);
    yield papers.map(({ paper }) => paper);
    if (papers.length < SLICE) return;
  }
}

/** Applies back-pressure. A reader that closes the pipe (`| head`) ends the export without an error. */
async function writeTo(
  out: Writable,
  work: (write: (text: string) => Promise<void>) => Promise<number>,
): Promise<number> {
  let failure: Error | undefined;
  out.once('error', (error) => {
    failure = error;
  });
  try {
    return await work(async (text) => {
      if (failure) throw failure;
      if (!out.write(text)) await once(out, 'drain');
    });
  } catch (error) {
    if (codeOf(error) === 'EPIPE') return 0;
    throw error;
  }
}
