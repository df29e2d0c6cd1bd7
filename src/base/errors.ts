/** Errors: `UserError` is shown to people, everything else is logged. */

/**
 * Shown to its user unchanged. The message is one or two sentences: what was wrong, then what to do next. Any
 * other error is logged with an id, and its user sees one sentence with that id.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** The message of any thrown value, for a log message or a report. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` that Node and SQLite put on their errors (`ENOENT`, `SQLITE_CORRUPT`), or `undefined`. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The result of a parser, or `undefined` for a text that it refuses. */
export function parsedOrNothing<Value>(parse: () => Value): Value | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
