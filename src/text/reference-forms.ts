/**
 * The forms in which people paste an arXiv paper: addresses of arXiv, its mirrors and sites that show its
 * papers, arXiv's stamp, citations, and identifiers of other catalogues.
 */

/** Complete: since March 2007 ids have no archive. https://info.arxiv.org/help/arxiv_identifier.html */
const ARCHIVES = [
  ...['acc-phys', 'adap-org', 'alg-geom', 'ao-sci', 'astro-ph', 'atom-ph', 'bayes-an', 'chao-dyn'],
  ...['chem-ph', 'cmp-lg', 'comp-gas', 'cond-mat', 'cs', 'dg-ga', 'funct-an', 'gr-qc', 'hep-ex'],
  ...['hep-lat', 'hep-ph', 'hep-th', 'math-ph', 'math', 'mtrl-th', 'nlin', 'nucl-ex', 'nucl-th'],
  ...['patt-sol', 'physics', 'plasm-ph', 'q-alg', 'q-bio', 'quant-ph', 'solv-int', 'stat', 'supr-con'],
].join('|');

/** Includes ids with a digit too many or too few; `parseArxivId` rejects them. */
const MODERN = String.raw`\d{4}\.\d{3,8}`;
/** File names and some citations lose the slash: `cond-mat0102426`. */
const OLD = String.raw`(?:${ARCHIVES})(?:\.[a-z]{2})?(?:\/\d{6,9}|\d{7})`;
/** No letter or digit may follow an id: `2301.000011` is not paper 2301.00001 with a digit after it. */
const END = String.raw`(?:v\d{1,4})?)(?![\p{L}\p{N}]|\.\d)`;
const ID = `((?:${MODERN}|${OLD})${END}`;
const ID_OLD = `(${OLD}${END}`;

const BEFORE = String.raw`(?<![\p{L}\p{N}_-])`;
const BETWEEN = String.raw`[\s:.,/#|="'{}()[\]_-]{0,6}`;
const KIND = String.raw`(?:[\s_-]{0,2}(?:preprint|e-?prints?|papers?|identifier|id|number|no\.?))?`;
/** `abs/`, `auth/show-endorsers/`, `ftp/arxiv/papers/2301/`. */
const PAGES = String.raw`(?:[\w.-]{1,30}\/{1,2}){0,4}`;

/** Each pattern captures one id. */
const FORMS = [
  String.raw`${BEFORE}arxiv\.org(?::\d{1,5})?\/{1,2}${PAGES}${ID}`,
  // `arXiv:ID`, `arXiv preprint ID`, `oai:arXiv.org:ID`, `10.48550/arXiv.ID`, `scirate.com/arxiv/ID`.
  String.raw`${BEFORE}arxiv(?:\.org)?${KIND}${BETWEEN}(?:abs\/)?${ID}`,
  String.raw`${BEFORE}xxx(?:\.[a-z-]{2,20}){1,3}\/${PAGES}${ID}`,
  String.raw`${BEFORE}(?:huggingface\.co|hf\.co|arxiv-vanity\.com|emergentmind\.com)\/papers\/${ID}`,
  String.raw`${BEFORE}(?:alphaxiv|ar5iv)\.org\/${PAGES}${ID}`,
  String.raw`${BEFORE}(?:papers\.cool|arxiv-sanity(?:-lite)?\.com)\/[^\s]{0,80}?[/=]${ID}`,
  String.raw`${BEFORE}corr[\s:,/]{0,3}abs\/${ID}`,
  // `export.arxiv.org/api/query?id_list=ID`; not of several papers.
  String.raw`${BEFORE}arxiv\.org\/[^\s?]{0,40}\?[^\s]{0,80}?=${ID}(?!,\d)`,
  String.raw`${BEFORE}eprint\s{0,3}[=:]\s{0,3}[{"']{0,2}${ID}`,
  // arXiv's name for a download: `2301.00001v2.pdf`, `2301.00001 (1).pdf`.
  String.raw`(?<![\p{L}\p{N}_.:/?&=#-])(${MODERN}${END}(?:\s?\(\d{1,2}\))?\.pdf(?![\p{L}\p{N}])`,
  // The page's title in a browser: `[2301.00001] Alpha Widgets`.
  String.raw`\[${ID}\]`,
  String.raw`(?<![\p{L}\p{N}_./-])${ID_OLD}`,
].join('|');
/** Files with the archive in an earlier folder: `ftp/hep-th/papers/9901/9901001.pdf`. */
const FILED = String.raw`${BEFORE}arxiv\.org\/(?:ftp|ps_cache)\/(?<archive>${ARCHIVES})\/(?:papers|pdf|ps)\/\d{4}\/(?<file>\d{7}(?:v\d{1,4})?)(?!\d)`;
const DBLP = String.raw`journals\/corr\/abs-(?<month>\d{4})-(?<number>\d{4,5})(?!\d)`;

/** `2024arXiv240601574D`, `2007arXiv0704.0001A`: https://ui.adsabs.harvard.edu/help/actions/bibcode. */
const BIBCODE = String.raw`(?<!\d)\d{4}arxiv(?<coded>\d{9}|\d{4}\.\d{4})[a-z.](?![a-z\d])`;

const REFERENCES = new RegExp(`${FILED}|${FORMS}|${DBLP}|${BIBCODE}`, 'giu');

const MONTH = '(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,7}';
const ENDING = String.raw`(?:\.(?:pdf|html?|ps|tex|txt|gz|tar\.gz))?(?:\s?\(\d{1,2}\))?`;
const STAMP = String.raw`(?:[\s,;]{0,3}(?:\[[\w.-]{2,20}\]|\(?(?:19|20)\d{2}\)?|\d{1,2} ${MONTH}\.? \d{4}))*`;
const LEAD = String.raw`(?:(?:see|the|paper|preprint|article|id|ref|cf|no)[\s:.#]{1,3}){0,3}(?:(?:abs|pdf|html)[/:])?`;
/** The sign or number before an entry of a list. */
const ENTRY = /^(?:[-*•–]|\d{1,3}[.)])\s+/;
/** A single id with the usual text around it: in a sentence, a file name, a stamp or a citation. */
const ALONE = new RegExp(String.raw`^${LEAD}${ID}${ENDING}${STAMP}(?<rest>\s.*)?$`, 'iu');
/** Quotes, brackets, punctuation and chat markup around an id, in any script. */
const WRAPPING = /[\s\p{Ps}\p{Pe}\p{Pi}\p{Pf}.,;:!?…·。、@#"'`*_~<>|/]/u;

const ESCAPES: Readonly<Record<string, string>> = { '2f': '/', '3a': ':', '2e': '.', '20': ' ' };

/** Characters to search; messages are shorter. */
const LONGEST = 50_000;

/**
 * Every piece of a text with the form of a reference, in order. Does not check that the id is valid.
 * @returns ids as they were written: `hep-th/9901001v2`, `2301.000011`
 */
export function referencesIn(text: string): string[] {
  const plain = plainSigns(text);
  // Every form has four digits in a row. Most texts have none, and the expression takes 40 ms to compile.
  return /\d{4}/.test(plain) ? [...plain.matchAll(REFERENCES)].map(idIn) : [];
}

/**
 * The id in a text that is nothing else: `(2301.00001).`, `2301.00001v2.pdf`, `2301.00001 [cs.CL] 2 Jan
 * 2023`.
 */
export function loneReferenceIn(text: string): string | undefined {
  const plain = unwrapped(plainSigns(text).replace(/\s+/gu, ' ').trim().replace(ENTRY, ''));
  const match = ALONE.exec(plain);
  // The rest may be the paper's title, or another paper.
  return match && !/\d{4}\.\d{4}/.test(match.groups?.['rest'] ?? '') ? withSlash(match[1] ?? '') : undefined;
}

/**
 * Replaces full-width digits and stops, long dashes and percent escapes; removes invisible characters and the
 * space before a version.
 */
function plainSigns(text: string): string {
  return text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .replace(/(?<=\d)[。·](?=\d)/g, '.')
    .replace(/(?<=[./]\d{4,7})\s{1,3}(?=v\d{1,3}(?![\p{L}\p{N}.]))/giu, '')
    .replace(/%(?:25){0,2}(2f|3a|2e|20)/gi, (sign, code: string) => ESCAPES[code.toLowerCase()] ?? sign);
}

function idIn(match: RegExpExecArray): string {
  const { archive, file, month, number, coded } = match.groups ?? {};
  if (coded !== undefined) return coded.includes('.') ? coded : `${coded.slice(0, 4)}.${coded.slice(4)}`;
  if (month !== undefined) return `${month}.${number}`;
  if (archive !== undefined) return `${archive}/${file}`;
  return withSlash(match.slice(1).find((group) => group !== undefined) ?? '');
}

function withSlash(id: string): string {
  return id.includes('/') ? id : id.replace(/^([a-z][a-z.-]*)(?=\d{7})/i, '$1/');
}

function unwrapped(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && WRAPPING.test(text[start] ?? '')) start += 1;
  while (end > start && WRAPPING.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
}
