/** A mention under a paper is `/papers ask` typed by the one who wrote it: same answer, same limits, same words when it fails. */
import type { Card } from '../chat/card.ts';
import type { CommandHandlers, Mention } from '../chat/handlers.ts';

export function asking({ answer }: Pick<CommandHandlers, 'answer'>) {
  return async ({ caller, signal }: Mention, paper: string, question: string): Promise<Card> => {
    const values = { question, paper };
    const { card } = await answer({ caller, root: 'papers', name: 'ask', values, ...(signal && { signal }) });
    return card;
  };
}
