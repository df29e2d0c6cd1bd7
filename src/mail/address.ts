/** Reads the address that a person types to receive mail. */
import { domainToASCII } from 'node:url';
import { UserError } from '../base/errors.ts';

/** Limits of SMTP: https://datatracker.ietf.org/doc/html/rfc5321#section-4.5.3.1 */
const MOST_LOCAL = 64;
const MOST_ADDRESS = 254;
/** Without quotes, comments and lists, which people do not have and which could begin another address. */
const LOCAL_PART = /^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]+$/u;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z\d]$/;

/** True for one complete address with a domain in ASCII. */
export function isMailAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const isDotted = !/^\.|\.\.|\.$/.test(local);
  return (
    text.length <= MOST_ADDRESS &&
    local.length <= MOST_LOCAL &&
    isDotted &&
    LOCAL_PART.test(local) &&
    DOMAIN.test(text.slice(at + 1))
  );
}

/**
 * Accepts the forms that chat clients and address books paste: `<a@b.example>`, `mailto:a@b.example`.
 * @returns the address with its domain in lower case and ASCII
 * @throws UserError for anything else
 */
export function parseMailAddress(typed: string): string {
  const text = typed.trim().replace(/^<?(?:mailto:)?([^|>]*)(?:\|[^>]*)?>?$/i, '$1');
  const at = text.lastIndexOf('@');
  const address = `${text.slice(0, Math.max(at, 0))}@${domainToASCII(text.slice(at + 1)).toLowerCase()}`;
  if (text.length <= 2 * MOST_ADDRESS && isMailAddress(address)) return address;
  throw new UserError(
    `“${typed.trim().slice(0, 60)}” is not an e-mail address. Type one address, such as ada@lab.example.`,
  );
}
