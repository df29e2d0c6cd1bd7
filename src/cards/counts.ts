/** Formats numbers for people. */

const whole = new Intl.NumberFormat('en-GB');

/** `8,562`. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** `1 paper`, `8,562 papers`, `2 watches`; `200+ papers` when counting stopped there. */
export function counted(count: number, noun: string, isFloor = false): string {
  return `${formatCount(count)}${isFloor ? '+' : ''} ${count === 1 && !isFloor ? noun : pluralOf(noun)}`;
}

function pluralOf(noun: string): string {
  return /(?:[cs]h|s|x)$/u.test(noun) ? `${noun}es` : `${noun}s`;
}
