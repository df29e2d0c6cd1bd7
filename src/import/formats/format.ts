/** A form that papers come in: how its rows are known, and how they are read. */

import type { SourceName } from '../../papers/source-names.ts';
import type { Day } from '../../time/clock.ts';
import type { ParsedRecord } from './record-schema.ts';

export interface RowContext {
  /** When the file was written, an ISO 8601 instant: the moment that its votes were counted, where it does not say. */
  readonly savedAt: string;
  /** The list day of a saved answer that does not say. */
  readonly day?: Day;
}

export interface RowFormat {
  readonly name: string;
  /** In the words of a person: completes "it can be …". */
  readonly description: string;
  /** Whose words its papers are. */
  readonly source: SourceName;
  /** True when reading a row depends on the rows before it. */
  readonly counts?: boolean;
  recognises(row: Readonly<Record<string, unknown>>): boolean;
  /** A reader for one file; a row can hold several papers. */
  open(context: RowContext): (row: unknown) => readonly ParsedRecord[];
}

/** What one line of a file tells. */
export type ParsedRow = ParsedRecord & { readonly line: number; readonly source: SourceName };

export interface Reading {
  /** As the person who imports it wrote it. */
  readonly name: string;
  /** A name from `FORM_NAMES`; recognised from the content when absent. */
  readonly format?: string;
  readonly context: RowContext;
  /** Lines up to this one were taken before. */
  readonly from: number;
}
