/** Reads RIS files (https://en.wikipedia.org/wiki/RIS_(file_format)), in bounded memory. */
import { compact } from '../../base/compact.ts';
import { withoutMarks } from '../../text/author-marks.ts';
import type { NameParts } from '../../text/authors.ts';
import { readDate } from '../fields/dates.ts';
import { fromNamedRow } from '../fields/from-named-row.ts';
import { findDoi } from '../fields/identifiers.ts';
import type { ParsedRecord } from '../fields/record-schema.ts';
import { decodeLines } from '../reading/text-encoding.ts';
import type { TextLine } from '../reading/text-lines.ts';
import { startYielding } from '../reading/yield-to-event-loop.ts';
import type { ParsedRow, Reading } from './format.ts';
import { unknownFormat } from './known-formats.ts';

const SOURCE = 'references';
/** `TI  - Title`. Some programs write one blank, or none behind the dash. */
const TAG = /^\s*([A-Z][A-Z0-9])(?: {1,2}|\t)-(?:\s(.*))?$/;
const TITLE = /^(?:TI|T1)$/;
/** Characters. */
const LONGEST_RECORD = 1024 * 1024;

interface RisRecord {
  readonly line: number;
  readonly tags: Array<readonly [tag: string, value: string]>;
  length: number;
}

/** True for text with the beginning of a record in it. */
export function looksLikeRis(text: string): boolean {
  return /^[\s\uFEFF]*TY {1,2}- ?\w/m.test(text);
}

/** @throws UserError for text without records */
export async function* readRis(
  chunks: AsyncIterable<Buffer>,
  { name, from }: Reading,
): AsyncGenerator<ParsedRow> {
  const yielding = startYielding();
  let isEmpty = true;
  for await (const { line, tags, length } of splitRecords(decodeLines(chunks))) {
    if (yielding.due()) await yielding.give();
    isEmpty = false;
    if (line <= from) continue;
    const parsed: ParsedRecord =
      length > LONGEST_RECORD ? { skipped: 'a record is longer than 1 MB' } : toPaper(tags);
    yield { ...parsed, line, source: SOURCE };
  }
  if (isEmpty) throw unknownFormat(name, 'it has no records with tags such as TY and TI');
}

/**
 * A record goes from `TY` to `ER`. Where `ER` is missing, a second title shows that the next record has
 * begun; a repeated `TY` alone does not.
 */
async function* splitRecords(lines: AsyncIterable<TextLine>): AsyncGenerator<RisRecord> {
  let record: RisRecord | undefined;
  /** Since the last `TY` within a record. */
  let part: RisRecord | undefined;
  for await (const each of lines) {
    if ('fault' in each) {
      if (record) record.length = Number.POSITIVE_INFINITY;
      continue;
    }
    const [, tag, value = ''] = TAG.exec(each.text.replace(/^\uFEFF/, '').trimEnd()) ?? [];
    if (tag === undefined) {
      const target = part ?? record;
      if (target) append(target, each.text);
    } else if (tag === 'ER') {
      if (record) yield joined(record, part);
      [record, part] = [undefined, undefined];
    } else if (tag === 'TY') {
      if (record) [record, part] = [joined(record, part), startRecord(each.line)];
      else record = startRecord(each.line);
      add(part ?? record, tag, value);
    } else {
      if (part && record && TITLE.test(tag) && hasTitle(record)) {
        yield record;
        [record, part] = [part, undefined];
      }
      record ??= startRecord(each.line);
      add(part ?? record, tag, value);
    }
  }
  if (record) yield joined(record, part);
}

function startRecord(line: number): RisRecord {
  return { line, tags: [], length: 0 };
}

function add(record: RisRecord, tag: string, value: string): void {
  record.length += value.length + tag.length;
  if (record.length > LONGEST_RECORD) record.tags.length = 0;
  else record.tags.push([tag, value.trim()]);
}

/** A line without a tag goes on with the value before it. */
function append(record: RisRecord, text: string): void {
  const last = record.tags.pop();
  if (last) add(record, last[0], `${last[1]} ${text.trim()}`);
}

function joined(record: RisRecord, part: RisRecord | undefined): RisRecord {
  for (const [tag, value] of part?.tags ?? []) add(record, tag, value);
  record.length += (part?.length ?? 0) > LONGEST_RECORD ? LONGEST_RECORD : 0;
  return record;
}

function hasTitle({ tags }: RisRecord): boolean {
  return tags.some(([tag]) => TITLE.test(tag));
}

/** Kinds of which `A2` names the editors. Elsewhere it names further authors. */
const EDITED = /^(?:CHAP|CONF|CPAPER|ECHAP|EDBOOK|SER)$/;

function toPaper(tags: RisRecord['tags']): ParsedRecord {
  const all = (...names: readonly string[]) =>
    tags.flatMap(([tag, value]) => (names.includes(tag) && value !== '' ? [value] : []));
  const first = (...names: readonly string[]) =>
    names.map((name) => all(name)[0]).find((value) => value !== undefined);
  const [type = ''] = all('TY').slice(-1);
  const title = titleOf(all('TI', 'T1')) ?? first('CT', 'BT', 'ST');
  if (title === undefined) return { skipped: 'title is missing' };
  const links = all('UR', 'L1', 'L2', 'LK').map((link) => link.replace(/^\/\//, 'https://'));
  const remark = first('N1');
  const parsed = fromNamedRow(
    compact({
      title,
      authors: all('AU', 'A1', ...(EDITED.test(type) ? [] : ['A2', 'A3', 'A4'])).map(toName),
      abstract: [...new Set(all('N2', 'AB'))].join(' ') || undefined,
      published: dateOf(all('Y1', 'PY', 'DA')),
      eprint: [...all('AN', 'M1', 'IS', 'C7', 'JO', 'JF', 'T2', 'N1', 'DO'), ...links].filter(namesArxiv),
      doi: [...all('DO'), ...links, ...all('M3', 'N1')].flatMap((text) => findDoi(text) ?? []),
      url: links,
      keywords: all('KW'),
      // The last of the two names of a journal wins, as in JabRef.
      venue: all('JO', 'JF').at(-1) ?? first('T2', 'JA', 'J2', ...(title === first('BT') ? [] : ['BT'])),
      comment: remark !== undefined && /^(?:doi|arxiv):/i.test(remark) ? undefined : remark,
    }),
  );
  if ('skipped' in parsed) return parsed;
  return { ...parsed, read: { unread: [], leftOut: parsed.read?.leftOut ?? [], hasFixedNames: true } };
}

function namesArxiv(text: string): boolean {
  return text.length < 200 && /\barxiv\b/i.test(text);
}

/** A title that several lines continue. Some programs repeat it as `T1` and `TI`. */
function titleOf(parts: readonly string[]): string | undefined {
  return [...new Set(parts)].reduce<string | undefined>(
    (title, part) => (title === undefined ? part : `${title}${/[:.?!]$/.test(title) ? ' ' : ': '}${part}`),
    undefined,
  );
}

/** `Family, Given, Suffix`. Without a comma, the name of a group or a person as printed. */
function toName(written: string): NameParts | string {
  const name = withoutMarks(written);
  const [family = '', given = '', suffix = '', ...others] = name.split(/\s*,\s*/);
  return family === name || others.length > 0 ? name : { family, given, suffix };
}

/** The most precise of several dates, such as `2016/10/19/` and `2016`; of equal ones the first. */
function dateOf(texts: readonly string[]): string | undefined {
  return texts
    .map(readRisDate)
    .reduce((best, date) => ((date?.length ?? 0) > (best?.length ?? 0) ? date : best), undefined);
}

/** `YYYY/MM/DD/other`; parts can be empty, or words. */
function readRisDate(text: string): string | undefined {
  const [year = '', month = '', day = ''] = text.split('/');
  const parts = [year, month, day].map((part) => (/^\s*\d+\s*$/.test(part) ? part.trim() : '0'));
  if (!/^\s*\d{4}\s*$/.test(year)) return readDate(text);
  return readDate(parts) ?? readDate(parts.slice(0, 2)) ?? readDate(parts.slice(0, 1));
}
