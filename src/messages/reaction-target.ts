/** Finds the paper that a reaction on a message refers to. */
import type { ShownPaper } from '../chat/refs.ts';

/** `3️⃣` is the digit, an optional variation selector, and the combining keycap. */
const KEYCAP = /^([1-9])\uFE0F?\u20E3$/u;
const KEYCAP_TEN = '🔟';
const VARIATION_OR_SKIN = /[\uFE0E\uFE0F\u{1F3FB}-\u{1F3FF}]/gu;

/** The number on a keycap, 1 to 10; `undefined` for any other emoji. */
export function keycapNumber(emoji: string): number | undefined {
  if (emoji === KEYCAP_TEN) return 10;
  const digit = KEYCAP.exec(emoji)?.[1];
  return digit === undefined ? undefined : Number(digit);
}

const DISMISSING = new Set(['👎']);
const DISCUSSING = new Set(['👍', '❤', '🔥', '👀', '💯', '🚀', '💡', '🧠', '⭐']);

/** What an emoji says of the paper of a message that shows only one. Channels learn from it. */
export function opinionOf(
  emoji: string,
  shown: readonly ShownPaper[],
): { readonly paper: string; readonly kind: 'discussed' | 'dismissed' } | undefined {
  const [only, ...others] = shown;
  if (only === undefined || others.length > 0 || !isOpinion(emoji)) return undefined;
  return { paper: only.paper, kind: DISMISSING.has(bare(emoji)) ? 'dismissed' : 'discussed' };
}

function isOpinion(emoji: string): boolean {
  return DISMISSING.has(bare(emoji)) || DISCUSSING.has(bare(emoji));
}

/** False for emoji that have no meaning on any message. */
export function mayMean(emoji: string, saveEmoji: readonly string[]): boolean {
  return keycapNumber(emoji) !== undefined || isSaveEmoji(emoji, saveEmoji) || isOpinion(emoji);
}

/**
 * The paper's id, or `undefined` if the reaction has no meaning here. A save emoji refers to the paper of a
 * message that shows only one. A keycap refers to the entry with that number or, on a later page with numbers
 * above 10, to the entry in that position.
 * @param saveEmoji characters, or names of a server's custom emoji
 */
export function reactionTarget(
  emoji: string,
  shown: readonly ShownPaper[],
  saveEmoji: readonly string[],
): string | undefined {
  const [only, ...others] = shown;
  if (only === undefined) return undefined;
  if (isSaveEmoji(emoji, saveEmoji)) return others.length === 0 ? only.paper : undefined;
  const number = keycapNumber(emoji);
  if (number === undefined || only.number === undefined) return undefined;
  const listed = shown.toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0));
  const isLaterPage = (listed[0]?.number ?? 0) > 10;
  const meant = isLaterPage ? listed[number - 1] : listed.find((each) => each.number === number);
  return meant?.paper;
}

export function isSaveEmoji(emoji: string, saveEmoji: readonly string[]): boolean {
  return saveEmoji.some((each) => bare(each) === bare(emoji));
}

function bare(emoji: string): string {
  return emoji.replace(VARIATION_OR_SKIN, '');
}
