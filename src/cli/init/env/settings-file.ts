/** The `.env` file of a folder. */
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { type Environment, readEnvironment } from '../../../config/environment.ts';
import { SETTINGS, type SettingName } from '../../../config/settings.ts';
import { lineChanges, type SettingChanges } from '../environment.ts';
import { changeEnv } from './env-file.ts';
import { makePrivate, readPrivateFile, writePrivateFile } from './private-file.ts';

const NAME = '.env';
const HEADER = '# Settings of Paperboy. .env.example lists all settings.\n';

export interface SettingsFile {
  /** Settings in the file. */
  readonly written: Environment;
  /** Settings that a start would use: variables of the process take precedence over the file. */
  readonly environment: Environment;
  /** Reads the file again first, in case it has changed. @throws UserError if it cannot be written */
  write(changes: SettingChanges): void;
  /** Returns true if others could read it before. */
  makePrivate(): boolean;
}

/** @throws UserError if it cannot be read */
export function openSettingsFile(folder: string): SettingsFile {
  const path = join(folder, NAME);
  // Before `readEnvironment`, because this error is clearer.
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
