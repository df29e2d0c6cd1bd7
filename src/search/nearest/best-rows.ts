/** The rows with the highest scores, of many. */
export class BestRows {
  readonly #limit: number;
  readonly #scores: number[] = [];
  readonly #values: number[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** A row counts if its score is higher than this. */
  get least(): number {
    return this.#scores.length < this.#limit
      ? Number.NEGATIVE_INFINITY
      : (this.#scores[this.#limit - 1] as number);
  }

  add(score: number, value: number): void {
    let low = 0;
    let high = this.#scores.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#scores[middle] as number) >= score) low = middle + 1;
      else high = middle;
    }
    this.#scores.splice(low, 0, score);
    this.#values.splice(low, 0, value);
    if (this.#scores.length > this.#limit) {
      this.#scores.pop();
      this.#values.pop();
    }
  }

  /** The best first. */
  get values(): readonly number[] {
    return this.#values;
  }
}
