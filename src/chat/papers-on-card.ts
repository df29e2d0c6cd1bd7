/** Papers that a card shows, which a reaction on its message can refer to. */
import type { Card, Entry } from './card.ts';
import type { ShownPaper } from './refs.ts';

/** Empty for a card that shows neither one paper nor a list. */
export function papersOnCard({ blocks }: Card): ShownPaper[] {
  const entries = blocks.filter((block): block is Entry => block.kind === 'entry');
  const [first] = entries;
  // A card for one paper may list other matches below it; it represents the first.
  if (first && first.number === undefined) return [{ paper: first.paper }];
  return entries.flatMap(({ paper, number }) => (number === undefined ? [] : [{ paper, number }]));
}
