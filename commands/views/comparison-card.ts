/** Compares papers aspect by aspect, without columns, which would be two words wide on a phone. */
import type { Aspect, Compared } from '../../src/answers/answers.ts';
import { briefEntry, fitLine } from '../../src/cards/paper-list.ts';
import type { Block, Card, Inline, RichText } from '../../src/chat/card.ts';
import { readable } from '../../src/text/readable.ts';
import { withRemark } from './version-remark.ts';

const LABELS: Readonly<Record<Aspect, string>> = {
  problem: 'Problem',
  approach: 'Approach',
  data: 'Data',
  result: 'Result',
};

/** The name that a title begins with: `LongAct: …`. */
const NAME = /^(?=.{2,24}: )((?:[^\s:]+ ){0,2}[^\s:]+): /;

/** @param remarks remarks on papers, by their ids */
export function comparisonCard(
  compared: readonly Compared[],
  remarks: ReadonlyMap<string, RichText> = new Map(),
): Card {
  const entries = compared.map(({ paper }, at) =>
    withRemark(briefEntry(paper, { number: at + 1 }), remarks.get(paper.id)),
  );
  const aspects = (Object.keys(LABELS) as Aspect[]).flatMap((aspect) => aspectBlocks(aspect, compared));
  return {
    tone: 'plain',
    title: `Comparison of ${compared.length} papers`,
    blocks: [...entries, ...aspects],
    footer: [originOf(compared)],
  };
}

/** Empty for an aspect that no abstract mentions. */
function aspectBlocks(aspect: Aspect, compared: readonly Compared[]): Block[] {
  if (compared.every(({ aspects }) => aspects[aspect] === undefined)) return [];
  return [
    { kind: 'divider' },
    { kind: 'text', text: [{ kind: 'bold', text: LABELS[aspect] }] },
    ...compared.map(
      (each, at): Block => ({
        kind: 'text',
        text: [{ kind: 'bold', text: `${nameOf(each, at)} ` }, wordsOf(aspect, each)],
      }),
    ),
  ];
}

/** Number and name, because a reader who scrolled down no longer sees the list of papers. */
function nameOf({ paper }: Compared, at: number): string {
  const name = NAME.exec(readable(paper.title))?.[1];
  return name === undefined ? String(at + 1) : `${at + 1} ${name}:`;
}

function wordsOf(aspect: Aspect, { aspects }: Compared): Inline {
  const sentence = aspects[aspect];
  if (sentence === undefined) return { kind: 'dim', text: 'not found in the abstract' };
  // A sentence that covers both is shown once.
  if (aspect === 'data' && sentence === aspects.result)
    return { kind: 'dim', text: `see ${LABELS.result.toLowerCase()}` };
  // Four aspects of four papers fit in one message.
  return fitLine(readable(sentence));
}

/** Says how the text was made, by number of paper if it was made in several ways. */
function originOf(compared: readonly Compared[]): string {
  const ways = new Map<string, number[]>();
  for (const [at, each] of compared.entries()) {
    const way = wayOf(each);
    ways.set(way, [...(ways.get(way) ?? []), at + 1]);
  }
  const [[only] = [''], ...others] = ways;
  if (others.length === 0) return only;
  return [...ways].map(([way, numbers]) => `${numbers.join(', ')}: ${way}`).join('; ');
}

function wayOf({ madeBy, fallbackReason }: Compared): string {
  if (madeBy !== 'extracted') return `written by ${madeBy}, each based on a sentence of the abstract`;
  const how = 'sentences extracted from the abstracts, some shortened';
  return fallbackReason === undefined ? how : `${how}, because ${fallbackReason}`;
}
