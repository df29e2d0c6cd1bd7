/** Parses arXiv ids, references and categories, and generates stable ids for papers without one. */
import { hash } from 'node:crypto';
import { UserError } from '../base/errors.ts';
import { loneReferenceIn, referencesIn } from './reference-forms.ts';
import { searchText } from './search-text.ts';

export interface ArxivId {
  /** Without version: `2406.01574`, `0704.0001`, `hep-th/9901001`. */
  readonly id: string;
  readonly version?: number;
}

// https://info.arxiv.org/help/arxiv_identifier.html: archive(.SC)/YYMMNNN until 0703, then YYMM.NNNN, and
// YYMM.NNNNN from 1501.
const NEW_STYLE = /^(\d{2})(\d{2})\.(\d{4,5})(?:v(\d{1,3}))?$/i;
const OLD_STYLE = /^([a-z][a-z-]*[a-z])(?:\.[A-Z]{2})?\/(\d{2})(\d{2})(\d{3})(?:v(\d{1,3}))?$/i;
/** Link targets of papers, the most pasted first. */
export const LINK_DOMAINS = ['arxiv.org', 'huggingface.co', 'alphaxiv.org', 'hf.co', 'ar5iv.org'] as const;
/** Characters in the longest citations. A longer text with a reference is about other things as well. */
const LONGEST_CITATION = 500;

/** `cs.RO`, `q-bio.NC`: https://arxiv.org/category_taxonomy. */
const CATEGORY = /^[a-z][a-z-]*\.[a-z][a-z-]+$/i;

export function looksLikeCategory(text: string): boolean {
  return CATEGORY.test(text);
}

/** True for archives with names that are not words: `hep-th`, `quant-ph`, `astro-ph`. */
export function isArchiveForm(text: string): boolean {
  return /^[a-z]{2,5}-[a-z]{2,4}$/i.test(text);
}

/**
 * Parses a bare id (`2406.01574v2`). Returns `undefined` for anything else, including ids with an impossible
 * month.
 */
export function parseArxivId(text: string): ArxivId | undefined {
  const trimmed = text.trim();
  const modern = NEW_STYLE.exec(trimmed);
  if (modern) {
    const [, year = '', month = '', number = '', version] = modern;
    const digits = Number(year) >= 15 ? 5 : 4;
    if (!isMonth(month) || number.length !== digits || Number(year + month) < 704) return undefined;
    return withVersion(`${year}${month}.${number}`, version);
  }
  const old = OLD_STYLE.exec(trimmed);
  if (!old) return undefined;
  const [, archive = '', year = '', month = '', number = '', version] = old;
  if (!isMonth(month) || isAfterArchives(year + month)) return undefined;
  return withVersion(`${archive.toLowerCase()}/${year}${month}${number}`, version);
}

/**
 * The paper that a text names: by an id, by a link to arXiv or to a site that shows its papers, by arXiv's
 * stamp (`arXiv:2401.01234v2 [cs.LG] 2 Jan 2024`), or by a citation or sentence with one such reference.
 * @returns `undefined` for words, for several papers, and for longer texts
 * @throws UserError for what looks like an id but cannot be one (`9999.99999`, a digit too many)
 */
export function parsePaperReference(text: string): ArxivId | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_CITATION && /\s/.test(trimmed)) return undefined;
  const found = findPaperReferences(trimmed);
  if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  const [written = loneReferenceIn(trimmed), ...others] = referencesIn(trimmed);
  if (written === undefined || others.length > 0) return undefined;
  const alone = parseArxivId(written);
  if (!alone) throw new UserError(whyNotAnId(written));
  return alone;
}

/**
 * Returns every paper that a text links to or cites, in order, each once. Bare numbers do not count as ids
 * here.
 */
export function findPaperReferences(text: string): ArxivId[] {
  const byId = new Map<string, ArxivId>();
  for (const written of referencesIn(text)) {
    const parsed = parseArxivId(written);
    if (parsed && !byId.has(parsed.id)) byId.set(parsed.id, parsed);
  }
  return [...byId.values()];
}

export function looksLikeArxivId(text: string): boolean {
  return parseArxivId(text) !== undefined;
}

const GENERATED = /^pb-[0-9a-f]{16}$/;

export function isGeneratedId(id: string): boolean {
  return GENERATED.test(id);
}

/** Generates the id of a paper known only by its title. The same title gives the same id on every machine. */
export function generatedId(title: string): string {
  return `pb-${titleKey(title)}`;
}

/**
 * Hashes a title to 16 hexadecimal digits. Case, accents, punctuation, hyphens, line breaks and LaTeX make no
 * difference.
 */
export function titleKey(title: string): string {
  // A title of symbols only is hashed as it is; otherwise all such titles would be the same paper.
  return hash('sha256', titleLetters(title) || title).slice(0, 16);
}

const ASCII = /^[ -~]*$/;

/** The letters and digits of a title, in lower case and without accents. */
export function titleLetters(title: string): string {
  const letters = searchText(title);
  // Most titles, in half the time.
  if (ASCII.test(letters)) return letters.toLowerCase().replace(/[^a-z0-9]+/g, '');
  return letters
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

export function absUrl(id: string): string | undefined {
  return isGeneratedId(id) ? undefined : `https://arxiv.org/abs/${id}`;
}

export function pdfUrl(id: string): string | undefined {
  return isGeneratedId(id) ? undefined : `https://arxiv.org/pdf/${id}`;
}

export function huggingFaceUrl(id: string): string | undefined {
  return isGeneratedId(id) ? undefined : `https://huggingface.co/papers/${id}`;
}

function isMonth(digits: string): boolean {
  return Number(digits) >= 1 && Number(digits) <= 12;
}

function withVersion(id: string, version: string | undefined): ArxivId {
  // Versions begin with 1.
  return Number(version ?? 0) === 0 ? { id } : { id, version: Number(version) };
}

/** True for a month without old-style ids, which were used from 1991 to March 2007. */
function isAfterArchives(month: string): boolean {
  return Number(month) > 703 && Number(month) < 9100;
}

function whyNotAnId(text: string): string {
  const digits = text.replace(/^.*\//, '');
  const [month = '', year = ''] = [digits.slice(2, 4), digits.slice(0, 2)];
  const reason = !isMonth(month)
    ? 'months go from 01 to 12'
    : text.includes('/')
      ? digits.replace(/v.*$/i, '').length === 7
        ? 'IDs with an archive are from 1991 to March 2007'
        : 'the part after the slash has seven digits'
      : Number(year + month) < 704
        ? 'IDs without an archive begin in April 2007'
        : `the part after the dot has ${Number(year) >= 15 ? 'five digits' : 'four digits before 2015'}`;
  return `${text} is not an arXiv ID: ${reason}. IDs look like 2406.01574.`;
}
