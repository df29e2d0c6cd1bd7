/** Several papers in one text, with commas between: as typed, as `papers` completion put them in, or as shown in a box that holds its choice. */
import { isGeneratedId, parseArxivId } from '../../../src/text/ids.ts';

/** A piece up to the next comma outside of quotes; a quote that is still open holds all that follows. */
const PIECE = /(?:"[^"]*(?:"|$)|“[^”]*(?:”|$)|[^,，"“])+/gu;
/** Between two ids that no comma parts. */
const JOINING = /^(?:vs?\.?|and|with)$/i;

/** The end of a citation: `arXiv preprint arXiv:2406.01574, 2024`. */
const YEAR = /^\(?(?:19|20)\d{2}\)?\.?$/;

/** Blanks part the names too where nothing but ids and links stands between them. */
export function paperNamesIn(text: string): string[] {
  const names = (text.match(PIECE) ?? []).map(nameOf).filter((name) => name !== '' && !YEAR.test(name));
  const [alone = '', ...others] = text.split(/[,，]/);
  if (others.length > 0) return names;
  const words = alone.split(/\s+/).filter((word) => word !== '' && !JOINING.test(word));
  return words.every((word) => /\d{4}\.\d{4,5}|\/\d{7}/.test(word)) ? words : names;
}

/** What stands before the last comma, and what is being typed behind it. */
export function namesBefore(typed: string): { readonly named: string[]; readonly open: string } {
  const pieces = [...typed.matchAll(PIECE)];
  const last = pieces.at(-1);
  const isOpen = last !== undefined && last.index + last[0].length === typed.length;
  const named = (isOpen ? pieces.slice(0, -1) : pieces).map(([piece]) => nameOf(piece)).filter(Boolean);
  return { named, open: isOpen ? last[0].replace(/["“”]/gu, '').trim() : '' };
}

/** A name as it reads back: in quotes where it holds a comma. */
export function listedName(name: string): string {
  return /[,，]/u.test(name) ? `"${name}"` : name;
}

/** The id where a title follows it, as in a choice that is shown. */
function nameOf(piece: string): string {
  const name = piece
    .trim()
    .replace(/^["“]|["”]$/gu, '')
    .trim();
  const [first = ''] = name.split(/\s/);
  return isGeneratedId(first) || parseArxivId(first) ? first : name;
}
