/** Stores typed lines in a file that only its owner can read, because searches are private. */
import { appendFile, chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../../base/errors.ts';
import type { Logger } from '../../base/log.ts';

interface History {
  /** Latest first, as node:readline requires. */
  readonly lines: string[];
  add(line: string): Promise<void>;
}

export const HISTORY_LINES = 1000;

/** Continues without history when the file cannot be read or written. */
export async function openHistory(file: string | undefined, log: Logger): Promise<History> {
  if (file === undefined) return { lines: [], add: async () => {} };
  const lines = await readLines(file, log);
  return {
    lines: lines.toReversed(),
    async add(line) {
      try {
        await appendFile(file, `${line}\n`, { mode: 0o600 });
      } catch (error) {
        log.warn({ err: error, file }, 'terminal: history not written');
      }
    },
  };
}

async function readLines(file: string, log: Logger): Promise<string[]> {
  try {
    await mkdir(dirname(file), { recursive: true });
    const all = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
    const kept = all.slice(-HISTORY_LINES);
    await chmod(file, 0o600);
    // `add` only appends, so a long file is trimmed here.
    if (all.length > 2 * HISTORY_LINES) await writeFile(file, `${kept.join('\n')}\n`, { mode: 0o600 });
    return kept;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') log.warn({ err: error, file }, 'terminal: history not read');
    return [];
  }
}
