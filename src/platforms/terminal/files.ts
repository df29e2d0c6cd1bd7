/** Saves files of answers in the current folder. */
import { writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { codeOf, UserError } from '../../base/errors.ts';
import type { CardFile } from '../../chat/card.ts';

/** Copies of one name, so that a script that never cleans up ends with a sentence. */
const MOST_COPIES = 100;

/**
 * Readable by its owner only. Never replaces a file: the next one is `name-2.bib`.
 * @returns the path
 * @throws UserError if the folder cannot be written to
 */
export async function saveFile(folder: string, { name, content }: CardFile): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let copy = 1; copy <= MOST_COPIES; copy++) {
    const path = join(folder, copy === 1 ? name : `${stem}-${copy}${ext}`);
    try {
      await writeFile(path, content, { mode: 0o600, flag: 'wx' });
      return path;
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EEXIST') continue;
      throw new UserError(
        `${path} cannot be written (${code ?? 'unknown'}). Start the program in another folder.`,
        { cause: error },
      );
    }
  }
  throw new UserError(`${folder} has ${MOST_COPIES} files called ${name}. Delete some of them.`);
}
