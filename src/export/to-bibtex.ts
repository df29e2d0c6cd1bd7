/** Papers as BibTeX: Citation.js maps the fields; names, and what it does not know (arXiv's own fields), are written here. */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import type { PaperRecord } from '../papers/paper.ts';
import { type CslName, OTHERS } from '../text/author-name.ts';
import { hasBracesInPairs, toLatex } from './latex.ts';
import { type CslItem, toCsl } from './to-csl.ts';

/** Macros: every style says them in its own words. */
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** What BibTeX would take for a particle, or for the end of a name. */
const MISREAD = /(?:^| )\p{Ll}\S* |,| and /u;

/** Abstracts are left out: LaTeX of unknown quality would break the bibliography that quotes one word of it. */
export function toBibtex(records: readonly PaperRecord[]): string {
  allowUtf8();
  const items = records.map(toCsl);
  const entries = plugins.output.format('bibtex', items.map(fitItem), { format: 'object' });
  return entries
    .map(({ type, label, properties }, at) => {
      // Citation.js says the URL a second time there.
      const { howpublished: _, ...mapped } = properties;
      const fields = { ...mapped, ...ownFields(records[at], items[at]) };
      const lines = Object.entries(fields).map(
        ([field, value]) => `  ${field} = ${inBraces(field, value)},\n`,
      );
      return `@${type}{${label},\n${lines.join('')}}\n\n`;
    })
    .join('');
}

/** Citation.js would drop every letter that it has no command for, Chinese names with them, and our keys' dots. */
function allowUtf8(): void {
  const { format } = plugins.config.get('@bibtex');
  format.asciiOnly = false;
  format.checkLabel = false;
}

/** Without `asciiOnly`, Citation.js escapes nothing. */
function fitItem(item: CslItem): object {
  return {
    ...item,
    // BibTeX asks an article for its journal; a preprint has none.
    type: item.type === 'article' ? 'document' : item.type,
    // BibTeX has no field for a day; Citation.js would write it into the month.
    ...(item.issued && { issued: { 'date-parts': [item.issued['date-parts'][0].slice(0, 2)] } }),
  };
}

/** https://info.arxiv.org/help/hypertex/bibstyles/index.html. Double braces keep a title's capitals in every style. */
function ownFields(record: PaperRecord | undefined, item: CslItem | undefined): Record<string, string> {
  if (!record || !item) return {};
  const [primary] = record.categories ?? [];
  return {
    ...(item.author && { author: nameList(item.author, record) }),
    title: `{${toLatex(record.title)}}`,
    ...(record.venue !== undefined && { booktitle: toLatex(record.venue) }),
    ...(record.journalRef !== undefined && { note: toLatex(record.journalRef) }),
    ...(item.archive_location !== undefined && {
      eprint: item.archive_location,
      archivePrefix: 'arXiv',
      ...(primary !== undefined && { primaryClass: primary }),
    }),
  };
}

function nameList(names: readonly CslName[], { authors = [] }: PaperRecord): string {
  return [...names.map(toName), ...(authors.includes(OTHERS) ? ['others'] : [])].join(' and ');
}

/** `von Last, Jr, First`, in which braces hold together what is one. */
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
  // An address may hold any sign; BibTeX counts its braces.
  return month ?? `{${hasBracesInPairs(value) ? value : value.replace(/[{}]/g, '')}}`;
}
