/** Interprets a mention of the bot in reply to one of its messages. */

import type { Card } from '../chat/card.ts';
import type { CommandHandlers, Mention } from '../chat/handlers.ts';
import type { ShownPaper } from '../chat/refs.ts';

export type MeantByMention =
  | { readonly kind: 'paper'; readonly paper: string; readonly question: string }
  /** Not a question about one paper; `words` says what is missing. */
  | { readonly kind: 'unclear'; readonly words: string };

/** `3 what data?`, `#3: what data?`, `paper 3, what data?` */
const NUMBERED = /^\s*(?:paper\s+|no\.?\s*)?#?(\d{1,4})\b[\s:.,)–-]*/iu;

/** @param shown papers of the message, not empty */
export function readMention(said: string, shown: readonly ShownPaper[]): MeantByMention {
  const [first] = shown;
  if (first !== undefined && shown.length === 1) return aboutPaper(first.paper, said);
  const [prefix = '', number] = NUMBERED.exec(said) ?? [];
  const listed = shown.find((each) => each.number === Number(number));
  if (listed) return aboutPaper(listed.paper, said.slice(prefix.length));
  return {
    kind: 'unclear',
    words: 'Which of these papers? Begin with its number, for example: “2 what data did they use?”',
  };
}

function aboutPaper(paper: string, said: string): MeantByMention {
  const question = said.trim();
  if (/[\p{L}\p{N}]/u.test(question)) return { kind: 'paper', paper, question };
  return {
    kind: 'unclear',
    words: 'What is your question about the paper? Add it to the mention.',
  };
}

// A mention below a paper runs `/papers ask` for its author, with the same answer, limits and errors.

export function asking({ answer }: Pick<CommandHandlers, 'answer'>) {
  return async ({ caller, signal }: Mention, paper: string, question: string): Promise<Card> => {
    const values = { question, paper };
    const { card } = await answer({ caller, root: 'papers', name: 'ask', values, ...(signal && { signal }) });
    return card;
  };
}
