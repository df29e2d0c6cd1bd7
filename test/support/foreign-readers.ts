/** Reads exports with other programs, to compare what they get with the papers. */
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import { parse as parseBibtex } from '@retorquere/bibtex-parser';
import { parse as parseRis } from 'astrocite-ris';
import { BibLatexParser, CSLParser, RISParser } from 'biblatex-csl-converter';
import { toBibtex } from '../../src/export/to-bibtex.ts';
import { type CslItem, toCsl } from '../../src/export/to-csl.ts';
import { toRis } from '../../src/export/to-ris.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { readable } from '../../src/text/readable.ts';

/** What a program read, in a form in which differences of quotes, dashes and capitals do not count. */
export interface ReadBack {
  readonly title: string;
  /** Each name with its words in order of the alphabet: programs disagree on where “Jr.” belongs. */
  readonly authors: readonly string[];
  readonly year: string;
  readonly id: string;
}

type Parts = Readonly<Record<string, unknown>>;

const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
/** biblatex-csl-converter has text as a list of pieces. */
function joined(value: unknown): string {
  if (!Array.isArray(value)) return textOf(value);
  return (value as Parts[]).map(({ text, content }) => textOf(text) || joined(content)).join('');
}

function printed(text: string): string {
  return readable(text.replace(/<\/?(?:span|i|b|sub|sup|sc|pre|code)\b[^<>]*>/g, ''))
    .normalize('NFKC')
    .replace(/[“”„"'‘’`´]|\s+|\u200b/g, '')
    .replace(/[‐‑–—−-]+/g, '-')
    .toLowerCase();
}

function sorted(...parts: readonly unknown[]): string {
  return parts.map(joined).join(' ').trim().split(/\s+/).map(printed).sort().join(' ');
}

/** The paper as it should be read. */
export function wanted(record: PaperRecord): ReadBack {
  const { title, author = [], issued, archive_location: id = '' } = toCsl(record);
  return {
    title: printed(title),
    authors: author.map(fromCslName),
    year: String(issued?.['date-parts'][0][0] ?? ''),
    id,
  };
}

function fromCslName(name: object): string {
  const { given, family, literal, suffix, ...rest }: Parts = { ...name };
  return sorted(given, rest['dropping-particle'], rest['non-dropping-particle'], family, suffix, literal);
}

function fromCslItem(item: Parts): ReadBack {
  const dates = item['issued'] as CslItem['issued'];
  return {
    title: printed(textOf(item['title'])),
    authors: ((item['author'] ?? []) as object[]).map(fromCslName),
    year: String(dates?.['date-parts'][0][0] ?? ''),
    id: idIn(textOf(item['DOI'])),
  };
}

function idIn(text: string): string {
  return text.replace(/^10\.48550\/arXiv\./i, '');
}

interface Entries {
  readonly entries?: object;
}

function fromConverter(parsed: object): ReadBack[] {
  const entries = (parsed as Entries).entries ?? parsed;
  return (Object.values(entries) as Array<{ fields: Parts }>).map(({ fields }) => ({
    title: printed(joined(fields['title'])),
    authors: ((fields['author'] ?? []) as Parts[]).map(({ given, prefix, family, suffix, literal }) =>
      sorted(given, prefix, family, suffix, literal),
    ),
    year: textOf(fields['date']).slice(0, 4),
    id: textOf(fields['eprint']) || idIn(textOf(fields['doi'])),
  }));
}

function withoutOthers(read: ReadBack): ReadBack {
  return { ...read, authors: read.authors.filter((name) => name !== 'others') };
}

const byCitationJs = (text: string) => plugins.input.chain(text, { generateGraph: false }).map(fromCslItem);

type Reader = (text: string) => ReadBack[];

/**
 * Programs for each format. Of BibTeX and RIS there are three, because the converter drops
 * `\textasciicircum` and, in RIS, “Jr.” and “III”, and astrocite drops groups such as `o3 contributors`.
 */
export const FOREIGN_READERS: Readonly<
  Record<
    string,
    {
      readonly write: (records: readonly PaperRecord[]) => string;
      readonly readers: Readonly<Record<string, Reader>>;
    }
  >
> = {
  bibtex: {
    write: toBibtex,
    readers: {
      'bibtex-parser': (text) =>
        parseBibtex(text, { sentenceCase: false }).entries.map(({ fields }) => {
          const { title, author = [], year, eprint }: Parts = { ...fields };
          return {
            title: printed(textOf(title)),
            authors: (author as Parts[])
              .map(({ firstName, prefix, lastName, suffix, name }) =>
                sorted(firstName, prefix, lastName, suffix, name),
              )
              .filter((name) => name !== 'others'),
            year: textOf(year),
            id: textOf(eprint),
          };
        }),
      'citation-js': (text) => byCitationJs(text).map(withoutOthers),
      converter: (text) =>
        fromConverter(
          new BibLatexParser(text, { processUnexpected: true, processUnknown: true }).parse(),
        ).map(withoutOthers),
    },
  },
  ris: {
    write: toRis,
    readers: {
      'citation-js': byCitationJs,
      converter: (text) => fromConverter(new RISParser(text).parse()),
      astrocite: (text) => parseRis(text).map((item) => fromCslItem({ ...item })),
    },
  },
  'csl-json': {
    write: (records) => JSON.stringify(records.map(toCsl)),
    readers: {
      'citation-js': byCitationJs,
      converter: (text) => fromConverter(new CSLParser(JSON.parse(text)).parse()),
    },
  },
};

/** What a program read otherwise than it should: “title: … is …”. Empty when all is the same. */
export function differences(record: PaperRecord, read: ReadBack | undefined): string[] {
  const right = wanted(record);
  if (!read) return [`${right.title}: not read`];
  return (Object.keys(right) as Array<keyof ReadBack>).flatMap((key) => {
    const [one, other] = [right[key], read[key]].map((value) => [value].flat().join('; '));
    return one === other ? [] : [`${key}: ${one} is ${other || 'absent'} (${record.id})`];
  });
}
