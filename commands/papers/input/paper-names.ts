/** Parses a list of papers, separated by commas, as typed or as inserted by the `papers` completion. */
import { isGeneratedId, parseArxivId } from '../../../src/text/ids.ts';

/** A piece up to the next comma outside quotes. An unclosed quote extends to the end. */
/** Words of two titles. */
const MOST_WORDS = 60;
const PIECE = /(?:"[^"]*(?:"|$)|“[^”]*(?:”|$)|[^,，"“])+/gu;
/** Words between two ids that are not separated by a comma. */
const JOINING = /^(?:vs?\.?|and|with|to|against|&)$/i;

/** Between two names that are not only ids: `MMLU-Pro vs MMLU`. A title may have an `and` in it. */
const VERSUS = / (?:vs\.?|versus|against|compared (?:to|with)) /i;
const TWO_WORDS = /^(\S+) (?:and|with|to|&) (\S+)$/i;

/** The end of a citation: `arXiv preprint arXiv:2406.01574, 2024`. */
const YEAR = /^\(?(?:19|20)\d{2}\)?\.?$/;

/** Splits at commas, or at spaces if the text contains only ids and links. */
export function paperNamesIn(text: string): string[] {
  const names = (text.match(PIECE) ?? []).map(nameOf).filter((name) => name !== '' && !YEAR.test(name));
  const [alone = '', ...others] = text.split(/[,，]/);
  if (others.length > 0)
    return names.flatMap((name, at) => (at === names.length - 1 ? afterAnd(name) : [name]));
  const words = alone.split(/\s+/).filter((word) => word !== '' && !JOINING.test(word));
  if (words.every((word) => /\d{4}\.\d{4,5}|\/\d{7}/.test(word))) return words;
  const spaced = words.length > MOST_WORDS ? alone : alone.trim().split(/\s+/).join(' ');
  const apart = (TWO_WORDS.exec(spaced)?.slice(1) ?? spaced.split(VERSUS)).map(nameOf);
  return apart.length > 1 && apart.every((name) => name !== '') ? apart : names;
}

/** `A, B and C`, where the last two are one word each. */
function afterAnd(name: string): string[] {
  const rest = name.replace(/^(?:and|&)\s+/iu, '');
  const [, first, second] = /^(\S+)\s+(?:and|&)\s+(\S+)$/iu.exec(rest) ?? [];
  return first !== undefined && second !== undefined ? [first, second] : [rest];
}

/** Splits into the names before the last comma and the text being typed after it. */
export function namesBefore(typed: string): { readonly named: string[]; readonly open: string } {
  const pieces = [...typed.matchAll(PIECE)];
  const last = pieces.at(-1);
  const isOpen = last !== undefined && last.index + last[0].length === typed.length;
  const named = (isOpen ? pieces.slice(0, -1) : pieces).map(([piece]) => nameOf(piece)).filter(Boolean);
  return { named, open: isOpen ? last[0].replace(/["“”]/gu, '').trim() : '' };
}

/** A name that parses as one name: in quotes if it contains a comma. */
export function listedName(name: string): string {
  return /[,，]/u.test(name) ? `"${name}"` : name;
}

/** The id alone if a title follows it, as in the label of a suggestion. */
function nameOf(piece: string): string {
  const name = piece
    .trim()
    .replace(/^["“]|["”]$/gu, '')
    .trim();
  const [first = ''] = name.split(/\s/);
  return isGeneratedId(first) || parseArxivId(first) ? first : name;
}
