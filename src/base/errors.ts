/** The two kinds of error: one is written for the person who asked, everything else is ours to log. */

/**
 * Shown to its user as it stands. The message is one or two sentences: what was wrong, then what to do next.
 * Anything that is not a `UserError` is logged with an id and shown as one calm sentence with that id.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** The message of anything that was thrown, for a log line or a report. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` that Node and SQLite put on their errors (`ENOENT`, `SQLITE_CORRUPT`), or `undefined`. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
