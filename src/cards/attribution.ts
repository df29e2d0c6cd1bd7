/** Says how a generated text was made. */
import type { Summary } from '../summary/summary.ts';

interface Made {
  /** `extracted`, or the name of a model. */
  readonly madeBy: string;
  /** True if an extracted sentence is only a part of the abstract's. */
  readonly isShortened?: boolean;
  /** Reason why it was not made in the way that was asked for. */
  readonly fallbackReason?: string;
}

/** `extracted`, `extracted, shortened`, or `by MODEL`. */
export function madeByWords({ madeBy, isShortened }: Made): string {
  if (madeBy !== 'extracted') return `by ${madeBy}`;
  return isShortened ? 'extracted, shortened' : 'extracted';
}

type MadeLine = Pick<Summary, 'madeBy' | 'sentence' | 'line'>;

/** How the line of a summary was made. */
export function lineMadeByWords({ madeBy, sentence }: MadeLine): string {
  return madeByWords({ madeBy, isShortened: sentence !== undefined });
}

/** How the sentences of a list were made, for its footer; `undefined` for none. */
export function sentencesWords(made: readonly MadeLine[]): string | undefined {
  if (made.length === 0) return undefined;
  const isShortened = made.some(({ sentence, line }) => sentence !== undefined || line !== undefined);
  const ways = new Set(made.map(({ madeBy }) => madeByWords({ madeBy, isShortened })));
  return `sentences ${[...ways].join(', ')}`;
}

/** A sentence for the end of the text. */
export function attributionLine({ madeBy, isShortened, fallbackReason }: Made): string {
  if (madeBy !== 'extracted') return `Written by ${madeBy} from the abstract`;
  const how = isShortened ? 'Extracted from the abstract and shortened' : 'Extracted from the abstract';
  return fallbackReason === undefined ? how : `${how}, because ${fallbackReason}`;
}
