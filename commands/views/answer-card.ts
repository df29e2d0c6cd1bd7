/** Answers: what was said, and the sentences that it rests on. */

import type { Answer, Quote } from '../../src/answers/answers.ts';
import type { Block, Card, RichText } from '../../src/chat/card.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { readable } from '../../src/papers/readable.ts';
import { echo } from './echo.ts';
import { maker } from './made.ts';
import { paperEntry } from './paper-card.ts';
import { briefEntry } from './paper-list.ts';

/** What the abstract of one paper answers. */
export function answerAbout(paper: Paper, answer: Answer): Card {
  const body = isSilent(answer)
    ? [['The abstract does not say.']]
    : [...answer.said.map((line): RichText => [readable(line)]), ...answer.quotes.map(quoteLine)];
  const entry = paperEntry(paper, body, ['show', 'summary', 'save']);
  // Who asks a question about a paper knows the paper: its facts would stand between them and the answer.
  return { tone: 'plain', blocks: [{ ...entry, meta: [] }], footer: [originOf(answer)] };
}

/** What all papers here answer: each with the sentences that were taken from it. */
export function answerOfAll(question: string, answer: Answer): Card {
  const title = echo(question);
  if (isSilent(answer)) {
    const text = 'No abstract here says anything about this. Try other words, or /papers search.';
    return { title, tone: 'plain', blocks: [{ kind: 'text', text: [text] }], footer: [originOf(answer)] };
  }
  const said = answer.said.map((line): Block => ({ kind: 'text', text: [readable(line)] }));
  const papers = [...new Map(answer.quotes.map(({ paper }) => [paper.id, paper])).values()];
  const entries = papers.map((paper, at) => ({
    ...briefEntry(paper, { number: at + 1, commands: ['show'] }),
    body: answer.quotes.filter((quote) => quote.paper.id === paper.id).map(quoteLine),
  }));
  return { title, tone: 'plain', blocks: [...said, ...entries], footer: [originOf(answer)] };
}

function isSilent({ said, quotes }: Answer): boolean {
  return said.length === 0 && quotes.length === 0;
}

function quoteLine({ sentence }: Quote): RichText {
  return [`“${readable(sentence)}”`];
}

function originOf(answer: Answer): string {
  if (answer.madeBy !== 'extracted') return `answered ${maker(answer)} from abstracts, quoted in full`;
  const how = isSilent(answer) ? 'looked for by words alone' : 'the sentences that match best, extracted';
  return answer.instead === undefined ? how : `${how}: ${answer.instead}`;
}
