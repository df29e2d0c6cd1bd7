/** Reads values from options, files, standard input and the environment. */
import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { codeOf, messageOf, UserError } from '../../base/errors.ts';
import { rawValue } from '../../config/config.ts';
import type { Environment } from '../../config/environment.ts';
import { ASKED_NAMES, type AskedName } from './asked.ts';
import type { Given, InitOptions } from './options.ts';
import { faultIn, spelled, tidy } from './tidy.ts';

interface Where {
  /** Of the process and of `.env`. */
  readonly environment: Environment;
  /** Of `.env` alone. */
  readonly written: Environment;
  readonly input: NodeJS.ReadableStream;
}

/** Options take precedence over the environment. @throws UserError for the first value that is not valid */
export async function readGiven(
  { given, fromEnv }: Pick<InitOptions, 'given' | 'fromEnv'>,
  { environment, written, input }: Where,
): Promise<Map<AskedName, string>> {
  refuseTwice(given);
  const values = new Map<AskedName, string>();
  if (fromEnv) {
    for (const name of ASKED_NAMES) {
      const value = environment[name];
      if (value?.trim() && value !== written[name]) take(values, name, value, name);
    }
  }
  for (const each of given) {
    const pasted = each.isFile ? await readFrom(each, input) : each.text;
    take(values, each.name, pasted, each.flag);
  }
  return values;
}

function take(values: Map<AskedName, string>, name: AskedName, pasted: string, from: string): void {
  const value = tidy(name, pasted);
  const fault = faultIn(name, value);
  if (fault !== undefined) throw new UserError(`${from}: ${fault}`);
  values.set(name, spelled(name, value));
}

function refuseTwice(given: readonly Given[]): void {
  const twice = given.find(({ name }, at) => given.slice(0, at).some((other) => other.name === name));
  if (twice) throw new UserError(`${twice.name} is given twice. Remove ${twice.flag} or the other option.`);
  const pipes = given.filter(({ isFile, text }) => isFile && text === '-').map(({ flag }) => flag);
  if (pipes.length < 2) return;
  throw new UserError(
    `${pipes.join(' and ')} cannot both be read from standard input. Use a file for one of them.`,
  );
}

async function readFrom({ text: path, flag }: Given, input: NodeJS.ReadableStream): Promise<string> {
  if (path === '-') return readAll(input);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(`${flag}: ${path} cannot be read (${codeOf(error) ?? messageOf(error)}).`);
  }
}

/** True if the value is already in effect, also as the default. */
export function isUnchanged(environment: Environment, name: AskedName, value: string): boolean {
  const present = rawValue(environment, name);
  return present !== undefined && spelledOrRaw(name, present) === value;
}

function spelledOrRaw(name: AskedName, text: string): string {
  return faultIn(name, tidy(name, text)) === undefined ? spelled(name, text) : text;
}
