/** Reads the values of a row, in the forms in which other tools write them. `undefined`: not such a value. */
import { cleanList, cleanText, cleanUrl } from '../../text/clean.ts';
import { fieldNamed, plainName } from './field-names.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The largest collaborations have about 5,000 authors. */
export const LONGEST_LIST = 10_000;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for values that say nothing, such as `null` and empty lists. */
export function hasNoValue(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** The first value of an object under one of these names, which are compared as names of fields are. */
export function pick(object: JsonObject, names: readonly string[]): unknown {
  for (const name of names) {
    const key = Object.keys(object).find((each) => plainName(each) === name && !hasNoValue(object[each]));
    if (key !== undefined) return object[key];
  }
  return undefined;
}

/** Names under which objects have their text: DBLP, OpenAlex, Zotero, arXiv's Atom, XML turned into JSON. */
const TEXT_KEYS = [
  'value',
  'text',
  'displayname',
  'fullname',
  'name',
  'term',
  'tag',
  'title',
  'raw',
  'source',
];

/** A text; also the first of a list, as Crossref has them, and the name of an object. */
export function textIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.length > 0 ? textIn(value[0]) : undefined;
  return isObject(value) ? textIn(pick(value, TEXT_KEYS)) : undefined;
}

export function readFact(value: unknown): string | undefined {
  return cleanText(textIn(value) ?? '') || undefined;
}

/** A whole number from 0, also as text: `1,234`. */
export function readCount(value: unknown): number | undefined {
  const isWritten = typeof value === 'string' && /^\d{1,3}(?:,\d{3})+$|^\d{1,15}$/.test(value.trim());
  const number = isWritten ? Number(value.replaceAll(',', '')) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** An address, also without `https://`. */
export function readUrl(value: unknown): string | undefined {
  const [text = ''] = readAddresses(value);
  const bare = /^(?:[\w-]+\.)+[a-z]{2,}(?:\/|$)/i.test(text.trim());
  return cleanUrl(bare ? `https://${text.trim()}` : text);
}

const ADDRESS_KEYS = ['url', 'href', 'landingpageurl', 'pdfurl', 'value', 'id', 'text'];

/** All texts that can be addresses or ids, of one value, a list or objects with an address. */
export function readAddresses(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST).flatMap(readAddresses);
  return isObject(value)
    ? ADDRESS_KEYS.flatMap((name) => {
        const found = pick(value, [name]);
        return typeof found === 'string' ? [found] : [];
      })
    : [];
}

/** A list of texts, or a text with separators. `undefined` when an entry is neither text nor named. */
export function readList(value: unknown): string[] | undefined {
  const entries = typeof value === 'string' ? entriesOf(value) : Array.isArray(value) ? value : [value];
  if (entries.length > LONGEST_LIST) return undefined;
  const texts = entries.map(textIn);
  return texts.every((text) => text !== undefined) ? cleanList(texts) : undefined;
}

function entriesOf(text: string): readonly unknown[] {
  return readWrittenList(text) ?? text.match(BETWEEN_SEPARATORS) ?? [];
}

/** Commas within brackets separate nothing: `Learning (cs.LG, stat.ML)`. */
const BETWEEN_SEPARATORS = /(?:[^,;|\n()]|\([^()]*\)|[()])+/g;

/** A list that a spreadsheet or pandas wrote as text: `["a", "b"]`, `['a', 'b']`. */
export function readWrittenList(text: string): unknown[] | undefined {
  if (!/^\s*\[.*\]\s*$/s.test(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    const quoted = text.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g);
    const entries = Array.from(quoted, ([, single, double = '']) =>
      (single ?? double).replace(/\\(.)/g, '$1'),
    );
    return entries.length > 0 ? entries : undefined;
  }
}

/** Marks of JATS, in which Crossref has abstracts; sections become plain text. */
const JATS = /<jats:|^\s*<p>/;
const JATS_HEADING = /^\s*(?:<jats:sec>\s*)?<jats:title>\s*(?:abstract|summary)\s*<\/jats:title>/i;
const JATS_LETTERS = /<(\/?)jats:(sub|sup)\b[^<>]*>/g;
const JATS_MARK = /<\/?(?:jats:[\w-]+|p)\b[^<>]*>/g;

/** An abstract, also in sections, in JATS, or as OpenAlex's index from words to positions. */
export function readAbstract(value: unknown): string | undefined {
  const text = abstractIn(value);
  if (!text?.includes('<') || !JATS.test(text)) return text;
  return text.replace(JATS_HEADING, ' ').replace(JATS_LETTERS, '<$1$2>').replace(JATS_MARK, ' ');
}

function abstractIn(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const sections = value.map(textIn);
    return sections.every((section) => section !== undefined) ? sections.join(' ') : undefined;
  }
  return isObject(value) && Object.values(value).every(Array.isArray) ? fromIndex(value) : textIn(value);
}

/** Words. Longer than any abstract. */
const LONGEST_INDEX = 20_000;

function fromIndex(index: JsonObject): string | undefined {
  const words: string[] = [];
  for (const [word, positions] of Object.entries(index)) {
    if (!Array.isArray(positions)) return undefined;
    for (const position of positions) {
      if (!Number.isInteger(position) || position < 0 || position > LONGEST_INDEX) return undefined;
      words[position] = word;
    }
  }
  return words.filter((word) => word !== undefined).join(' ');
}

/** `cs.LG`, `math.AG`, `q-bio.NC`, `hep-th`: https://arxiv.org/category_taxonomy. */
const CATEGORY =
  /^(?:(?:cs|math|stat|physics|q-bio|q-fin|eess|econ|nlin|astro-ph|cond-mat)\.[a-z]{2}|physics\.[a-z]+-[a-z]+|cond-mat\.[a-z-]+|astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph)$/i;
/** `Machine Learning (cs.LG)` */
const NAMED_CATEGORY = /^.{1,80}\(([a-z-]+(?:\.[a-z-]+)?)\)$/i;

export function isCategory(text: string): boolean {
  return CATEGORY.test(text);
}

/** A list of categories. Separates categories that stand in one text: `cs.LG cs.CL`. */
export function readCategories(value: unknown): string[] | undefined {
  return readList(value)?.flatMap((entry) => {
    const named = NAMED_CATEGORY.exec(entry)?.[1];
    if (named !== undefined && isCategory(named)) return [named];
    const words = entry.split(' ');
    return words.every(isCategory) ? words : [entry];
  });
}

/** An object that only wraps a value, as OpenReview writes each field. */
export function unwrap(value: unknown): unknown {
  return isObject(value) &&
    'value' in value &&
    Object.keys(value).every((key) => fieldNamed(key) === undefined)
    ? value['value']
    : value;
}
