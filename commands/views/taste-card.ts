/** Cards about a person's taste. */
import { counted } from '../../src/cards/counts.ts';
import { tasteLine } from '../../src/cards/like-actions.ts';
import { pageButton, undoButton } from '../../src/cards/paper-list.ts';
import { quotedTitle } from '../../src/cards/reason-words.ts';
import { type Card, type Field, sentence } from '../../src/chat/card.ts';
import { clipWords } from '../../src/chat/clip.ts';
import type { Counted, PaperOpinion, TasteView } from '../../src/recommend/taste/taste.ts';
import { textBlock } from './feed-card.ts';

/** Subjects with a button, a row of them. */
const WITH_BUTTON = 5;
const LABEL = 30;
const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** A paper or subject that a person named. */
export interface NamedTaste {
  readonly name: string;
  /** Absent for a subject. */
  readonly paper?: string;
}

/** @param before what the person wanted of each */
export function changedTasteCard(
  named: readonly NamedTaste[],
  change: 'more' | 'less' | 'neither',
  before: ReadonlyArray<PaperOpinion | undefined>,
): Card {
  const names = LIST.format(named.map(({ name, paper }) => (paper === undefined ? name : quotedTitle(name))));
  const isPaper = named[0]?.paper !== undefined;
  const what = `${isPaper ? 'papers like' : 'papers about'} ${names}`;
  const texts = {
    more: `You will get more ${what}.`,
    less: isPaper ? `You will get fewer ${what}.` : `You will get no more ${what}.`,
    neither: `What you said about ${names} no longer counts.`,
  };
  const [first] = before;
  const isSame = before.every((each) => each === first);
  const undo = isSame && first !== undefined ? first : 'neither';
  const about = named.map(({ name, paper }) => paper ?? `"${name}"`).join(', ');
  return {
    tone: 'done',
    blocks: [textBlock([texts[change]])],
    ...(undo !== change && { actions: [undoButton(tasteLine(undo, about))] }),
    footer: ['All of it: ', { kind: 'code', text: '/papers taste' }],
  };
}

/** @param signals papers and subjects to go by, fewer than are needed */
export function tooFewCard(signals: number, fewest: number, isTeam: boolean): Card {
  const missing = fewest - signals;
  if (isTeam) {
    return sentence(
      `Your team has saved ${signals === 0 ? 'no papers' : counted(signals, 'paper')} here. With ${counted(missing, 'more save')}, there is enough to recommend papers.`,
    );
  }
  const soFar = signals === 0 ? 'Nothing is known of your taste yet' : `There is only ${signals} to go by`;
  return {
    tone: 'plain',
    blocks: [
      textBlock([
        `${soFar}. Save ${counted(missing, signals === 0 ? 'paper' : 'more paper')}, or name papers or subjects that you like. For example: `,
        { kind: 'code', text: '/papers taste do:more about:"2406.01574, diffusion models"' },
      ]),
    ],
  };
}

export function offCard(): Card {
  return {
    tone: 'plain',
    blocks: [textBlock(['Recommendations are off for you. Nothing is derived from your saves.'])],
    actions: [pageButton('Turn them on', tasteLine('on'))],
  };
}

export function tasteCard(taste: TasteView): Card {
  const { saves, more, less, liked, avoided, subjects, authors, categories } = taste;
  const parts = [
    saves > 0 ? counted(saves, 'saved paper') : '',
    more > 0 ? `${counted(more, 'paper')} that you want more like` : '',
    less > 0 ? `${counted(less, 'paper')} that you want less like` : '',
  ].filter((part) => part !== '');
  const fields = [
    field('You like', liked.join(' · ')),
    field('Not for you', avoided.join(' · ')),
    field('Subjects', countsOf(subjects)),
    field('Authors', countsOf(authors)),
    field('Categories', countsOf(categories)),
  ].flat();
  const open = subjects.slice(0, WITH_BUTTON);
  return {
    tone: 'plain',
    title: 'Your taste',
    blocks: [
      textBlock([
        parts.length > 0
          ? `What recommendations go by, from ${LIST.format(parts)}:`
          : 'What recommendations go by:',
      ]),
      { kind: 'fields', fields },
    ],
    actions: [
      ...open.map(({ name }) => pageButton(clipWords(`Less ${name}`, LABEL), tasteLine('less', `"${name}"`))),
      ...avoided
        .slice(-WITH_BUTTON)
        .map((name) => pageButton(clipWords(`Allow ${name}`, LABEL), tasteLine('neither', `"${name}"`))),
      pageButton('Turn off', tasteLine('off')),
      pageButton('Forget my taste', tasteLine('reset')),
    ],
    footer: ['Change it: ', { kind: 'code', text: '/papers taste do:less about:robotics' }],
  };
}

/** The team has no opinions of its own, so its saves are all there is. */
export function teamTasteCard({ saves, subjects, authors, categories }: TasteView): Card {
  return {
    tone: 'plain',
    title: 'What your team likes',
    blocks: [
      textBlock([`From ${counted(saves, 'paper')} that your team saved:`]),
      {
        kind: 'fields',
        fields: [
          field('Subjects', countsOf(subjects)),
          field('Authors', countsOf(authors)),
          field('Categories', countsOf(categories)),
        ].flat(),
      },
    ],
    footer: ['Papers for the team: ', { kind: 'code', text: '/papers recommend scope:team' }],
  };
}

function countsOf(counts: readonly Counted[]): string {
  return counts.map(({ name, papers }) => `${name} (${papers})`).join(' · ');
}

function field(name: string, value: string): Field[] {
  return value === '' ? [] : [{ name, value: [value] }];
}
