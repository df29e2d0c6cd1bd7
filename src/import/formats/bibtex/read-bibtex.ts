/** Reads BibTeX and biblatex files entry by entry, in bounded memory. */
import type { ParsedRecord } from '../../fields/record-schema.ts';
import { decodeLines } from '../../reading/text-encoding.ts';
import { startYielding } from '../../reading/yield-to-event-loop.ts';
import type { ParsedRow, Reading } from '../format.ts';
import { unknownFormat } from '../known-formats.ts';
import { type Fields, openParents } from './parents.ts';
import { readFields } from './read-fields.ts';
import { type RawEntry, splitEntries } from './split-entries.ts';
import { toRecord } from './to-record.ts';

const SOURCE = 'references';
/** Beyond it, entries are read without what they would take from an entry that comes later. */
const MOST_WAITING = 5_000;
const MOST_MACROS = 20_000;
/** Characters of all macros together. */
const LONGEST_MACROS = 4 * 1024 * 1024;

interface ReadEntry {
  readonly type: string;
  readonly line: number;
  readonly fields: Fields;
  readonly faults: readonly string[];
}

/** True for text with an entry in it, from its beginning. */
export function looksLikeBibtex(text: string): boolean {
  return /^[^\S\n]*@[ \t]*[A-Za-z][\w-]*\s*[{(]/m.test(text);
}

/** @throws UserError for text without entries */
export async function* readBibtex(
  chunks: AsyncIterable<Buffer>,
  { name, from }: Reading,
): AsyncGenerator<ParsedRow> {
  const macros = openMacros();
  const parents = openParents();
  const waiting: ReadEntry[] = [];
  const yielding = startYielding();
  let isEmpty = true;
  for await (const raw of splitEntries(decodeLines(chunks))) {
    if (yielding.due()) await yielding.give();
    isEmpty = false;
    if (raw.fault !== undefined) {
      if (raw.line > from) yield { line: raw.line, skipped: raw.fault, source: SOURCE };
      continue;
    }
    if (raw.type === 'string') macros.define(raw.body);
    if (raw.type === 'string' || raw.type === 'preamble') continue;
    const entry = readEntry(raw, macros.values);
    parents.remember(raw.type, entry.key, entry.fields);
    // Data for other entries; biblatex's sets, and settings of REVTeX.
    if (/^(?:xdata|set|control)$/.test(raw.type)) continue;
    if (parents.isWaiting(entry.fields) && waiting.length < MOST_WAITING) waiting.push(entry);
    else if (raw.line > from) yield toRow(entry, parents.complete(entry.fields));
  }
  // An import that resumes reads these again, because it may have stopped before they were stored.
  for (const entry of waiting) {
    if (yielding.due()) await yielding.give();
    yield toRow(entry, parents.complete(entry.fields));
  }
  if (isEmpty) throw unknownFormat(name, 'it has no entries such as @article{…}');
}

function readEntry(raw: RawEntry, macros: ReadonlyMap<string, string>): ReadEntry & { readonly key: string } {
  const { key, fields, faults } = readFields(raw.body, macros);
  const unclosed = 'the entry is not closed before the next one begins or the file ends';
  return {
    key,
    type: raw.type,
    line: raw.line,
    fields,
    faults: raw.isUnclosed ? [unclosed, ...faults] : faults,
  };
}

function toRow({ type, line, faults }: ReadEntry, fields: Fields): ParsedRow {
  return { ...withFaults(toRecord(type, fields), faults), line, source: SOURCE };
}

/** An entry with a fault is imported without what could not be read, as long as it has a title. */
function withFaults(parsed: ParsedRecord, faults: readonly string[]): ParsedRecord {
  if ('skipped' in parsed) return faults.length > 0 ? { skipped: faults.join('; ') } : parsed;
  const leftOut = [...faults, ...(parsed.read?.leftOut ?? [])];
  return { record: parsed.record, read: { unread: [], leftOut, hasFixedNames: true } };
}

function openMacros() {
  const values = new Map<string, string>();
  let length = 0;
  return {
    values,
    /** @param body of `@string{name = "value"}` */
    define(body: string): void {
      for (const [name, value] of readFields(`,${body}`, values).fields) {
        if (values.size >= MOST_MACROS || length + value.length > LONGEST_MACROS) return;
        length += value.length;
        values.set(name, value);
      }
    },
  };
}
