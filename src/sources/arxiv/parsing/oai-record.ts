/**
 * Converts the metadata of an OAI-PMH record, in arXiv's four formats, to a paper record. Pure.
 * https://info.arxiv.org/help/oa/index.html
 */
import { compact } from '../../../base/compact.ts';
import type { PaperRecord } from '../../../papers/paper.ts';
import { type NameParts, toCredits } from '../../../text/authors.ts';
import { cleanAbstract, cleanInstant, cleanList, cleanText, cleanTitle } from '../../../text/clean.ts';
import { type ArxivId, parseArxivId } from '../../../text/ids.ts';
import { isArxivCategory } from './arxiv-feed.ts';
import { categoryOfSet } from './arxiv-sets.ts';
import { splitAuthors } from './author-text.ts';
import { childrenOf, childText, isNode, textOf, type XmlNode } from './feed-xml.ts';

/** The facts of a record outside of its metadata. */
export interface RecordHeader {
  readonly reference: ArxivId;
  readonly sets: readonly string[];
}

/** @returns the record, or why it cannot be used */
export function toPaperRecord(metadata: unknown, header: RecordHeader): PaperRecord | string {
  const [format, node] =
    Object.entries(isNode(metadata) ? metadata : {}).find(([name]) => name in FORMATS) ?? [];
  const convert = format === undefined ? undefined : FORMATS[format];
  if (!convert || !isNode(node)) return 'its metadata is in an unknown format';
  const record = convert(node, header);
  if (record.title === '') return 'the title is empty';
  return record;
}

/** By the name of the metadata's root element. */
const FORMATS: Readonly<Record<string, (node: XmlNode, header: RecordHeader) => PaperRecord>> = {
  arXivRaw: fromRaw,
  arXiv: fromParsed,
  arXivOld: (node, { reference }) => ({ ...sharedFacts(node, reference), ...creditsOf(node) }),
  dc: fromDublinCore,
};

/** The only format with the list of versions. Authors and text are as people typed them. */
function fromRaw(node: XmlNode, { reference }: RecordHeader): PaperRecord {
  const versions = childrenOf(node, 'version')
    .map((version) => ({
      number: Number(/^v(\d{1,3})$/.exec(textOf(isNode(version) ? version['@version'] : ''))?.[1] ?? 0),
      date: cleanInstant(childText(version, 'date')),
      isWithdrawn: childText(version, 'source_type').includes('I'),
    }))
    .toSorted((a, b) => a.number - b.number);
  const last = versions.at(-1);
  return {
    ...sharedFacts(node, reference),
    ...creditsOf(node),
    ...compact({
      version: last && last.number > 0 ? last.number : undefined,
      published: versions[0]?.date,
      updated: last?.date,
      // Without the mark, the comment can still say so.
      withdrawn: last?.isWithdrawn || undefined,
    }),
  };
}

/** Authors in parts. `updated` is not the date of a version. */
function fromParsed(node: XmlNode, { reference }: RecordHeader): PaperRecord {
  const names = childrenOf(childrenOf(node, 'authors')[0], 'author').map(
    (author): NameParts => ({
      family: singleSlashed(childText(author, 'keyname')),
      given: singleSlashed(childText(author, 'forenames')),
      suffix: childText(author, 'suffix'),
    }),
  );
  return {
    ...sharedFacts(node, reference),
    ...toCredits(names),
    ...compact({ published: firstDay(childText(node, 'created'), reference) }),
  };
}

/** `oai_dc`, which names subjects instead of categories; only the record's sets have these. */
function fromDublinCore(node: XmlNode, { reference, sets }: RecordHeader): PaperRecord {
  const [abstract = '', ...comments] = childrenOf(node, 'description').map(textOf);
  const names = childrenOf(node, 'creator').map((creator) => singleSlashed(textOf(creator)));
  const identifiers = childrenOf(node, 'identifier').map((identifier) => cleanText(textOf(identifier)));
  const doi = identifiers.find((identifier) => /^doi:/i.test(identifier))?.slice(4);
  return {
    id: reference.id,
    title: cleanTitle(singleAccents(childText(node, 'title'))),
    abstract: cleanAbstract(singleAccents(abstract)),
    ...toCredits(names),
    categories: cleanList(sets.flatMap((set) => categoryOfSet(set) ?? [])),
    ...compact({
      published: cleanInstant(textOf(childrenOf(node, 'date')[0]))?.slice(0, 10),
      comment: cleanText((comments[0] ?? '').replace(/^Comment:/, '')) || undefined,
      journalRef: identifiers.find((identifier) => !/^(?:https?|doi):/i.test(identifier)) || undefined,
      doi: doi || undefined,
    }),
  };
}

/** Facts with the same elements in all of arXiv's own formats. */
function sharedFacts(node: XmlNode, { id }: ArxivId): PaperRecord {
  const words = (name: string) => cleanText(singleAccents(childText(node, name))) || undefined;
  return {
    id,
    title: cleanTitle(singleAccents(childText(node, 'title'))),
    abstract: cleanAbstract(singleAccents(childText(node, 'abstract'))),
    categories: cleanList(childText(node, 'categories').split(/\s+/)).filter(isArxivCategory),
    ...compact({ comment: words('comments'), journalRef: words('journal-ref'), doi: doiIn(node) }),
  };
}

function creditsOf(node: XmlNode) {
  const text = singleSlashed(childText(node, 'authors'));
  // arXiv itself shows `A.G. Example` as `A. G. Example`, also in its other formats.
  return toCredits(splitAuthors(text.replace(/(?<=\p{Lu}\.)(?=\p{Lu})/gu, ' ')));
}

/** Papers in parts have one DOI per part; the first one is for the whole paper. */
function doiIn(node: XmlNode): string | undefined {
  return cleanText(childText(node, 'doi')).split(/[\s,;]+(?=10\.\d)|\s/)[0] || undefined;
}

/**
 * `created` is the day of the first version on the old server and of the current one on the new server. Only
 * the first one fits the ID, which has the month of the announcement.
 */
function firstDay(created: string, { id }: ArxivId): string | undefined {
  const day = cleanInstant(created)?.slice(0, 10);
  const month = monthsOf(/(\d\d)(\d\d)(?:\.\d+|\d{3})$/.exec(id)?.slice(1) ?? []);
  if (day === undefined || month === undefined) return undefined;
  const distance = month - monthsSince(Number(day.slice(0, 4)), Number(day.slice(5, 7)));
  return distance === 0 || distance === 1 ? day : undefined;
}

function monthsOf([year, month]: readonly string[]): number | undefined {
  if (year === undefined || month === undefined) return undefined;
  return monthsSince(Number(year) + (Number(year) >= 91 ? 1900 : 2000), Number(month));
}

function monthsSince(year: number, month: number): number {
  return year * 12 + month;
}

/** Old rows have each backslash twice, and names contain none on their own. */
function singleSlashed(name: string): string {
  return name.replace(/\\{2,}/g, '\\');
}

/** The same for text, where two backslashes can also be a line break in a formula. */
function singleAccents(text: string): string {
  return text.includes('\\\\') ? text.replace(/(?<!\\)\\{2,}(?=["'`^~][A-Za-z{\\])/g, '\\') : text;
}

/** Reads `oai:arXiv.org:hep-th/9901002`. */
export function referenceIn(identifier: string): ArxivId | undefined {
  return parseArxivId(identifier.replace(/^oai:arXiv\.org:/i, ''));
}
