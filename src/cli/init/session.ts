/** State of one interview: the answers so far, and asking for and checking values. */

import { type Diagnostic, isBroken } from '../../base/diagnostic.ts';
import { rawValue } from '../../config/config.ts';
import type { Environment } from '../../config/environment.ts';
import { type AskedName, factsOf, isSecret } from './asked.ts';
import { check } from './checks.ts';
import { isSetIn, withChanges } from './environment.ts';
import { isUnchanged } from './given.ts';
import type { Prompts } from './prompts.ts';
import { faultIn, spelled, tidy } from './tidy.ts';

export interface AskOptions {
  /** May be left empty, which removes the setting. */
  readonly optional?: boolean;
  /** Initial text if nothing is set; the setting's default if absent. */
  readonly proposed?: string;
  /** Instructions were already shown. */
  readonly explained?: boolean;
}

export interface Session {
  readonly prompts: Prompts;
  /** Environment before the first question. */
  readonly before: Environment;
  /** `undefined` removes a setting. */
  readonly changes: Map<AskedName, string | undefined>;
  /** Address at which an administrator adds the bot to a Discord server, once known. */
  invite: string | undefined;
  /** Current value, including the answers so far. */
  value(name: AskedName): string | undefined;
  set(name: AskedName, value: string | undefined): void;
  ask(name: AskedName, options?: AskOptions): Promise<void>;
  /**
   * Asks for values and checks them until they work or the operator decides. Returns `false` to leave them
   * out.
   * @param only `changed` skips the check for unchanged values
   */
  settle(names: readonly AskedName[], ask: () => Promise<void>, only?: 'changed'): Promise<boolean>;
}

interface SessionOptions {
  readonly prompts: Prompts;
  readonly environment: Environment;
  /** Check the values with the platforms. */
  readonly checking: boolean;
}

export function openSession({ prompts, environment, checking }: SessionOptions): Session {
  const changes = new Map<AskedName, string | undefined>();
  const present = (): Environment => withChanges(environment, changes);

  const session: Session = {
    prompts,
    before: environment,
    changes,
    invite: undefined,
    value: (name) => rawValue(present(), name),

    set(name, value) {
      const isSame =
        value === undefined ? !isSetIn(environment, name) : isUnchanged(environment, name, value);
      if (isSame) changes.delete(name);
      else changes.set(name, value);
    },

    async ask(name, { optional = false, proposed, explained = false } = {}) {
      const { label, found } = factsOf(name);
      const isSet = isSetIn(present(), name);
      if (isSecret(name) && isSet && (await keeps(prompts, name))) return;
      if (found !== undefined && !explained) prompts.say(found);
      const question = {
        message: `${capital(label)}${optional ? ' (leave empty if none is needed)' : ''}`,
        validate: (pasted: string) =>
          optional && tidy(name, pasted) === '' ? undefined : faultIn(name, tidy(name, pasted)),
      };
      const initial = (isSet ? present()[name]?.trim() : proposed) ?? session.value(name) ?? '';
      const pasted = isSecret(name)
        ? await prompts.secret(question)
        : await prompts.text({ ...question, initial });
      const value = tidy(name, pasted);
      session.set(name, value === '' ? undefined : spelled(name, value));
    },

    async settle(names, ask, only) {
      for (let asking = true; ; ) {
        if (asking) await ask();
        const tried = only === 'changed' ? names.filter((name) => changes.has(name)) : names;
        if (!checking || tried.length === 0) return true;
        const { diagnostics, invite } = await check(tried, present(), (doing) => prompts.say(`${doing} …`));
        session.invite = invite ?? session.invite;
        for (const diagnostic of diagnostics) showDiagnostic(prompts, diagnostic);
        if (!diagnostics.some(isBroken)) return true;
        const next = await prompts.choose('What next?', NEXT);
        if (next === 'keep') return true;
        if (next === 'leave') return false;
        asking = next === 'again';
        // A rejected secret is not offered again.
        if (asking) for (const name of names) if (isSecret(name)) changes.set(name, undefined);
      }
    },
  };
  return session;
}

const NEXT = [
  { value: 'again', label: 'Enter the value again' },
  { value: 'retry', label: 'Check again', hint: 'after a change on the platform' },
  { value: 'keep', label: 'Keep it anyway' },
  { value: 'leave', label: 'Skip this for now' },
] as const;

function keeps(prompts: Prompts, name: AskedName): Promise<boolean> {
  return prompts
    .choose(`${name} is already set`, [
      { value: 'keep', label: 'Keep it' },
      { value: 'replace', label: 'Replace it' },
    ])
    .then((choice) => choice === 'keep');
}

export function showDiagnostic(prompts: Prompts, { state, subject, text }: Diagnostic): void {
  const line = text.startsWith(subject) ? text : `${subject}: ${text}`;
  if (state === 'works') prompts.works(line);
  else if (state === 'note') prompts.warn(line);
  else prompts.complain(line);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
