/** Saves files of answers in the current folder, and reads those that a line names. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join, parse } from 'node:path';
import { codeOf, UserError } from '../../base/errors.ts';
import type { CardFile } from '../../chat/card.ts';
import type { AttachedFile } from '../../chat/handlers.ts';

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

/** A path with a space is in quotes. */
const NAMED_FILE =
  /(?:^|\s)(?:file:)?(?:"([^"]+\.(?:bib|bibtex|ris|jsonl?|txt))"|(\S+\.(?:bib|bibtex|ris|jsonl?|txt)))(?=\s|$)/iu;

interface NamedFile {
  /** Without the path. */
  readonly line: string;
  readonly file: AttachedFile;
}

/**
 * The file that a line names by its path.
 * @throws UserError if there is no such file
 */
export async function fileIn(line: string): Promise<NamedFile | undefined> {
  const found = NAMED_FILE.exec(line);
  const named = found?.[1] ?? found?.[2];
  if (!found || named === undefined || named.includes('://')) return undefined;
  const path = named.replace(/^~(?=\/)/, homedir());
  const facts = await stat(path).catch(() => undefined);
  if (!facts?.isFile()) throw new UserError(`${named} does not exist, or is no file. Check the path.`);
  return {
    line: line.replace(found[0], ''),
    file: {
      name: basename(path),
      bytes: facts.size,
      async read() {
        try {
          return await readFile(path);
        } catch (error) {
          throw new UserError(`${named} cannot be read (${codeOf(error) ?? 'unknown'}).`, { cause: error });
        }
      },
    },
  };
}
