/** The `.env` file of a folder: what stands in it, and writing it. */
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { type Environment, readEnvironment } from '../../../config/config.ts';
import { SETTINGS, type SettingName } from '../../../config/settings.ts';
import { lineChanges, type SettingChanges } from '../environment.ts';
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
  write(changes: SettingChanges): void;
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
      writePrivateFile(path, changeEnv(text, lineChanges(changes), commentOf));
    },
    makePrivate: () => makePrivate(path),
  };
}

/** As in `.env.example`. */
function commentOf(name: string): string {
  const { meaning } = SETTINGS[name as SettingName];
  return meaning.replaceAll('`', '');
}
