/** Papers as BibTeX: Citation.js maps the fields, and what it does not know (arXiv's own fields) is added. */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import type { PaperRecord } from '../papers/paper.ts';
import type { CslName } from './author-name.ts';
import { type CslItem, toCsl } from './to-csl.ts';

/** Abstracts are left out: LaTeX of unknown quality would break the bibliography that quotes one word of it. */
export function toBibtex(records: readonly PaperRecord[]): string {
  allowUtf8();
  const items = records.map(toCsl);
  const entries = plugins.output.format('bibtex', items.map(escapeItem), { format: 'object' });
  return entries
    .map(({ type, label, properties }, at) => {
      // Citation.js says the URL a second time there.
      const { howpublished: _, ...mapped } = properties;
      const fields = { ...mapped, ...arxivFields(records[at], items[at]) };
      const lines = Object.entries(fields).map(
        ([field, value]) => `  ${field} = {${withoutLooseBraces(value)}},\n`,
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
function escapeItem(item: CslItem): object {
  return {
    ...item,
    // BibTeX asks an article for its journal; a preprint has none.
    type: item.type === 'article' ? 'document' : item.type,
    // BibTeX has no field for a day; Citation.js would write it into the month.
    ...(item.issued && { issued: { 'date-parts': [item.issued['date-parts'][0].slice(0, 2)] } }),
    ...(item.author && { author: item.author.map(escapeName) }),
    ...(item['container-title'] !== undefined && { 'container-title': toLatex(item['container-title']) }),
    ...(item.note !== undefined && { note: toLatex(item.note) }),
  };
}

function escapeName(name: CslName): CslName {
  return Object.fromEntries(Object.entries(name).map(([part, text]) => [part, toLatex(text)]));
}

/** https://info.arxiv.org/help/hypertex/bibstyles/index.html. Double braces keep a title's capitals in every style. */
function arxivFields(record: PaperRecord | undefined, item: CslItem | undefined): Record<string, string> {
  const primary = record?.categories?.[0];
  return {
    ...(item && { title: `{${toLatex(item.title)}}` }),
    ...(item?.archive_location !== undefined && {
      eprint: item.archive_location,
      archivePrefix: 'arXiv',
      ...(primary !== undefined && { primaryClass: primary }),
    }),
  };
}

function withoutLooseBraces(value: string): string {
  return hasBracesInPairs(value) ? value : value.replace(/[{}]/g, '');
}

// Plain text to LaTeX. arXiv's titles hold formulas and accents in LaTeX already; those stay.

/** A formula by pandoc's rule (https://pandoc.org/MANUAL.html#math): no space inside the dollars, no digit after them. */
const MATH = String.raw`\$(?=[^\s$])[^$]*?[^\s$\\]\$(?!\d)|\$[^\s$\\]\$(?!\d)`;

/** `\"o`, `\'{e}` */
const ACCENT = String.raw`\\["'\x60^~=.](?:[a-zA-Z]|\{[a-zA-Z]\})`;

const TOKEN = new RegExp(String.raw`${MATH}|${ACCENT}|[&%$#_{}~^\\]`, 'g');

const ESCAPED: Readonly<Record<string, string>> = {
  '~': String.raw`\textasciitilde{}`,
  '^': String.raw`\textasciicircum{}`,
  '\\': String.raw`\textbackslash{}`,
};

/** The result has its braces in pairs, so it can stand in a BibTeX field. Letters of any script stay as UTF-8. */
export function toLatex(text: string): string {
  return text.replace(TOKEN, (token) => {
    if (token.length > 1 && hasBracesInPairs(token)) return token;
    return token.replace(/[&%$#_{}~^\\]/g, (special) => ESCAPED[special] ?? `\\${special}`);
  });
}

export function hasBracesInPairs(text: string): boolean {
  let depth = 0;
  for (const [brace] of text.matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
