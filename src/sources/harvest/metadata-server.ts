/** The contract of a server that lists the metadata of all papers page by page, as OAI-PMH does. */
import type { PaperRecord } from '../../papers/paper.ts';
import type { Day } from '../../time/clock.ts';

/** A part of the papers that changed on or after a day. */
export interface ListRange {
  readonly set?: string;
  /** Absent for all. */
  readonly from?: Day;
}

/** A paper on the server, with the day on which its metadata last changed. */
export interface ListedPaper {
  readonly id: string;
  readonly day: Day;
}

/** Leads to the next page. */
export interface NextPage {
  readonly token: string;
  /** Milliseconds for which the server promises to accept the token. */
  readonly validMs?: number;
  /** All records of the list, if the server says. */
  readonly size?: number;
}

interface Page {
  /** The day of the server's own clock. */
  readonly serverDay: Day;
  /** The last day on which something on this page changed. Days do not go down from page to page. */
  readonly lastDay?: Day;
  /** Absent on the last page. */
  readonly next?: NextPage;
}

/** An empty list has a page without records. */
export interface RecordPage extends Page {
  readonly records: readonly PaperRecord[];
  /** Papers that the server deleted. */
  readonly deleted: readonly ListedPaper[];
  /** Records that could not be used. */
  readonly skipped: ReadonlyArray<{ readonly entry: number; readonly reason: string }>;
}

export interface IdentifierPage extends Page {
  /** Without deleted papers. */
  readonly listed: readonly ListedPaper[];
}

export interface MetadataServer {
  /**
   * @param at the range for the first page, then the token
   * @throws TokenRefused; SourceError
   */
  records(at: ListRange | string, signal: AbortSignal): Promise<RecordPage>;
  /** The same list without the metadata. */
  identifiers(at: ListRange | string, signal: AbortSignal): Promise<IdentifierPage>;
  /**
   * Returns `undefined` if the server has no such paper, or its record cannot be used.
   * @throws SourceError
   */
  record(id: string, signal: AbortSignal): Promise<PaperRecord | undefined>;
}

/** The server does not accept a token, any more or at all. The list must begin again. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}
