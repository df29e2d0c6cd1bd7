/** arXiv ids in every form that people paste, its categories, and stable ids for papers that have none. */
import { createHash } from 'node:crypto';
import { UserError } from '../base/errors.ts';
import { searchText } from './search-text.ts';

export interface ArxivId {
  /** Without version: `2406.01574`, `0704.0001`, `hep-th/9901001`. */
  readonly id: string;
  readonly version?: number;
}

// https://info.arxiv.org/help/arxiv_identifier.html: YYMM.NNNN from 0704, YYMM.NNNNN from 1501, before that archive(.SC)/YYMMNNN.
const NEW_STYLE = /^(\d{2})(\d{2})\.(\d{4,5})(?:v(\d{1,3}))?$/;
const OLD_STYLE = /^([a-z][a-z-]*[a-z])(?:\.[A-Z]{2})?\/(\d{2})(\d{2})(\d{3})(?:v(\d{1,3}))?$/;

const ID_FORM = String.raw`(?:\d{4}\.\d{4,5}|[a-z][a-z-]*[a-z](?:\.[A-Z]{2})?\/\d{7})(?:v\d{1,3})?`;
const LINK_FORMS = [
  String.raw`(?:https?:\/\/)?(?:www\.|export\.|browse\.)?arxiv\.org\/(?:abs|pdf|html|format|ps|e-print)\/(${ID_FORM})`,
  String.raw`(?:https?:\/\/)?(?:www\.)?huggingface\.co\/papers\/(${ID_FORM})`,
  String.raw`(?:https?:\/\/)?hf\.co\/papers\/(${ID_FORM})`,
  String.raw`(?:https?:\/\/)?(?:www\.)?alphaxiv\.org\/(?:abs|pdf|overview)\/(${ID_FORM})`,
  String.raw`(?:https?:\/\/)?(?:www\.)?ar5iv(?:\.labs\.arxiv)?\.org\/(?:html|abs)\/(${ID_FORM})`,
  String.raw`(?:https?:\/\/(?:dx\.)?doi\.org\/)?10\.48550\/arxiv\.(${ID_FORM})`,
  String.raw`arxiv:\s?(${ID_FORM})`,
];
/** Where those links lead, the most pasted first. */
export const LINK_DOMAINS = ['arxiv.org', 'huggingface.co', 'alphaxiv.org', 'hf.co', 'ar5iv.org'] as const;
const LINKS = new RegExp(LINK_FORMS.join('|'), 'gi');
const BARE = new RegExp(`^${ID_FORM}$`, 'i');
/** What looks like an id without being one of the two forms to the letter: worth a sentence rather than a search. */
const ID_LIKE = /^\d{4}\.\d{2,6}(?:v\d+)?$/;

/** `cs.RO`, `q-bio.NC`: https://arxiv.org/category_taxonomy. */
const CATEGORY = /^[a-z][a-z-]*\.[a-z][a-z-]+$/i;

export function looksLikeCategory(text: string): boolean {
  return CATEGORY.test(text);
}

/** Reads a bare id (`2406.01574v2`). Returns `undefined` for anything else, ids with an impossible month included. */
export function parseArxivId(text: string): ArxivId | undefined {
  const trimmed = text.trim();
  const modern = NEW_STYLE.exec(trimmed);
  if (modern) {
    const [, year = '', month = '', number = '', version] = modern;
    const digits = Number(year) >= 15 ? 5 : 4;
    if (!isMonth(month) || number.length !== digits || Number(year + month) < 704) return undefined;
    return withVersion(`${year}${month}.${number}`, version);
  }
  const old = OLD_STYLE.exec(lowerArchive(trimmed));
  if (!old) return undefined;
  const [, archive = '', year = '', month = '', number = '', version] = old;
  if (!isMonth(month)) return undefined;
  return withVersion(`${archive}/${year}${month}${number}`, version);
}

/**
 * The paper that a text names, when the text is nothing but a reference: a bare id, a link to arXiv,
 * Hugging Face or alphaXiv with or without `.pdf`, version, query or fragment, `arXiv:2401.01234v2 [cs.LG]`, or an arXiv DOI.
 * @throws UserError for what looks like an id but cannot be one (`9999.99999`)
 */
export function parsePaperReference(text: string): ArxivId | undefined {
  const trimmed = text.trim();
  const bare = parseArxivId(trimmed);
  if (bare) return bare;
  if (ID_LIKE.test(trimmed)) throw new UserError(whyNotAnId(trimmed));
  const found = findPaperReferences(trimmed);
  return found.length === 1 && !/\s/.test(trimmed.replace(/\s*\[[\w.-]+\]$/, '').replace(/^arxiv:\s/i, ''))
    ? found[0]
    : undefined;
}

/** Every paper link in a longer text, in order, each once. Bare numbers are not taken for ids here. */
export function findPaperReferences(text: string): ArxivId[] {
  const byId = new Map<string, ArxivId>();
  for (const match of text.matchAll(LINKS)) {
    const form = match.slice(1).find((group) => group !== undefined);
    const parsed = form === undefined ? undefined : parseArxivId(form);
    if (parsed && !byId.has(parsed.id)) byId.set(parsed.id, parsed);
  }
  return [...byId.values()];
}

export function looksLikeArxivId(text: string): boolean {
  return BARE.test(text.trim());
}

const GENERATED = /^pb-[0-9a-f]{16}$/;

export function isGeneratedId(id: string): boolean {
  return GENERATED.test(id);
}

/** The id of a paper that is known by its title alone; the same title gives the same id on every machine. */
export function generatedId(title: string): string {
  return `pb-${titleKey(title)}`;
}

/**
 * 16 hexadecimal digits that two spellings of one title share: case, accents, punctuation, hyphens, line breaks, and whether it
 * is written in LaTeX do not count.
 */
export function titleKey(title: string): string {
  const normal = searchText(title)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  // A title of signs alone is its own key: all such titles would be one paper otherwise.
  return createHash('sha256')
    .update(normal || title)
    .digest('hex')
    .slice(0, 16);
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
  return version === undefined ? { id } : { id, version: Number(version) };
}

function lowerArchive(text: string): string {
  const [archive = '', ...rest] = text.split('/');
  const [name = '', ...subject] = archive.split('.');
  return [[name.toLowerCase(), ...subject.map((part) => part.toUpperCase())].join('.'), ...rest].join('/');
}

function whyNotAnId(text: string): string {
  const month = text.slice(2, 4);
  const reason = isMonth(month)
    ? 'the part after the dot has five digits, four before 2015'
    : 'months go from 01 to 12';
  return `${text} is not an arXiv id: ${reason}. Ids look like 2406.01574.`;
}
