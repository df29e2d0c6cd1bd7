/** The `.env` file of a folder: what stands in it, and writing it. */
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { type Environment, readEnvironment } from '../../config.ts';
import { SETTINGS } from '../../settings.ts';
import type { AskedName } from './asked.ts';
import { changeEnv } from './env-file.ts';
import { makePrivate, readPrivateFile, writePrivateFile } from './private-file.ts';

const NAME = '.env';
const HEADER = '# The settings of Paperboy. .env.example lists all there are.\n';

export interface SettingsFile {
  /** What stands in it. */
  readonly written: Environment;
  /** What a start would read: the process's own variables come before those of the file. */
  readonly environment: Environment;
  /** Reads the file again first, as somebody may have changed it meanwhile. @throws UserError when it cannot be written */
  write(changes: ReadonlyMap<AskedName, string | undefined>): void;
  /** True when others could read it until now. */
  makePrivate(): boolean;
}

/** @throws UserError when it cannot be read */
export function openSettingsFile(folder: string): SettingsFile {
  const path = join(folder, NAME);
  // Before the configuration does, which throws what the system says.
  const written = parseEnv(readPrivateFile(path));
  return {
    written,
    environment: readEnvironment(folder),
    write(changes) {
      const text = readPrivateFile(path) || HEADER;
      writePrivateFile(
        path,
        changeEnv(text, changes, (name) => commentOf(name as AskedName)),
      );
    },
    makePrivate: () => makePrivate(path),
  };
}

/** As in `.env.example`. */
function commentOf(name: AskedName): string {
  return SETTINGS[name].meaning.replaceAll('`', '');
}
