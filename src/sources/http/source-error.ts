/** Expected failures of a source. Logged as one sentence and retried later. */
import { codeOf, messageOf } from '../../base/errors.ts';

/** Error code for a redirect to a host name that resolves to a private address. */
export const PRIVATE_ADDRESS = 'ERR_PRIVATE_ADDRESS';

const KINDS = ['unreachable', 'refused', 'rate-limited', 'broken-answer', 'not-found'] as const;

/**
 * - `unreachable`: no response, or a server error (5xx)
 * - `refused`: the request was rejected (4xx)
 * - `rate-limited`: too many requests were sent, or would be
 * - `broken-answer`: the response cannot be used
 * - `not-found`: 404, often expected
 */
type SourceErrorKind = (typeof KINDS)[number];

interface SourceErrorOptions {
  /** Milliseconds to wait, as requested by the source. */
  readonly retryAfterMs?: number;
  /** Status of the response, for `refused`. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** The message is one sentence that names the source. It never contains a token or a header. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly kind: SourceErrorKind;
  readonly retryAfterMs?: number;
  readonly status?: number;

  constructor(
    kind: SourceErrorKind,
    message: string,
    { retryAfterMs, status, cause }: SourceErrorOptions = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
    if (status !== undefined) this.status = status;
  }

  /** Same as `kind`; only `code` is copied between threads. */
  get code(): SourceErrorKind {
    return this.kind;
  }
}

/** Restores the class of an error from a worker thread; returns any other error unchanged. */
export function fromWorkerError(error: unknown): unknown {
  const kind = KINDS.find((known) => known === codeOf(error));
  return kind === undefined ? error : new SourceError(kind, messageOf(error), { cause: error });
}
