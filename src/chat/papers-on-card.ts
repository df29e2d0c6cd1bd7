/** Which papers a card shows: what a reaction on its message can mean. */
import type { Card, Entry } from './card.ts';
import type { ShownPaper } from './refs.ts';

/** Empty for a card that neither stands for one paper nor lists several. */
export function papersOnCard({ blocks }: Card): ShownPaper[] {
  const entries = blocks.filter((block): block is Entry => block.kind === 'entry');
  const [first] = entries;
  // A card of one paper may list others below it, as “not this one?” does: it stands for the first.
  if (first && first.number === undefined) return [{ paper: first.paper }];
  return entries.flatMap(({ paper, number }) => (number === undefined ? [] : [{ paper, number }]));
}
