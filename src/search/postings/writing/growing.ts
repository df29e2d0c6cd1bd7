/** Arrays of numbers that grow, without a boxed number in them. */

const FIRST = 1_024;

/** Numbers from 0 to 2^32 - 1. */
export class GrowingNumbers {
  length = 0;
  #values = new Uint32Array(FIRST);

  push(value: number): void {
    if (this.length === this.#values.length)
      this.#values = grown(this.#values, new Uint32Array(2 * this.length));
    this.#values[this.length++] = value;
  }

  /** A view, valid until the next number comes. */
  values(): Uint32Array {
    return this.#values.subarray(0, this.length);
  }

  /** Makes it empty, but keeps its memory. */
  clear(): void {
    this.length = 0;
  }
}

export class GrowingBytes {
  length = 0;
  #values = new Uint8Array(FIRST);

  push(value: number): void {
    if (this.length === this.#values.length)
      this.#values = grown(this.#values, new Uint8Array(2 * this.length));
    this.#values[this.length++] = value;
  }

  values(): Uint8Array {
    return this.#values.subarray(0, this.length);
  }
}

function grown<Values extends Uint8Array | Uint32Array>(from: Values, to: Values): Values {
  to.set(from);
  return to;
}
