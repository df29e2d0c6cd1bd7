/** Reads the key that signs mail: https://datatracker.ietf.org/doc/html/rfc6376 */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { codeOf, UserError } from '../base/errors.ts';

interface DkimSettings {
  readonly DKIM_DOMAIN: string | undefined;
  readonly DKIM_SELECTOR: string | undefined;
  readonly DKIM_KEY_FILE: string | undefined;
}

/** Shorter keys are ignored by receivers: RFC 8301, 3.2. */
const FEWEST_BITS = 1024;

/**
 * @returns `undefined` if none of the settings is set
 * @throws UserError if only some are set, or if the file has no usable key
 */
export function dkimOf(settings: DkimSettings) {
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: file } = settings;
  if (domain === undefined && selector === undefined && file === undefined) return undefined;
  if (domain === undefined || selector === undefined || file === undefined) {
    const missing = Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [name] : []));
    throw new UserError(
      `E-mail cannot be signed without ${missing.join(' and ')}. Set this in .env or the environment, or remove the other DKIM settings.`,
    );
  }
  return { domain, selector, privateKey: readKey(file) };
}

function readKey(file: string): string {
  const pem = readPem(file);
  const key = parsePem(pem);
  if (key?.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < FEWEST_BITS) {
    throw new UserError(
      `DKIM_KEY_FILE (${file}) has no RSA private key in PEM. Create one with openssl genrsa -out dkim.pem 2048.`,
    );
  }
  return pem;
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(
      `DKIM_KEY_FILE (${file}) cannot be read (${codeOf(error) ?? 'unknown'}). Check the path, and make the file readable for this user.`,
      { cause: error },
    );
  }
}

function parsePem(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
