/** Answers: what was said, and the sentences that it rests on. */

import type { Answer, Quote } from '../../src/answers/answers.ts';
import { madeByWords } from '../../src/cards/attribution.ts';
import { paperEntry } from '../../src/cards/paper-card.ts';
import { withdrawalLine } from '../../src/cards/paper-lines.ts';
import { briefEntry } from '../../src/cards/paper-list.ts';
import type { Card, RichText } from '../../src/chat/card.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { readable } from '../../src/text/readable.ts';
import { quoteInput } from './quote.ts';

/** What the abstract of one paper answers. */
export function answerAbout(paper: Paper, answer: Answer): Card {
  const said = answer.said.map(({ text }) => readable(text)).join(' ');
  const body = isSilent(answer)
    ? [['The abstract does not say.']]
    : [...(said === '' ? [] : [[said]]), ...quoteLines(answer, answer.quotes)];
  const entry = paperEntry(paper, body, ['show', 'summary', 'save']);
  // Who asks a question about a paper knows the paper: its facts would stand between them and the answer.
  return { tone: 'plain', blocks: [{ ...entry, meta: withdrawalLine(paper) }], footer: [originOf(answer)] };
}

/** What all papers here answer: each with the sentences that were taken from it. */
export function answerOfAll(question: string, answer: Answer): Card {
  const title = quoteInput(question);
  if (isSilent(answer)) {
    const text = 'No abstract here says anything about this. Try other words, or /papers search.';
    return { title, tone: 'plain', blocks: [{ kind: 'text', text: [text] }], footer: [originOf(answer)] };
  }
  const papers = [...new Map(answer.quotes.map(({ paper }) => [paper.id, paper])).values()];
  const ids = papers.map(({ id }) => id);
  // A number in brackets leads to the paper that says so.
  const said = answer.said
    .map(({ text, basis }) => `${readable(text)} (${ids.indexOf(basis.paper.id) + 1})`)
    .join(' ');
  const entries = papers.map((paper, at) => ({
    ...briefEntry(paper, { number: at + 1, commands: ['show'] }),
    body: quoteLines(
      answer,
      answer.quotes.filter((quote) => quote.paper.id === paper.id),
    ),
  }));
  return {
    title,
    tone: 'plain',
    blocks: [...(said === '' ? [] : [{ kind: 'text', text: [said] } as const]), ...entries],
    footer: [originOf(answer)],
  };
}

function isSilent({ said, quotes }: Answer): boolean {
  return said.length === 0 && quotes.length === 0;
}

/** Small where they are the evidence, not the answer. */
function quoteLines({ said }: Answer, quotes: readonly Quote[]): RichText[] {
  return quotes.map(({ sentence }) => {
    const quoted = `“${readable(sentence)}”`;
    return said.length === 0 ? [quoted] : [{ kind: 'dim', text: quoted }];
  });
}

function originOf(answer: Answer): string {
  if (answer.madeBy !== 'extracted') return `answered ${madeByWords(answer)} from abstracts, quoted in full`;
  const how = isSilent(answer) ? 'looked for by words alone' : 'the sentences that match best, extracted';
  return answer.fallbackReason === undefined ? how : `${how}: ${answer.fallbackReason}`;
}
