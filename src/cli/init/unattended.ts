/** `init` with values from options, files or the environment. Asks only before replacing a value. */

import { isBroken } from '../../base/diagnostic.ts';
import { UserError } from '../../base/errors.ts';
import { parseConfig } from '../../config/config.ts';
import type { Environment } from '../../config/environment.ts';
import { diagnosticsAsText } from '../../doctor/report.ts';
import type { AskedName } from './asked.ts';
import { check } from './checks.ts';
import type { SettingsFile } from './env/settings-file.ts';
import { isSetIn, withChanges } from './environment.ts';
import { isUnchanged, readGiven } from './given.ts';
import type { InitOptions } from './options.ts';
import { newSecretKey } from './slack.ts';

interface Work {
  readonly options: InitOptions;
  readonly file: SettingsFile;
  readonly input: NodeJS.ReadableStream;
  readonly say: (line: string) => void;
  /** Absent if questions are not possible. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
}

export interface Applied {
  readonly changes: ReadonlyMap<AskedName, string>;
  /** Address at which an administrator adds the bot to a Discord server, if known. */
  readonly invite: string | undefined;
}

/** @throws UserError if a value is not valid; nothing is written then */
export async function applyGiven(work: Work): Promise<Applied> {
  const { options, file, input } = work;
  const { environment, written } = file;
  const given = await readGiven(options, { environment, written, input });
  if (given.has('SLACK_CLIENT_ID') && !given.has('SECRET_KEY') && !isSetIn(environment, 'SECRET_KEY')) {
    given.set('SECRET_KEY', newSecretKey());
  }
  const after = withChanges(environment, given);
  // Rejects settings that do not go together.
  parseConfig(after);
  const changes = new Map([...given].filter(([name, value]) => !isUnchanged(written, name, value)));
  await demandLeave(
    work,
    [...changes.keys()].filter((name) => isSetIn(written, name)),
  );
  const invite = options.check ? await tryOut(work, given.keys(), after) : undefined;
  if (changes.size > 0) file.write(changes);
  return { changes, invite };
}

async function demandLeave({ options, confirm }: Work, replaced: readonly AskedName[]): Promise<void> {
  if (options.yes || replaced.length === 0) return;
  const names = replaced.join(', ');
  if (!confirm) {
    throw new UserError(`.env has another value for ${names}. Nothing was written. Use --yes to replace it.`);
  }
  if (await confirm(`.env has another value for ${names}. Replace it?`)) return;
  throw new UserError('Nothing was written.');
}

async function tryOut(
  { say }: Work,
  names: Iterable<AskedName>,
  after: Environment,
): Promise<string | undefined> {
  const { diagnostics, invite } = await check(names, after, (doing) => say(`${doing} …`));
  if (diagnostics.length > 0) say(diagnosticsAsText(diagnostics));
  if (!diagnostics.some(isBroken)) return invite;
  throw new UserError(
    'Nothing was written. Fix the lines marked !!, or use --no-check to write the settings anyway.',
  );
}
