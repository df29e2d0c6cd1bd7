/** What goes wrong between us and a source: expected, logged as one sentence, mended by asking again later. */
import { codeOf, messageOf } from '../../base/errors.ts';

const KINDS = ['unreachable', 'refused', 'rate-limited', 'broken-answer', 'not-found'] as const;

/**
 * - `unreachable`: no answer came, or the source said that it is out of order (5xx)
 * - `refused`: it understood and said no (4xx)
 * - `rate-limited`: we asked too often, or are about to
 * - `broken-answer`: an answer came that cannot be used
 * - `not-found`: 404, which is often normal
 */
type SourceErrorKind = (typeof KINDS)[number];

interface SourceErrorOptions {
  /** Milliseconds that the source wants us to wait. */
  readonly retryAfterMs?: number;
  /** Of the answer, when it was refused. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** The message is one sentence that names the source. It never holds a token or a header. */
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

  /** The kind under the one name that survives the way between threads. */
  get code(): SourceErrorKind {
    return this.kind;
  }
}

/** Gives an error that came from another thread its class back; any other error is returned as it is. */
export function fromWorkerError(error: unknown): unknown {
  const kind = KINDS.find((known) => known === codeOf(error));
  return kind === undefined ? error : new SourceError(kind, messageOf(error), { cause: error });
}
