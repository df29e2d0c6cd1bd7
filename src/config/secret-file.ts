/** A secret that stands in a file of its own, as container engines and systemd hand them over. */
import { readFileSync } from 'node:fs';
import { codeOf } from '../base/errors.ts';

/** `fault` is the end of a sentence that begins with the setting's name. */
export type SecretFile = { readonly text: string } | { readonly fault: string };

/** @param setting the one that names the file, for the sentence */
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
          : `cannot be read ${from}: ${code}. Check that this user may read it`,
    };
  }
  if (text === '') return { fault: `cannot be read ${from}: the file is empty` };
  if (/[\r\n]/.test(text)) return { fault: `cannot be read ${from}: the file holds more than one line` };
  return { text };
}
