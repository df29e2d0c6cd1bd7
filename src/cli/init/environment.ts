/** Settings in an environment, where each secret can also stand in a file that `NAME_FILE` names. */
import type { Environment } from '../../config/config.ts';
import { fileSettingOf } from '../../config/settings.ts';
import type { AskedName } from './asked.ts';

/** `undefined` takes a setting out. */
export type SettingChanges = ReadonlyMap<AskedName, string | undefined>;

/** The names under which a setting can stand. */
function namesOf(name: AskedName): string[] {
  const fileSetting = fileSettingOf(name);
  return fileSetting === undefined ? [name] : [name, fileSetting];
}

export function isSetIn(environment: Environment, name: AskedName): boolean {
  return namesOf(name).some((each) => Boolean(environment[each]?.trim()));
}

/** By the names of lines: a value takes the place of the file that held it. */
export function lineChanges(changes: SettingChanges): Map<string, string | undefined> {
  return new Map(
    [...changes].flatMap(([name, value]) =>
      namesOf(name).map((each) => [each, each === name ? value : undefined] as const),
    ),
  );
}

export function withChanges(environment: Environment, changes: SettingChanges): Environment {
  return { ...environment, ...Object.fromEntries(lineChanges(changes)) };
}
