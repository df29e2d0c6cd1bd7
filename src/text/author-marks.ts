/** Removes marks of affiliations and footnotes from names: “Ada Example1,2”, “Bo Sample$^{*}$”. */

/** In TeX and HTML. */
const NOTES =
  /\$\s?(?:\{\})?\^[^$]{1,40}\$|(?:\^|\\(?:textsuperscript|inst|IEEEauthorrefmark|altaffilmark|orcidlink|orcidID|corref|fnref))\{(?:[^{}]|\{[^{}]{0,30}\}){0,40}\}|<sup>[^<>]{0,30}<\/sup>|\\(?:thanks|footnote|email)\{[^{}]{0,200}\}|\\footnotemark(?:\[\d{1,2}\])?/g;
const SIGN = '[*∗⁎＊†‡§¶‖∥⋆★☆✉✝^¹²³⁰⁴-⁹⁺ᵃ-ᶻ˒]';
/** What follows the first mark: “,2”, “, *”, “^2”. No two steps begin alike, so nothing is tried twice. */
const MORE = `(?:\\s?,\\s?(?:\\d{1,2}|[a-z])(?![\\p{L}\\d.])|(?:\\s?,\\s?|\\s)?${SIGN}|(?<=${SIGN})\\d{1,2}(?!\\d)){0,12}`;
/** Where a name ends. */
const END = '(?=\\s{0,3}(?:[,;|\\n]|$|(?:and|&)\\s))';
const SIGNS = new RegExp(`\\s?${SIGN}${MORE}${END}`, 'gu');
const NUMBERS = new RegExp(`(?<=[\\p{L}.])(\\s?)\\d{1,2}(?!\\d)(${MORE})${END}`, 'gu');
const IN_BRACKETS = new RegExp(
  `\\s?[[(](?:\\d{1,2}|${SIGN})(?:\\s?,\\s?(?:\\d{1,2}|[a-z]|${SIGN})){0,12}[\\])]`,
  'gu',
);
const LEADING = /(?<=^|[,;|\n]\s?)[*∗⁎＊†‡§¶‖∥⋆★☆✉✝¹²³⁰⁴-⁹]{1,12}\s?(?=\p{L})/gu;
/** Characters. A longer name is none. */
const LONGEST_NAME = 80;
const DELIMITER = /[,;|\n]|\s(?:and|&)\s/g;
/** Two words, the last of which is no abbreviation such as `GPT4`; in Chinese and Korean one word. */
const NUMBERED_NAME =
  /^\p{Lu}\S*(?:\s\S+)*\s\p{L}(?:.*\p{Ll}|\S{3,})$|\p{Lu}\.$|^[\p{sc=Han}\p{sc=Hangul}]{2,5}$/u;
/** “Example1, A.” */
const FAMILY = /^\p{Lu}.*\p{Ll}{2}$/u;
const GIVEN_NEXT = /^, ?\p{Lu}\./u;
const HAS_MARKS = /[\d$<\\]|[^\p{L}\p{M}\p{Zs}.,;'’-]/u;
/** `Team Qwen3` is a name. */
const NUMBERED_GROUP = /\b(?:team|group|lab|model|project)\b/i;

/**
 * Works on one name or on a list of them, which must not be split before: the marks contain commas. Keeps
 * numbers that belong to a name: `deadmau5`, `X Æ A-12`, `Wei Wang 0001`.
 */
export function withoutMarks(names: string): string {
  if (!HAS_MARKS.test(names)) return names;
  const noted = names.replace(NOTES, '').replace(IN_BRACKETS, '');
  return withoutNumbers(noted).replace(SIGNS, '').replace(LEADING, '');
}

/** The same for a family name whose source gives the given name separately: `Example1`. */
export function withoutFamilyMark(family: string): string {
  return family.replace(/(?<=\p{Ll}{2})\d{1,2}$/u, '');
}

function withoutNumbers(names: string): string {
  if (!/\d/.test(names)) return names;
  const spaced = Array.from(names.matchAll(NUMBERS)).filter(([, space]) => space !== '').length;
  return names.replace(NUMBERS, (mark: string, space: string, more: string, at: number) => {
    const name = lastName(names.slice(Math.max(0, at - LONGEST_NAME), at));
    const isFamily =
      FAMILY.test(name) && GIVEN_NEXT.test(names.slice(at + mark.length, at + mark.length + 5));
    if (!(isFamily || NUMBERED_NAME.test(name)) || NUMBERED_GROUP.test(name)) return mark;
    // Behind a space, one number alone can be a part of the name.
    return space === '' || spaced > 1 || more !== '' ? '' : mark;
  });
}

function lastName(text: string): string {
  return text.split(DELIMITER).at(-1)?.trim() ?? '';
}
