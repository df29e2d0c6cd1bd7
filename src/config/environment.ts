/** Reads the environment. `config.ts` parses it with a library that some callers need not load. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { codeOf, UserError } from '../base/errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export const DEFAULT_DATA_DIR = 'data';

/**
 * Variables of the process, and of a `.env` file in its folder.
 * @throws UserError if the file cannot be read
 */
export function readEnvironment(folder = process.cwd()): Environment {
  const file = join(folder, '.env');
  return { ...(existsSync(file) ? parseEnv(readText(file)) : {}), ...process.env };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(
      `${file} cannot be read (${codeOf(error) ?? 'unknown'}). Make this user its owner with chown, then run chmod 600 on it.`,
      { cause: error },
    );
  }
}
