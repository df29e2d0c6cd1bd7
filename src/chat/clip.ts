/** Shortens text to a platform's limit without cutting through what a person sees as one character. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * At most `limit` UTF-16 units (what the platforms count, or fewer than they count), the last one an ellipsis when
 * something was left out. No emoji, accent or surrogate pair is cut in two.
 */
export function clip(text: string, limit: number, ellipsis = '…'): string {
  if (text.length <= limit) return text;
  const room = limit - ellipsis.length;
  if (room < 0) return '';
  let end = 0;
  // The window bounds the work on a long text; a grapheme that it cuts is longer than the limit anyway.
  for (const { index, segment } of graphemes.segment(text.slice(0, limit + 64))) {
    if (index + segment.length > room) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trimEnd() + ellipsis;
}

/** The same for sentences: what is cut ends after a whole word. */
export function clipWords(text: string, limit: number): string {
  const cut = clip(text, limit);
  return cut === text ? text : cut.replace(/\s+\S*…$/u, ' …');
}
