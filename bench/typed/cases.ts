/** Lines as people type them, each with commands in full that must give the same answer. */
import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';

export interface TypedCase {
  readonly number: number;
  /** Such as `time` or `after a list`. */
  readonly kind: string;
  readonly typed: string;
  /** Any of them may give the answer. One that takes several lines has them in one text. */
  readonly commands: readonly string[];
  /** Lines typed before, in the same chat. */
  readonly first: readonly string[];
  /** A line typed afterwards, in a new chat. Its answer is compared instead, whole. */
  readonly afterwards: string | undefined;
  /** Words that the answer must quote, without a filter beside them. Used instead of a command. */
  readonly literal: string | undefined;
  /** True if any short answer that lists no papers is right. */
  readonly loose: boolean;
}

interface CaseLine {
  readonly n: number;
  readonly k: string;
  readonly t: string;
  readonly s: readonly string[];
  readonly first?: readonly string[];
  readonly then?: string;
  readonly literal?: string;
  readonly loose?: boolean;
}

const PAST = /\{(day|month|year)-(\d+)\}/g;
const FORMS = { day: 'yyyy-MM-dd', month: 'yyyy-MM', year: 'yyyy' };

/** Reads a file of cases. `{day-3}`, `{month-0}` and `{year-1}` become a day, a month and a year. */
export function readTypedCases(path: string, now: Date): TypedCase[] {
  const today = DateTime.fromJSDate(now, { zone: 'utc' });
  return readFileSync(path, 'utf8')
    .replace(PAST, (_, unit: keyof typeof FORMS, count: string) =>
      today.minus({ [unit]: Number(count) }).toFormat(FORMS[unit]),
    )
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => toCase(JSON.parse(line) as CaseLine));
}

function toCase({ n, k, t, s, first = [], then, literal, loose = false }: CaseLine): TypedCase {
  return { number: n, kind: k, typed: t, commands: s, first, afterwards: then, literal, loose };
}
