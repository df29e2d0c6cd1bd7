/**
 * Normalises text for the word index and for queries, and adds other forms of its words: names with symbols,
 * hyphenated words, scripts without spaces. After a change of the output, increase `INDEX_FORM`; stored
 * papers are then indexed again in the background.
 */
import { searchText } from './search-text.ts';

/** Version of this module's output in the index. */
export const INDEX_FORM = 4;

/** `C++`, `PointNet++`, `C++17`. */
const PLUS = /(?<![\p{L}\p{N}])(\p{L}[\p{L}\p{N}]{0,30})\+\+(?!\+)/gu;
/** `C#`, `F♯`; not `#1` or a hashtag. */
const SHARP = /(?<![\p{L}\p{N}])([A-Za-z])[#♯](?![\p{L}\p{N}#])/gu;
/** `.NET`, `ASP.NET`; not the end of a domain. */
const DOT_NET = /(?<![\p{L}\p{N}])\.(?:NET|Net|net)(?![\p{L}\p{N}])|(?<=[A-Z])\.NET(?![\p{L}\p{N}])/gu;
/** `A*`, also in a formula; not `a*b`. */
const STAR = /(?<![\p{L}\p{N}\\*^])([A-Z])(?:\^?\*)(?![\p{L}\p{N}*(])/gu;
/** `AT&T`, `R&D`, `q&a`; a single letter is no word. */
const AND = /(?<![\p{L}\p{N}&])(\p{L}{1,3})&(?:amp;)?(?!(?:lt|gt);)(\p{L}{1,3})(?![\p{L}\p{N}&])/gu;
const MAY_HAVE_SIGNS = /\+\+|[#♯*&]|\.net/i;

/** Joiners only affect the shape of adjacent letters. */
const JOINERS = /\u200C|\u200D/gu;
/** Scripts without spaces between words, or, in Korean, between a word and its ending. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー`;
/** A sequence of their characters. */
export const RUN = new RegExp(`[${UNSPACED}]+`, 'gu');
const MAY_RUN = /[\u1100-\u11ff\u3040-\ud7ff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{3ffff}]/u;
const BEYOND_ASCII = /[^ -~\s]/;
const DIACRITICS = /[\u0300-\u036f]+/g;

const HYPHEN = '[-\u2010-\u2013]';
/** Two to four hyphenated words. */
export const CHAIN = new RegExp(
  String.raw`(?<![\p{L}\p{N}\u2010-\u2013-])[\p{L}\p{N}]+(?:${HYPHEN}[\p{L}\p{N}]+){1,3}(?![\p{L}\p{N}]|${HYPHEN}[\p{L}\p{N}])`,
  'gu',
);
export const HYPHENS = new RegExp(HYPHEN, 'u');
const ANY_HYPHEN = new RegExp(HYPHEN, 'gu');
const CHAIN_HERE = new RegExp(CHAIN.source, 'uy');
const WORD_SIGN = /[\p{L}\p{N}]/u;
/** Characters. Longer joined forms are not words. */
const LONGEST_JOINED = 40;
/** Words that only connect others in a longer chain: state-of-the-art. */
const BINDING = new Set(
  'a an and as at by de for from in of off on or out per the to up via vs with'.split(' '),
);

/** Most texts have no other characters, and none of these sequences. Nothing in them is converted. */
const UNCHANGED = /^[ !"%'(),\-./0-9:;=?@A-Z[\]a-z]*$/;
const CHANGED = /''|--|\.net/i;

/** Converts text to searchable words in order: `C++ for 大模型` becomes `cplusplus for 大模 模型`. */
export function indexedText(text: string): string {
  return isIndexedAsWritten(text) ? text : convertedText(text);
}

/** True if a text is certainly indexed as it is written. */
export function isIndexedAsWritten(text: string): boolean {
  return UNCHANGED.test(text) && !CHANGED.test(text);
}

/** The same without the short cut for plain text. */
export function convertedText(text: string): string {
  const plain = plainText(text);
  return MAY_RUN.test(plain) ? plain.replace(RUN, (run) => ` ${pairsOf(run).join(' ')} `) : plain;
}

/** Like `indexedText`, but does not split scripts without spaces into pairs of characters. */
export function plainText(text: string): string {
  const plain = withoutSigns(searchText(text));
  return plain.includes('\u200C') || plain.includes('\u200D') ? plain.replace(JOINERS, '') : plain;
}

/** Whether a word may be of a script that is indexed in pairs of signs. */
export function isUnspaced(word: string): boolean {
  return MAY_RUN.test(word);
}

/** Lower-cases and removes accents, as FTS5 does for most letters. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  return BEYOND_ASCII.test(lower) ? lower.normalize('NFD').replace(DIACRITICS, '').normalize('NFC') : lower;
}

/** Returns other forms of the words, unordered: “selfattention” for “self-attention”, 模 for 模型. */
export function furtherForms(indexed: string): string[] {
  const joined = HYPHENS.test(indexed) ? chainsIn(indexed).flatMap(joinedForms) : [];
  if (!MAY_RUN.test(indexed)) return joined;
  const runs = new Set(indexed.match(RUN) ?? []);
  const signs = new Set([...runs].flatMap((pair) => [...pair]));
  return [...joined, ...[...signs].filter((sign) => !runs.has(sign))];
}

/**
 * Returns the text for the index: folded, because FTS5 does not fold all letters, with other forms at the
 * end.
 */
export function toIndex(text: string): string {
  const indexed = fold(indexedText(text));
  const further = furtherForms(indexed);
  return further.length === 0 ? indexed : `${indexed}\n${further.join(' ')}`;
}

/**
 * Returns the parts of hyphenated words: `k` and `NN` for `k-NN`. Searches for hyphens, because most words
 * have none.
 */
function chainsIn(indexed: string): string[][] {
  const chains: string[][] = [];
  let end = 0;
  for (const { index } of indexed.matchAll(ANY_HYPHEN)) {
    if (index < end) continue;
    let start = index;
    while (start > end && WORD_SIGN.test(indexed.charAt(start - 1))) start -= 1;
    CHAIN_HERE.lastIndex = start;
    const chain = CHAIN_HERE.exec(indexed)?.[0];
    end = chain === undefined ? index : start + chain.length;
    if (chain !== undefined) chains.push(chain.split(HYPHENS));
  }
  return chains;
}

/** Joins a chain to one word, and each two neighbours of a longer one: `GPT4turbo`, `GPT4`, `4turbo`. */
export function joinedForms(parts: readonly string[]): string[] {
  const neighbours = parts
    .slice(1)
    .map((part, at) => [parts[at] ?? '', part])
    .filter((pair) => parts.length > 2 && !pair.some((part) => BINDING.has(part.toLowerCase())));
  return [...neighbours, parts]
    .map((chosen) => chosen.join(''))
    .filter((word) => word.length <= LONGEST_JOINED && /\p{L}/u.test(word));
}

/** Restores the usual spelling of an index word: C++ for `cplusplus`. */
export function writtenWithSigns(word: string): string {
  if (word === 'dotnet') return '.NET';
  const letters = /^(\p{L}{1,3})ampersand(\p{L}{1,3})$/iu.exec(word);
  if (letters) return `${letters[1]}&${letters[2]}`.toUpperCase();
  const [, name = '', sign = ''] = /^(\p{L}[\p{L}\p{N}]*)(plusplus|sharp|star)$/iu.exec(word) ?? [];
  if (sign === 'plusplus') return `${name.length === 1 ? name.toUpperCase() : name}++`;
  return name.length === 1 ? `${name.toUpperCase()}${sign === 'sharp' ? '#' : '*'}` : word;
}

function withoutSigns(text: string): string {
  if (!MAY_HAVE_SIGNS.test(text)) return text;
  return text
    .replace(PLUS, (_, name: string) => (name.length === 1 ? `${name}plusplus ` : `${name} ${name}plusplus `))
    .replace(SHARP, '$1sharp')
    .replace(DOT_NET, ' dotnet')
    .replace(STAR, '$1star')
    .replace(AND, '$1ampersand$2');
}

/** Returns pairs of adjacent characters; a single character stays as it is. */
export function pairsOf(run: string): string[] {
  const signs = [...run];
  return signs.length === 1 ? signs : signs.slice(1).map((sign, at) => `${signs[at]}${sign}`);
}
