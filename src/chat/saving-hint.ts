/** Explains how a reaction saves a paper of a list. */
import type { Card } from './card.ts';
import type { MessageHandlers } from './handlers.ts';
import { papersOnCard } from './papers-on-card.ts';
import type { ChannelRef, ShownPaper } from './refs.ts';

const KEYCAPS = ['1️⃣', '2️⃣', '3️⃣', '4️⃣', '5️⃣', '6️⃣', '7️⃣', '8️⃣', '9️⃣', '🔟'];

/** `1️⃣–5️⃣`: the reactions that save the papers of a list; `''` without numbers. */
export function keycapsFor(shown: readonly ShownPaper[]): string {
  const numbers = shown.flatMap(({ number }) => number ?? []);
  if (numbers.length === 0) return '';
  // On pages with higher numbers, keycaps count from the top of the page.
  const first = Math.min(...numbers) > KEYCAPS.length ? 1 : Math.min(...numbers);
  const last = Math.min(first + numbers.length - 1, KEYCAPS.length);
  const [from = '', to = ''] = [KEYCAPS[first - 1], KEYCAPS[last - 1]];
  return from === to ? from : `${from}–${to}`;
}

/**
 * Adds the line to the first list in a channel: the first one while no list is remembered there. So nothing
 * else has to be stored.
 */
export async function explainedOnce(
  card: Card,
  channel: ChannelRef,
  handlers: Pick<MessageHandlers, 'hasList'>,
): Promise<Card> {
  const keycaps = keycapsFor(papersOnCard(card));
  if (keycaps === '' || (await handlers.hasList(channel))) return card;
  const { footer = [] } = card;
  const words = `${keycaps} to save a paper to your list`;
  return { ...card, footer: footer.length === 0 ? [`React ${words}`] : [...footer, ` · react ${words}`] };
}
