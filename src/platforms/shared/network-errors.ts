/** Classifies network errors of requests to a platform. */
import { codeOf } from '../../base/errors.ts';

const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** Levels of `cause` to follow, because client libraries wrap socket errors. */
const WRAPPINGS = 4;

/** True when there was no connection, so that nothing was sent. */
export function neverConnected(error: unknown): boolean {
  return codesOf(error).some((code) => NEVER_CONNECTED.has(code));
}

/** Returns the code of the outermost error that has one. */
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
