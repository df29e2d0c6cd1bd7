/** The contract of an import format: recognises its rows and turns them into papers. */

import type { SourceName } from '../../papers/source-names.ts';
import type { Day } from '../../time/clock.ts';
import type { ParsedRecord } from '../fields/record-schema.ts';
import type { RowFormatName } from './format-names.ts';

export interface RowContext {
  /** When the file was written, as an ISO 8601 instant. Used as the time of vote counts that have none. */
  readonly savedAt: string;
  /** The list day of a saved response that does not contain one. */
  readonly day?: Day;
}

export interface RowFormat {
  readonly name: RowFormatName;
  /** Noun phrase for the list of supported formats. */
  readonly description: string;
  /** The source that its papers are attributed to. */
  readonly source: SourceName;
  /** True when reading a row depends on the rows before it. */
  readonly counts?: boolean;
  recognises(row: Readonly<Record<string, unknown>>): boolean;
  /** Returns a reader for one file; a row can hold several papers. */
  open(context: RowContext): (row: unknown) => readonly ParsedRecord[];
}

/** A paper, or the reason for skipping it, with its line in the file. */
export type ParsedRow = ParsedRecord & { readonly line: number; readonly source: SourceName };

export interface Reading {
  /** The file's name as the user typed it. */
  readonly name: string;
  /** A name from `FORMAT_NAMES`; detected from the content when absent. */
  readonly format?: string;
  readonly context: RowContext;
  /** Lines up to this one were imported before. */
  readonly from: number;
}
