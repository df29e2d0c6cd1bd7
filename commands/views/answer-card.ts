/** Cards for answers, with the sentences that they quote. */

import type { Answer, Quote } from '../../src/answers/answers.ts';
import { madeByWords } from '../../src/cards/attribution.ts';
import { paperEntry } from '../../src/cards/paper-card.ts';
import { withdrawalLine } from '../../src/cards/paper-lines.ts';
import { briefEntry } from '../../src/cards/paper-list.ts';
import type { Card, RichText } from '../../src/chat/card.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { readable } from '../../src/text/readable.ts';
import { quoteInput } from './quote.ts';

/** Characters; a whole question as the command accepts it. */
const QUESTION = 300;
/** Without a model, an answer in other words is not found. */
const NOT_IN_THESE_WORDS = 'The abstract does not say, at least not in these words.';

/** Everyone in a channel reads the answer, but only the person who asked knows the question. */
function asked(question: string): string {
  return quoteInput(question, QUESTION);
}

/** An answer from the abstract of one paper. */
export function answerAbout(question: string, paper: Paper, answer: Answer): Card {
  const said = answer.said.map(({ text }) => readable(text)).join(' ');
  const body = isSilent(answer)
    ? [[answer.madeBy === 'extracted' ? NOT_IN_THESE_WORDS : 'The abstract does not say.']]
    : [...(said === '' ? [] : [[said]]), ...quoteLines(answer, answer.quotes)];
  const entry = paperEntry(paper, body, ['show', 'summary', 'save']);
  // Without the paper's facts: the person who asks about a paper knows it, and wants the answer first.
  return {
    title: asked(question),
    tone: 'plain',
    blocks: [{ ...entry, meta: withdrawalLine(paper) }],
    footer: [originOf(answer)],
  };
}

/** An answer from all papers, each with the sentences quoted from it. */
export function answerOfAll(question: string, answer: Answer): Card {
  const title = asked(question);
  if (isSilent(answer)) {
    const text = 'No abstract here answers this. Try other words, or /papers search';
    return { title, tone: 'plain', blocks: [{ kind: 'text', text: [text] }], footer: [originOf(answer)] };
  }
  const papers = [...new Map(answer.quotes.map(({ paper }) => [paper.id, paper])).values()];
  const ids = papers.map(({ id }) => id);
  // A number in brackets refers to the paper that says so.
  const said = answer.said
    .map(({ text, basis }) => `${readable(text)} (${ids.indexOf(basis.paper.id) + 1})`)
    .join(' ');
  const entries = papers.map((paper, at) => ({
    ...briefEntry(paper, { number: at + 1 }),
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

/** Dimmed if they are evidence for an answer rather than the answer. */
function quoteLines({ said }: Answer, quotes: readonly Quote[]): RichText[] {
  return quotes.map(({ sentence }) => {
    const quoted = `“${readable(sentence)}”`;
    return said.length === 0 ? [quoted] : [{ kind: 'dim', text: quoted }];
  });
}

function originOf(answer: Answer): string {
  if (answer.madeBy !== 'extracted') return `answered ${madeByWords(answer)}, with quotes from the abstracts`;
  const how = isSilent(answer) ? 'searched by words only' : 'best-matching sentences, extracted';
  return answer.fallbackReason === undefined ? how : `${how}, because ${answer.fallbackReason}`;
}
