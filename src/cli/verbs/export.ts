/** Subcommand `export`: writes all or saved papers to a file or to standard output. */
import { once } from 'node:events';
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { teamIn } from '../../app/teams.ts';
import { codeOf } from '../../base/errors.ts';
import { toUserError } from '../../base/file-errors.ts';
import { LOCAL_TEAM } from '../../config/settings.ts';
import { type ExportFormat, everyPaper, exportPapers } from '../../export/export-papers.ts';
import type { Library } from '../../library/library.ts';
import type { PaperRecord } from '../../papers/paper.ts';
import type { WorkspaceStore } from '../../workspaces/workspaces.ts';
import { count } from '../output/words.ts';
import { readConfig, say, withStores } from '../session.ts';
import { INSTALLABLE_PLATFORM, notInstalled } from './workspaces.ts';

export interface ExportOptions {
  readonly format: ExportFormat;
  /** Standard output if absent. An existing file is replaced only by a complete export. */
  readonly out?: string;
  /** Only papers that the team saved. */
  readonly saved?: boolean;
  /** Workspace that installed the bot itself; its people are a team of their own. */
  readonly workspace?: string;
}

const SLICE = 200;

export async function runExport({ format, out, saved = false, workspace }: ExportOptions): Promise<void> {
  await withStores(readConfig(), async ({ papers, library, workspaces }) => {
    const team = workspace === undefined ? LOCAL_TEAM : await teamOf(workspaces, workspace);
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

async function teamOf(workspaces: Pick<WorkspaceStore, 'installation'>, workspace: string): Promise<string> {
  if (!(await workspaces.installation(INSTALLABLE_PLATFORM, workspace))) throw notInstalled(workspace);
  return teamIn(new Set([INSTALLABLE_PLATFORM]), { platform: INSTALLABLE_PLATFORM, workspace });
}

async function* everySaved(library: Library, team: string): AsyncGenerator<readonly PaperRecord[]> {
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
