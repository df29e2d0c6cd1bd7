/** Papers side by side, one aspect under the other: on a phone, columns would be two words wide. */
import type { Aspect, Compared } from '../../src/answers/answers.ts';
import { briefEntry } from '../../src/cards/paper-list.ts';
import type { Block, Card, Inline, RichText } from '../../src/chat/card.ts';
import { clipWords } from '../../src/chat/clip.ts';
import { readable } from '../../src/text/readable.ts';
import { withRemark } from './version-remark.ts';

const LABELS: Readonly<Record<Aspect, string>> = {
  problem: 'Problem',
  approach: 'Approach',
  data: 'Data',
  result: 'Result',
};

/** Characters of a sentence: four aspects of four papers stay within what one message holds. */
const SENTENCE = 220;
/** `LongAct: …`: titles that begin with a name. */
const NAME = /^(?=.{2,24}: )((?:[^\s:]+ ){0,2}[^\s:]+): /;

/** @param remarks what is to be said of a paper, by its id */
export function comparisonCard(
  compared: readonly Compared[],
  remarks: ReadonlyMap<string, RichText> = new Map(),
): Card {
  const entries = compared.map(({ paper }, at) =>
    withRemark(briefEntry(paper, { number: at + 1, commands: ['show'] }), remarks.get(paper.id)),
  );
  const aspects = (Object.keys(LABELS) as Aspect[]).flatMap((aspect) => aspectBlocks(aspect, compared));
  return {
    tone: 'plain',
    blocks: [...entries, ...aspects],
    footer: [originOf(compared)],
  };
}

/** Nothing of an aspect that no abstract speaks of. */
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

/** Whoever scrolled down has forgotten which of four papers is the third. */
function nameOf({ paper }: Compared, at: number): string {
  const name = NAME.exec(readable(paper.title))?.[1];
  return name === undefined ? String(at + 1) : `${at + 1} ${name}:`;
}

function wordsOf(aspect: Aspect, { aspects }: Compared): Inline {
  const sentence = aspects[aspect];
  if (sentence === undefined) return { kind: 'dim', text: 'not found in the abstract' };
  // One sentence that says both is read once.
  if (aspect === 'data' && sentence === aspects.result)
    return { kind: 'dim', text: `see ${LABELS.result.toLowerCase()}` };
  return clipWords(readable(sentence), SENTENCE);
}

/** Papers that came about in the same way are named together, by their numbers where there are two ways. */
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
  if (madeBy !== 'extracted') return `written by ${madeBy}, each resting on a sentence of the abstract`;
  const how = 'sentences of the abstracts, extracted';
  return fallbackReason === undefined ? how : `${how}, as ${fallbackReason}`;
}
