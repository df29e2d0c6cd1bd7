/** Says how a generated text was made. */

interface Made {
  /** `extracted`, or the name of a model. */
  readonly madeBy: string;
  /** Reason why it was not made in the way that was asked for. */
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
    : `Extracted from the abstract, because ${fallbackReason}`;
}
