/** Readings of BibTeX and RIS files by other programs, in the form in which they are compared with ours. */
import { existsSync, readFileSync } from 'node:fs';
import { plugins } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import { parse } from '@retorquere/bibtex-parser';
import { parse as parseYaml } from 'yaml';
import { compact } from '../../src/base/compact.ts';
import type { PaperRecord } from '../../src/papers/paper.ts';
import { type CslName, OTHERS } from '../../src/text/author-name.ts';
import { readable } from '../../src/text/readable.ts';

/**
 * What is compared. Letters and digits only, because programs print quotes, dashes and capitals differently.
 */
export interface Compared {
  readonly title: string;
  readonly authors: string;
  readonly year: string;
  readonly doi: string;
  readonly arxiv: string;
}

interface Name {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly name?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly creatorType?: string;
}

type Fields = Readonly<Record<string, unknown>>;

export function letters(text: string): string {
  return readable(
    text
      // Some programs leave this command in their text.
      .replace(/\\text(?=[a-zA-Z])(?![a-z]*\{)/g, '')
      .replace(/<\/?(?:span|a|i|b|sub|sup|script|pre)\b[^<>]*>/g, ''),
  )
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase()
    .replaceAll('ı', 'i');
}

/** The words of a name in any order, because programs disagree on where “Jr.” belongs. */
function sortedLetters(name: string): string {
  return name
    .split(/[\s.~-]+/)
    .map(letters)
    .sort()
    .join('');
}

export function compared(record: PaperRecord): Compared {
  return {
    title: letters(record.title),
    authors: (record.authors ?? [])
      .filter((name) => name !== OTHERS)
      .map(sortedLetters)
      .join(' '),
    year: record.published?.slice(0, 4) ?? '',
    doi: record.doi?.toLowerCase() ?? '',
    arxiv: record.id ?? '',
  };
}

/** The readings that count for a file: the one that belongs to it, or else those of two programs. */
export function readingsOf(path: string): Compared[][] {
  const own = ownReading(path);
  if (own) return [own];
  const bytes = readFileSync(path);
  const [encoding] = [
    ['utf-16be', 0xfe],
    ['utf-16le', 0xff],
  ].find(([, mark]) => bytes[0] === mark) ?? ['utf-8'];
  const text = new TextDecoder(String(encoding)).decode(bytes).replace(/\r\n?/g, '\n');
  return [readByOther(text), readByCitationJs(text)];
}

function ownReading(path: string): Compared[] | undefined {
  const read = (ending: string) =>
    existsSync(path + ending) ? readFileSync(path + ending, 'utf8') : undefined;
  const yaml = read('.expected.yaml');
  if (yaml !== undefined) {
    return (parseYaml(yaml) as { entries: Array<{ fields: Fields }> }).entries.map((each) =>
      fromFields(each.fields),
    );
  }
  const bib = read('.expected.bib');
  if (bib !== undefined) return readByOther(bib);
  const zotero = read('.zotero-items.json');
  if (zotero === undefined) return undefined;
  return (JSON.parse(zotero) as { items: Fields[] }).items
    .filter(({ itemType }) => itemType !== 'attachment')
    .map(fromZotero);
}

function readByCitationJs(text: string): Compared[] {
  try {
    return plugins.input.chain(text, { generateGraph: false }).map((item) =>
      withoutAbsent({
        title: textOf(item['title']),
        names: ((item['author'] ?? []) as CslName[]).map(({ given, family, literal, ...rest }) =>
          compact({
            firstName: given,
            prefix: rest['non-dropping-particle'],
            lastName: family,
            suffix: rest.suffix,
            name: literal,
          }),
        ),
        date: JSON.stringify(item['issued'] ?? ''),
        doi: textOf(item['DOI']),
        arxiv: '',
      }),
    );
  } catch {
    return [];
  }
}

/** @param text a BibTeX file */
function readByOther(text: string): Compared[] {
  return parse(text, { sentenceCase: false }).entries.map(({ fields }) => fromFields({ ...fields }));
}

const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function fromFields(fields: Fields): Compared {
  const of = (name: string) => textOf(fields[name]);
  const subtitle = of('subtitle');
  return withoutAbsent({
    title: of('title') + (subtitle && `: ${subtitle}`),
    names: Array.isArray(fields['author']) ? (fields['author'] as Name[]) : [],
    date: of('date') || of('year'),
    doi: of('doi'),
    arxiv: /arxiv/i.test(of('eprinttype') || of('archiveprefix')) ? of('eprint') : '',
  });
}

function fromZotero(item: Fields): Compared {
  const creators = Array.isArray(item['creators']) ? (item['creators'] as Name[]) : [];
  const extra = [item['extra'] ?? []].flat().map(textOf).join('\n');
  return withoutAbsent({
    title: textOf(item['title']),
    names: creators.filter(({ creatorType }) => creatorType === 'author'),
    date: textOf(item['date']),
    doi: textOf(item['DOI']),
    arxiv: /arxiv: ?(\S+)/i.exec(extra)?.[1] ?? '',
  });
}

function withoutAbsent(read: {
  readonly title: string;
  readonly names: readonly Name[];
  readonly date: string;
  readonly doi: string;
  readonly arxiv: string;
}): Compared {
  const doi = /10\.\d{4,}\/\S+/.exec(read.doi)?.[0].toLowerCase() ?? '';
  return {
    title: letters(read.title),
    authors: read.names
      .map(({ firstName = '', prefix = '', lastName = '', suffix = '', name = '' }) =>
        sortedLetters([firstName, prefix, lastName, suffix, name].join(' ')),
      )
      .filter((name) => name !== 'others' && name !== 'alet')
      .join(' '),
    year: /(?<![-\d])\d{4}/.exec(read.date)?.[0] ?? '',
    doi: doi.startsWith('10.48550/') ? '' : doi,
    arxiv: /(?:[a-z-]+\/)?[\d.]{7,}/.exec(read.arxiv)?.[0] ?? '',
  };
}
