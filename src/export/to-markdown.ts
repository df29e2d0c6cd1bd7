/** Formats papers as a reading list in Markdown (CommonMark). */

import { absUrl } from '../text/ids.ts';
import { readable } from '../text/readable.ts';
import { type ExportRecord, noteLine } from './export-record.ts';

const MAX_AUTHORS = 10;

export function toMarkdown(records: readonly ExportRecord[]): string {
  return records.map(toEntry).join('');
}

function toEntry(record: ExportRecord): string {
  const url =
    (record.id === undefined ? undefined : absUrl(record.id)) ?? record.projectUrl ?? record.codeUrl;
  const title = escapeText(readable(record.title));
  const heading = url === undefined ? title : `[${title}](<${url}>)`;
  const links = [
    ...(record.codeUrl !== undefined && record.codeUrl !== url ? [`[code](<${record.codeUrl}>)`] : []),
    ...(record.projectUrl !== undefined && record.projectUrl !== url
      ? [`[project](<${record.projectUrl}>)`]
      : []),
  ];
  const meta = [
    ...(record.published === undefined ? [] : [record.published.slice(0, 10)]),
    ...(record.venue === undefined ? [] : [escapeText(readable(record.venue))]),
    ...(record.categories?.length ? [escapeText(record.categories.join(', '))] : []),
    ...links,
  ];
  const parts = [
    `## ${heading}`,
    authorLine(record.authors ?? []),
    meta.join(' · '),
    escapeText(readable(record.abstract)),
    record.tags?.length ? `Tags: ${record.tags.map(escapeText).join(', ')}` : '',
    record.note === undefined ? '' : `> ${escapeText(noteLine(record))}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n\n`;
}

function authorLine(authors: readonly string[]): string {
  const shown = authors.slice(0, MAX_AUTHORS).map(escapeText).join(', ');
  return authors.length > MAX_AUTHORS ? `${shown} and ${authors.length - MAX_AUTHORS} more` : shown;
}

/**
 * https://spec.commonmark.org/0.31.2/#backslash-escapes; a leading number or symbol would start a list or
 * heading.
 */
function escapeText(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~$&!]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^[-+=]/, '\\$&');
}
