/**
 * Invisible characters that change what a reader sees: joiners in scripts with joined letters (Persian,
 * Sinhala, Malayalam), and those that combine several characters into one emoji or flag. Elsewhere they are
 * noise, or a disguise.
 */

const JOINING =
  'Arab Syrc Mong Mand Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt Java Bali';
const OF_SCRIPT = `[${JOINING.split(' ')
  .map((script) => String.raw`\p{scx=${script}}`)
  .join('')}]`;
/** A letter of such a script, or a mark on one. */
const BEFORE = String.raw`(?<=(?=[\p{L}\p{M}])${OF_SCRIPT})`;
const AFTER = String.raw`(?=(?=[\p{L}\p{M}])${OF_SCRIPT})`;

/** RFC 5892, appendix A, allows more or less the same in domain names. */
const FORMS = [
  String.raw`${BEFORE}\u200C${AFTER}`,
  // Also at the end of a word, where it gives the last letter its joined form, or writes a Malayalam chillu.
  String.raw`${BEFORE}\u200D`,
  String.raw`(?<=\p{Extended_Pictographic}|\uFE0F|[\u{1F3FB}-\u{1F3FF}])\u200D(?=\p{Extended_Pictographic})`,
  // 🏴󠁧󠁢󠁳󠁣󠁴󠁿: https://www.unicode.org/reports/tr51/#valid-emoji-tag-sequences
  String.raw`(?<=\u{1F3F4})[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}`,
].join('|');
const KEPT = new RegExp(`(${FORMS})`, 'u');
const ANY = /\u200C|\u200D|\u{E007F}/u;

/**
 * Removes invisible characters, but keeps joiners that change how the text looks.
 * @param strip removes them from a piece that has no such joiner
 */
export function keepJoiners(text: string, strip: (piece: string) => string): string {
  if (!ANY.test(text)) return strip(text);
  return text
    .split(KEPT)
    .map((piece, at) => (at % 2 === 1 ? piece : strip(piece)))
    .join('');
}
