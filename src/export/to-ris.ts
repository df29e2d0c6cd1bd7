/**
 * Formats papers as RIS. Citation.js maps the fields; lines are written here, because it breaks them inside
 * words.
 */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-ris';
import type { CslName } from '../text/author-name.ts';
import { type ExportRecord, keywordsOf, noteLine } from './export-record.ts';
import { type CslItem, toCsl } from './to-csl.ts';

export function toRis(records: readonly ExportRecord[]): string {
  const items = records.map(toCsl);
  const mapped = plugins.output.format('ris', items.map(fitItem), { format: 'object' });
  return mapped
    .map(({ TY, ...tags }, at) => {
      const lines = Object.entries({ ...tags, ...ownTags(records[at], items[at]) }).flatMap(([tag, value]) =>
        [value].flat().map((one) => `${tag}  - ${one.replace(/\s+/g, ' ')}\n`),
      );
      return `TY  - ${TY}\n${lines.join('')}ER  - \n\n`;
    })
    .join('');
}

/** RIS has no preprints; they are written as articles in a journal named arXiv, as is usual. */
function fitItem(item: CslItem): object {
  return {
    ...item,
    ...(item.archive !== undefined && item.type === 'article' && { 'container-title': item.archive }),
    ...(item.author && { author: item.author.map(fitName) }),
  };
}

/**
 * RIS has no particles, and Citation.js would drop them. A comma ends the family name, also in a group's
 * name.
 */
function fitName({ 'non-dropping-particle': particle, family, literal, ...rest }: CslName): CslName {
  if (literal !== undefined) return { literal: literal.replace(/, (.*)$/, ' ($1)').replace(/,/g, ';') };
  return { ...rest, ...(family !== undefined && { family: particle ? `${particle} ${family}` : family }) };
}

/**
 * Citation.js truncates ids at 20 characters, does not pad days, puts a conference's year in an uncommon
 * field, and splits keywords at commas.
 */
function ownTags(
  record: ExportRecord | undefined,
  item: CslItem | undefined,
): Record<string, string | readonly string[]> {
  const keywords = record ? keywordsOf(record) : [];
  const notes = [item?.note ?? '', record ? noteLine(record) : ''].filter((note) => note !== '');
  const [year, ...rest] = item?.issued?.['date-parts'][0] ?? [];
  const [month = '', day = ''] = rest.map((part) => String(part).padStart(2, '0'));
  return {
    ...(item && { ID: item.id }),
    ...(keywords.length > 0 && { KW: keywords }),
    ...(notes.length > 0 && { N1: notes }),
    ...(year !== undefined && { PY: String(year), DA: `${year}/${month}/${day}/` }),
  };
}
