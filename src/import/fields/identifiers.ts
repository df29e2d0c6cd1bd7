/** Finds the arXiv id and the DOI of a row, wherever it has them. */
import { cleanText, cleanUrl } from '../../text/clean.ts';
import { findPaperReferences, isGeneratedId, parseArxivId } from '../../text/ids.ts';
import { plainName } from './field-names.ts';
import type { FoundValue, RowFields } from './row-fields.ts';
import { isObject, pick, readAddresses, textIn } from './values.ts';

interface Reference {
  readonly id?: string;
  readonly version?: number;
  /** Set when the row has an id that looks like one of arXiv but cannot be one. */
  readonly fault?: string;
  /** The paper's own page, and its code, when the row links to them. */
  readonly page?: string;
  readonly code?: string;
  /** Keys that often hold an arXiv id, but not here. */
  readonly unused: readonly string[];
}

/** Keys for an id. What else they hold is the name of the paper elsewhere, which is no loss. */
const ID_KEYS = new Set(
  [
    'id',
    'arxiv_id',
    'paper_arxiv_id',
    'paper_id',
    'external_ids',
    'ids',
    'identifier',
    'entry_id',
    'key',
  ].map(plainName),
);
const LOOKS_LIKE_ID = /^\d{4}\.\d{4,6}(?:v\d+)?$/;
/** DBLP: `abs/2406.01574` as the volume of CoRR. */
const DBLP_VOLUME = /^abs\/(?=\d{4}\.\d|[a-z-]+\/\d)/;
/** Pages that show what others know about a paper; none is the paper's own. */
const INDEXES =
  /^https?:\/\/(?:[\w-]+\.)*(?:arxiv\.org|huggingface\.co|hf\.co|semanticscholar\.org|openalex\.org|dblp\.org|dblp\.uni-trier\.de|paperswithcode\.com|doi\.org|alphaxiv\.org|zotero\.org)(?:\/|$)/i;
const CODE = /^https?:\/\/(?:www\.)?(?:github|gitlab)\.com\/[\w.-]+\/[\w.-]+/i;

export function findReference(fields: RowFields): Reference {
  const unused: string[] = [];
  let found: { readonly id: string; readonly version?: number } | undefined;
  for (const each of fields.of('identifiers')) {
    const here = found ?? referenceIn(each);
    const isIdKey = ID_KEYS.has(plainName(each.key));
    const [text = ''] = readAddresses(each.value);
    if (!here && isIdKey && LOOKS_LIKE_ID.test(text.trim())) {
      return { fault: 'id is not an arXiv ID such as 2406.01574', unused };
    }
    if (!here && !isIdKey) unused.push(each.key);
    found = here;
  }
  for (const field of ['pages', 'addresses', 'doi'] as const) {
    for (const each of fields.of(field)) found ??= referenceIn(each);
  }
  const pages = fields
    .of('pages')
    .flatMap(({ value }) => readAddresses(value).flatMap((text) => cleanUrl(text) ?? []));
  const code = pages.find((page) => CODE.test(page));
  const page = pages.find((each) => !INDEXES.test(each) && !CODE.test(each));
  return {
    ...found,
    ...(page !== undefined && { page }),
    ...(code !== undefined && { code }),
    unused,
  };
}

/** Characters. Longer texts are about other things. */
const LONGEST_REFERENCE = 2_000;

function referenceIn({ value }: FoundValue): { readonly id: string; readonly version?: number } | undefined {
  // Semantic Scholar: {ArXiv: '2406.01574', DOI: …}.
  const texts = isObject(value) ? [pick(value, ['arxiv']), pick(value, ['doi'])] : [];
  for (const text of [...texts, ...readAddresses(value)]) {
    if (typeof text !== 'string' || text.length > LONGEST_REFERENCE) continue;
    if (isGeneratedId(text)) return { id: text };
    const plain = text.trim().replace(DBLP_VOLUME, '');
    const reference = parseArxivId(plain) ?? findPaperReferences(plain)[0];
    if (reference) return reference;
  }
  return undefined;
}

const DOI_LINK = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i;
/** arXiv's own DOI only repeats the id. */
const ARXIV_DOI = /^10\.48550\/arxiv/i;
const DOI = /^10\.\d{4,9}\/\S+$/;

export function readDoi(fields: RowFields): string | undefined {
  const written = fields.of('doi').flatMap(({ value }) => textIn(value) ?? []);
  const [own] = written.map((text) => cleanText(text));
  // Our own export gets back what it wrote.
  const isOurs = fields.of('identifiers')[0]?.key === 'id' && !DOI_LINK.test(own ?? '');
  if (own !== undefined && isOurs) return own || undefined;
  const listed = fields
    .of('identifiers')
    .flatMap(({ value }) => (isObject(value) ? [textIn(pick(value, ['doi'])) ?? ''] : idsIn(value)));
  const links = [...fields.of('pages'), ...fields.of('addresses')]
    .flatMap(({ value }) => readAddresses(value))
    .filter((text) => DOI_LINK.test(text));
  return [...written, ...listed, ...links]
    .map((text) => cleanText(text).replace(DOI_LINK, ''))
    .find((text) => DOI.test(text) && !ARXIV_DOI.test(text));
}

/** The first DOI in a text, such as a link. Old ones contain brackets: `10.1002/(SICI)…16<1661::AID…`. */
export function findDoi(text: string): string | undefined {
  return /\b10\.\d{4,9}\/[^\s"]+/.exec(text)?.[0].replace(/[.,;]+$/, '');
}

/** DOAJ: [{type: 'doi', id: '10.…'}]. */
function idsIn(value: unknown): string[] {
  return Array.isArray(value) ? readAddresses(value) : [];
}
