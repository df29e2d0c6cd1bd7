/** Reads the date of a BibTeX or biblatex entry: `date`, or `year` with `month` and `day`. */
import { readDate } from '../../fields/dates.ts';
import { textOfTex } from './tex-values.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = new RegExp(`\\b(?:${MONTHS.join('|')})`, 'i');
/** EDTF, as biblatex uses it: ranges `2016/2017`, doubt `2016-05?`, unknown parts `2016-XX`. */
const EDTF = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?=$|[~?%/TXu-])/;
const YEAR = /(?<!\d)(?:1[5-9]|20)\d\d(?!\d)/;

/** A day, a month or a year; `undefined` when there is none, or none that can be read. */
export function entryDate(field: (name: string) => string | undefined): string | undefined {
  const text = (name: string) => textOfTex(field(name) ?? '', 100);
  const written = text('date') || text('issue_date');
  const [, ...parts] = EDTF.exec(written) ?? [];
  const date = parts.length > 0 ? firstReal(parts) : readDate(written);
  if (date !== undefined) return date;
  const year = text('year') || written || text('eventdate');
  const [digits] = YEAR.exec(year) ?? [];
  if (digits === undefined) return undefined;
  const whole = readDate(year);
  if (whole !== undefined && whole.length > 4) return whole;
  const month = text('month') || (MONTH.test(year) ? year.replace(digits, '') : '');
  return firstReal([digits, monthIn(month), text('day') || dayIn(month)]);
}

/** With as many parts as make a date: 31 June is a day in June. */
function firstReal(parts: readonly (string | undefined)[]): string | undefined {
  const known = parts.map((part) => (part === undefined || part === '' ? '0' : part));
  return readDate(known) ?? readDate(known.slice(0, 2)) ?? readDate(known.slice(0, 1));
}

/** `oct`, `October`, `OCT 1`, `10`. */
function monthIn(text: string): string | undefined {
  const [name] = MONTH.exec(text) ?? [];
  if (name !== undefined) return String(MONTHS.indexOf(name.toLowerCase()) + 1);
  return /^\d{1,2}/.exec(text)?.[0];
}

/** `OCT 1`, `10 jan`, `May 3–5`. */
function dayIn(text: string): string | undefined {
  return MONTH.test(text) ? /(?<!\d)\d{1,2}(?!\d)/.exec(text)?.[0] : undefined;
}
