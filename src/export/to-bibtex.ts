/** Formats papers as BibTeX. Citation.js maps the fields; names and arXiv's fields are written here. */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import { type CslName, OTHERS } from '../text/author-name.ts';
import { type ExportRecord, keywordsOf, noteLine } from './export-record.ts';
import { hasBracesInPairs, toLatex } from './latex.ts';
import { type CslItem, toCsl } from './to-csl.ts';

/** Macros, which each style prints in its own way. */
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Text that BibTeX would parse as a particle, also after a hyphen, or as the end of a name. */
const MISREAD = /(?:^| )\p{Ll}\S* |-\p{Ll}|,| and /u;

/** Abstracts are left out, because invalid LaTeX in one would break the whole bibliography. */
export function toBibtex(records: readonly ExportRecord[]): string {
  allowUtf8();
  const items = records.map(toCsl);
  const entries = plugins.output.format('bibtex', items.map(fitItem), { format: 'object' });
  return entries
    .map(({ type, label, properties }, at) => {
      // Citation.js repeats the URL there.
      const { howpublished: _, ...mapped } = properties;
      const fields = { ...mapped, ...ownFields(records[at], items[at]) };
      const lines = Object.entries(fields).map(
        ([field, value]) => `  ${field} = ${inBraces(field, value)},\n`,
      );
      return `@${type}{${label},\n${lines.join('')}}\n\n`;
    })
    .join('');
}

/**
 * Otherwise Citation.js drops letters without a LaTeX command, such as Chinese names, and the dots in our
 * keys.
 */
function allowUtf8(): void {
  const { format } = plugins.config.get('@bibtex');
  format.asciiOnly = false;
  format.checkLabel = false;
}

/** Without `asciiOnly`, Citation.js escapes nothing. */
function fitItem(item: CslItem): object {
  return {
    ...item,
    // BibTeX requires a journal for an article; a preprint has none.
    type: item.type === 'article' ? 'document' : item.type,
    // BibTeX has no field for the day; Citation.js would write it into the month.
    ...(item.issued && { issued: { 'date-parts': [item.issued['date-parts'][0].slice(0, 2)] } }),
  };
}

/** https://info.arxiv.org/help/hypertex/bibstyles/index.html. Double braces preserve a title's capitals. */
function ownFields(record: ExportRecord | undefined, item: CslItem | undefined): Record<string, string> {
  if (!record || !item) return {};
  const [primary] = record.categories ?? [];
  const keywords = keywordsOf(record);
  return {
    ...(item.author && { author: nameList(item.author, record) }),
    title: `{${toLatex(record.title)}}`,
    ...(record.venue !== undefined && { booktitle: toLatex(record.venue) }),
    ...(record.journalRef !== undefined && { note: toLatex(record.journalRef) }),
    ...(keywords.length > 0 && { keywords: keywords.map(toLatex).join(', ') }),
    ...(record.note !== undefined && { annote: toLatex(noteLine(record)) }),
    ...(item.archive_location !== undefined && {
      eprint: item.archive_location,
      archivePrefix: 'arXiv',
      ...(primary !== undefined && { primaryClass: primary }),
    }),
  };
}

function nameList(names: readonly CslName[], { authors = [] }: ExportRecord): string {
  return [...names.map(toName), ...(authors.includes(OTHERS) ? ['others'] : [])].join(' and ');
}

/** `von Last, Jr, First`, with braces around parts that belong together. */
function toName({ literal, family = '', given = '', suffix, ...rest }: CslName): string {
  if (literal !== undefined) return `{${toLatex(literal)}}`;
  const particle = rest['non-dropping-particle'];
  const last = MISREAD.test(family) ? `{${toLatex(family)}}` : toLatex(family);
  return [
    particle === undefined ? last : `${toLatex(particle)} ${last}`,
    ...(suffix === undefined ? [] : [toLatex(suffix)]),
    / and |,/.test(given) ? `{${toLatex(given)}}` : toLatex(given),
  ].join(', ');
}

function inBraces(field: string, value: string): string {
  const month = field === 'month' ? MONTHS[Number(value) - 1] : undefined;
  // A URL may contain any character, and BibTeX counts braces.
  return month ?? `{${hasBracesInPairs(value) ? value : value.replace(/[{}]/g, '')}}`;
}
