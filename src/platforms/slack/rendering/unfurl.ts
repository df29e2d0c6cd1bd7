/** What stands under a pasted link to a paper: its card in small. */
import type { Card, Entry } from '../../../chat/card.ts';
import { BUTTON_BLOCKS, BUTTONS_TOTAL } from './buttons.ts';
import type { Space } from './layout.ts';
import { cardBlocks, type RenderedBlocks } from './render.ts';

/** The message is somebody else's: title, facts and one sentence, and what can be done with the paper. */
const SPACE: Space = { blocks: BUTTON_BLOCKS + 8, characters: BUTTONS_TOTAL + 1_500 };

/**
 * For `chat.unfurl`, under the address that was pasted.
 * @param card of one paper, such as `/papers show` gives; `undefined` for a card of none
 */
export function toUnfurl(card: Card): RenderedBlocks | undefined {
  const [entry] = card.blocks.filter((block): block is Entry => block.kind === 'entry');
  if (entry === undefined || entry.number !== undefined) return undefined;
  const small: Entry = { ...entry, body: entry.body.slice(0, 1) };
  return cardBlocks({ tone: 'plain', blocks: [small] }, SPACE);
}
