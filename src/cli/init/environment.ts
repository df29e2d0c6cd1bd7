/** Settings in an environment. Each secret may also be in a file set by `NAME_FILE`. */
import type { Environment } from '../../config/environment.ts';
import { fileSettingOf } from '../../config/settings.ts';
import type { AskedName } from './asked.ts';

/** `undefined` removes a setting. */
export type SettingChanges = ReadonlyMap<AskedName, string | undefined>;

/** Names under which a setting may be set. */
function namesOf(name: AskedName): string[] {
  const fileSetting = fileSettingOf(name);
  return fileSetting === undefined ? [name] : [name, fileSetting];
}

export function isSetIn(environment: Environment, name: AskedName): boolean {
  return namesOf(name).some((each) => Boolean(environment[each]?.trim()));
}

/** Changes by line of `.env`: a new value replaces the setting that named a file. */
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
