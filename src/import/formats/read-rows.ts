/** Converts JSON rows to papers. The first row in a known format determines the format of the file. */

import { isObject } from '../fields/values.ts';
import { rowsWithin } from '../reading/find-list.ts';
import { parseRow, type Row } from '../reading/json-rows.ts';
import { startYielding } from '../reading/yield-to-event-loop.ts';
import type { ParsedRow, Reading } from './format.ts';
import { recogniseRow, rowFormatNamed, unknownFormat } from './known-formats.ts';

/** Unrecognised rows to read before rejecting the file. */
const PATIENCE = 20;

/** @throws UserError when no format fits the rows */
export async function* readRows(rows: AsyncIterable<Row>, reading: Reading): AsyncGenerator<ParsedRow> {
  const { from, context } = reading;
  let format = reading.format === undefined ? undefined : rowFormatNamed(reading.format);
  let read = format?.open(context);
  /** Lines that hold a list of rows, such as the pages of an API's answer. */
  let areLists: boolean | undefined;
  let strangers = 0;
  function valuesOf(value: unknown): readonly unknown[] {
    if (areLists === false || isRow(value)) return [value];
    const within = rowsWithin(value, isRow);
    if (within.length === 0) return [value];
    areLists = true;
    return within;
  }

  function isRow(value: unknown): boolean {
    return format ? isObject(value) && format.recognises(value) : recogniseRow(value) !== undefined;
  }

  const yielding = startYielding();
  let firstProblem: string | undefined;
  for await (const row of rows) {
    if (yielding.due()) await yielding.give();
    if (row.line <= from && format && !format.counts) continue;
    const parsed = parseRow(row);
    const values = 'value' in parsed ? valuesOf(parsed.value) : [];
    if (!read) {
      format = values.map(recogniseRow).find((each) => each !== undefined);
      read = format?.open(context);
    }
    if (read) areLists ??= false;
    if (!read) {
      firstProblem ??= `line ${row.line} ${'fault' in parsed ? parsed.fault : 'contains no paper'}`;
      strangers += 1;
      if (strangers === PATIENCE) break;
    }
    const isNew = row.line > from;
    if (!isNew && !format?.counts) continue;
    const place = { line: row.line, source: format?.source ?? ('export' as const) };
    if ('fault' in parsed && isNew) yield { skipped: parsed.fault, ...place };
    for (const value of values) {
      if (yielding.due()) await yielding.give();
      const parsedRecords = read?.(value) ?? [{ skipped: 'contains no paper' }];
      if (isNew) for (const one of parsedRecords) yield { ...one, ...place };
    }
  }
  if (!read) throw unknownFormat(reading.name, firstProblem ?? 'it contains no papers');
}
