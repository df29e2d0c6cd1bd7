/** What went wrong between us and a platform before it could say anything. */
import { codeOf } from '../../base/errors.ts';

const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** Clients wrap what the socket said, some of them more than once. */
const WRAPPINGS = 4;

/** The connection was refused, or never came about: nothing was sent. */
export function neverConnected(error: unknown): boolean {
  return codesOf(error).some((code) => NEVER_CONNECTED.has(code));
}

/** The code of the outermost error that has one. */
export function rootCode(error: unknown): string | undefined {
  return codesOf(error)[0];
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let each = error, depth = 0; depth < WRAPPINGS && each !== undefined; depth++) {
    const code = codeOf(each);
    if (code !== undefined) codes.push(code);
    each = each instanceof Error ? each.cause : undefined;
  }
  return codes;
}
