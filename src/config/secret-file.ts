/** Reads secrets from files, as provided by container engines and systemd. */
import { readFileSync } from 'node:fs';
import { codeOf } from '../base/errors.ts';

/** `fault` is the end of a sentence that begins with the setting's name. */
export type SecretFile = { readonly text: string } | { readonly fault: string };

/** @param setting name of the setting with the path, for errors */
export function readSecretFile(path: string, setting: string): SecretFile {
  const from = `from ${path} (${setting})`;
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    const code = codeOf(error) ?? 'unknown';
    return {
      fault:
        code === 'ENOENT'
          ? `cannot be read ${from}: the file does not exist`
          : `cannot be read ${from}: ${code}. Make it readable for this user`,
    };
  }
  if (text === '') return { fault: `cannot be read ${from}: the file is empty` };
  if (/[\r\n]/.test(text)) return { fault: `cannot be read ${from}: the file contains more than one line` };
  return { text };
}
