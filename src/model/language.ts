/** Whether a text is in English, by the small words that every English sentence has. */

const SMALL_WORDS = new Set(
  `a an and are as at be been but by can do for from has have how in into is it its more not of on or our so such than that
  the their them then there these they this to was we were what when where which while who with without`.split(
    /\s+/,
  ),
);
/** English prose has about 0.4; of other languages a few words look like these. */
const ENGLISH_FROM = 0.18;

export function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const small = words.filter((word) => SMALL_WORDS.has(word)).length;
  return words.length > 0 && small >= ENGLISH_FROM * words.length;
}
