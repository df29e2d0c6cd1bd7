/** The best papers so far: a heap with the worst on top. Of equal scores, the newer paper is better. */

export interface ScoredKey {
  readonly pk: number;
  readonly score: number;
}

export class TopList {
  readonly #scores: Float64Array;
  readonly #keys: Float64Array;
  readonly #limit: number;
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
    this.#scores = new Float64Array(limit);
    this.#keys = new Float64Array(limit);
  }

  /** A paper needs at least this score; 0 as long as there is room. */
  get needed(): number {
    return this.#count < this.#limit ? 0 : (this.#scores[0] as number);
  }

  wants(score: number, key: number): boolean {
    return this.#count < this.#limit || this.#isBetter(score, key, 0);
  }

  /** Adds a paper that it wants. */
  add(score: number, key: number): void {
    if (this.#count < this.#limit) this.#rise(this.#count++, score, key);
    else this.#sink(score, key);
  }

  /** The best first. */
  sorted(): ScoredKey[] {
    const found = Array.from({ length: this.#count }, (_, at) => ({
      pk: this.#keys[at] as number,
      score: this.#scores[at] as number,
    }));
    return found.sort((a, b) => b.score - a.score || b.pk - a.pk);
  }

  #isBetter(score: number, key: number, than: number): boolean {
    const other = this.#scores[than] as number;
    return score > other || (score === other && key > (this.#keys[than] as number));
  }

  #rise(from: number, score: number, key: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (this.#isBetter(score, key, parent)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#scores[at] = score;
    this.#keys[at] = key;
  }

  #sink(score: number, key: number): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#count) break;
      const right = child + 1;
      if (right < this.#count) {
        const rightIsWorse = !this.#isBetter(
          this.#scores[right] as number,
          this.#keys[right] as number,
          child,
        );
        if (rightIsWorse) child = right;
      }
      if (!this.#isBetter(score, key, child)) break;
      this.#move(child, at);
      at = child;
    }
    this.#scores[at] = score;
    this.#keys[at] = key;
  }

  #move(from: number, to: number): void {
    this.#scores[to] = this.#scores[from] as number;
    this.#keys[to] = this.#keys[from] as number;
  }
}
