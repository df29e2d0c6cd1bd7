/** Papers side by side, one aspect under the other: on a phone, columns would be two words wide. */
import type { Aspect, Aspects } from '../../src/answers/answers.ts';
import type { Block, Card } from '../../src/chat/card.ts';
import { clip } from '../../src/chat/clip.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { readable } from '../../src/papers/readable.ts';
import { briefEntry } from './paper-list.ts';

interface Compared {
  readonly paper: Paper;
  readonly aspects: Aspects;
}

const LABELS: Readonly<Record<Aspect, string>> = {
  problem: 'Problem',
  approach: 'Approach',
  data: 'Data',
  result: 'Result',
};

/** Characters of a sentence: four aspects of four papers stay within what one message holds. */
const SENTENCE = 240;

export function comparisonCard(compared: readonly Compared[]): Card {
  const entries = compared.map(({ paper }, at) => briefEntry(paper, { number: at + 1, commands: ['show'] }));
  const aspects = (Object.keys(LABELS) as Aspect[]).flatMap((aspect) => aspectBlocks(aspect, compared));
  return {
    tone: 'plain',
    blocks: [...entries, ...aspects],
    footer: ['sentences of the abstracts, extracted'],
  };
}

/** Nothing of an aspect that no abstract speaks of. */
function aspectBlocks(aspect: Aspect, compared: readonly Compared[]): Block[] {
  if (compared.every(({ aspects }) => aspects[aspect] === undefined)) return [];
  return [
    { kind: 'divider' },
    { kind: 'text', text: [{ kind: 'bold', text: LABELS[aspect] }] },
    ...compared.map(({ aspects }, at): Block => {
      const sentence = aspects[aspect];
      const text =
        sentence === undefined
          ? ({ kind: 'dim', text: 'the abstract does not say' } as const)
          : clip(readable(sentence), SENTENCE);
      return { kind: 'text', text: [{ kind: 'bold', text: `${at + 1} ` }, text] };
    }),
  ];
}
