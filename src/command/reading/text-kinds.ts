/** Free texts in which no phrase is an option: prose, and lists of papers. */

/** Words of a request. */
const MOST_WORDS = 24;
const FEWEST_OF_STATEMENT = 6;

const NAMES_PAPERS =
  /[\r\n]|\d{4}\.\d{4}|:\/\/|(?<!\d)10\.\d{4}|@\p{L}+\s*[{(]|[a-z-]\/\d{7}|^\s*[[{]|^\s*TY {1,2}-/iu;

/** A statement or an abstract: “Incidence of sepsis has fallen from 2009 to 2014.” */
export function isProse(text: string): boolean {
  const words = text.trim().split(/\s+/u);
  return (
    words.length > MOST_WORDS || (words.length >= FEWEST_OF_STATEMENT && /[^.]\.["”’)]?\s*$/u.test(text))
  );
}

/** A text with several lines, ids, links, or entries of a bibliography. */
export function namesPapersAnywhere(text: string): boolean {
  return NAMES_PAPERS.test(text);
}
