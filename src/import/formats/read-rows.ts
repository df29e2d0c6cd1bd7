/** Rows of JSON to papers: the first row that is in a known form decides how the file is read. */

import { parseRow, type Row } from '../reading/json-rows.ts';
import { startTurns } from '../reading/yield-to-event-loop.ts';
import type { LineTold, Reading } from './format.ts';
import { recogniseRow, rowFormNamed, unknownForm } from './known-formats.ts';

/** Rows without a form that are looked at before a file is given up. */
const PATIENCE = 20;

/** @throws UserError when no form fits the rows */
export async function* tellRows(rows: AsyncIterable<Row>, reading: Reading): AsyncGenerator<LineTold> {
  const { from, context } = reading;
  let form = reading.form === undefined ? undefined : rowFormNamed(reading.form);
  let read = form?.open(context);
  let strangers = 0;
  const turns = startTurns();
  let firstProblem: string | undefined;
  for await (const row of rows) {
    if (turns.due()) await turns.give();
    if (row.line <= from && form && !form.counts) continue;
    const parsed = parseRow(row);
    if ('value' in parsed && !read) {
      form = recogniseRow(parsed.value);
      read = form?.open(context);
    }
    const told =
      'fault' in parsed
        ? [{ skipped: parsed.fault }]
        : (read?.(parsed.value) ?? [{ skipped: 'holds no paper' }]);
    if (!read) {
      firstProblem ??= `line ${row.line} ${'fault' in parsed ? parsed.fault : 'holds no paper'}`;
      strangers += 1;
      if (strangers === PATIENCE) break;
    }
    const source = form?.source ?? 'export';
    if (row.line > from) for (const one of told) yield { ...one, line: row.line, source };
  }
  if (!read) throw unknownForm(reading.name, firstProblem ?? 'it holds no papers');
}
