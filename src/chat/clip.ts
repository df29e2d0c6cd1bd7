/** Shortens text to a platform's limit without splitting a visible character. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Returns at most `limit` UTF-16 units, ending with an ellipsis if text was cut. No emoji, accent or
 * surrogate pair is split. Platforms count UTF-16 units, or something shorter.
 */
export function clip(text: string, limit: number, ellipsis = '…'): string {
  if (text.length <= limit) return text;
  const room = limit - ellipsis.length;
  if (room < 0) return '';
  let end = 0;
  // The window bounds the work on a long text. A grapheme that it cuts is longer than the limit anyway.
  for (const { index, segment } of graphemes.segment(text.slice(0, limit + 64))) {
    if (index + segment.length > room) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trimEnd() + ellipsis;
}

/** Like `clip`, but ends after a whole word. */
export function clipWords(text: string, limit: number): string {
  const cut = clip(text, limit);
  return cut === text ? text : cut.replace(/\s+\S*…$/u, ' …');
}
