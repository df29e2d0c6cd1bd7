/**
 * Rows of vectors in files and in memory: the packed vector, padded, then the key of its paper and the
 * inverse of its length, 4 bytes each.
 */
import { LANES } from './dot-products.ts';

export interface RowForm {
  /** Of a vector, before it is padded. */
  readonly dimensions: number;
  /** Of a padded vector. */
  readonly padded: number;
  readonly bytes: number;
}

export function rowForm(dimensions: number): RowForm {
  const padded = Math.ceil(dimensions / LANES) * LANES;
  return { dimensions, padded, bytes: padded + 8 };
}

export class Rows {
  readonly form: RowForm;
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(form: RowForm, bytes: Uint8Array) {
    this.form = form;
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  key(row: number): number {
    return this.#view.getUint32(row * this.form.bytes + this.form.padded, true);
  }

  /** What the product with a vector of unit length is multiplied by, to get a cosine. */
  scale(row: number): number {
    return this.#view.getFloat32(row * this.form.bytes + this.form.padded + 4, true);
  }

  /** The padded vector, as a part of the bytes. */
  vector(row: number): Int8Array {
    const at = this.bytes.byteOffset + row * this.form.bytes;
    return new Int8Array(this.bytes.buffer, at, this.form.padded);
  }

  write(row: number, key: number, packed: Uint8Array): void {
    const at = row * this.form.bytes;
    this.bytes.fill(0, at, at + this.form.padded);
    this.bytes.set(packed.subarray(0, this.form.dimensions), at);
    let squares = 0;
    for (const value of this.vector(row)) squares += value * value;
    this.#view.setUint32(at + this.form.padded, key, true);
    this.#view.setFloat32(at + this.form.padded + 4, squares > 0 ? 1 / Math.sqrt(squares) : 0, true);
  }
}

/** The largest number of a query in whole numbers, so that no product overflows. */
const QUERY_SCALE = 4_096;

/** @param vector of unit length, or shorter */
export function toQuery(vector: ArrayLike<number>): Int16Array {
  return Int16Array.from(vector, (value) => Math.round(value * QUERY_SCALE));
}
