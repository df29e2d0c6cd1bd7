/** How a text came about, as every text that nobody signed says. */

interface Made {
  /** `extracted`, or the name of a model. */
  readonly madeBy: string;
  /** Why it was not made as it was asked for. */
  readonly fallbackReason?: string;
}

/** `extracted`, or `by MODEL`. */
export function madeByWords({ madeBy }: Made): string {
  return madeBy === 'extracted' ? 'extracted' : `by ${madeBy}`;
}

/** A sentence for the end of the text. */
export function attributionLine({ madeBy, fallbackReason }: Made): string {
  if (madeBy !== 'extracted') return `Written by ${madeBy} from the abstract`;
  return fallbackReason === undefined
    ? 'Extracted from the abstract'
    : `Extracted from the abstract: ${fallbackReason}`;
}
