/** Converts JSON rows to papers. The first row in a known format determines the format of the file. */

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
  let strangers = 0;
  const yielding = startYielding();
  let firstProblem: string | undefined;
  for await (const row of rows) {
    if (yielding.due()) await yielding.give();
    if (row.line <= from && format && !format.counts) continue;
    const parsed = parseRow(row);
    if ('value' in parsed && !read) {
      format = recogniseRow(parsed.value);
      read = format?.open(context);
    }
    const parsedRecords =
      'fault' in parsed
        ? [{ skipped: parsed.fault }]
        : (read?.(parsed.value) ?? [{ skipped: 'contains no paper' }]);
    if (!read) {
      firstProblem ??= `line ${row.line} ${'fault' in parsed ? parsed.fault : 'contains no paper'}`;
      strangers += 1;
      if (strangers === PATIENCE) break;
    }
    const source = format?.source ?? 'export';
    if (row.line > from) for (const one of parsedRecords) yield { ...one, line: row.line, source };
  }
  if (!read) throw unknownFormat(reading.name, firstProblem ?? 'it contains no papers');
}
