/** Serialises a learned model for the database: format and sizes, then the arrays, little-endian. */
import { joinBytes } from '../text/vector.ts';
import type { LsaModel } from './model.ts';

/** Part of the model's name, so that another format is never misread. */
export const FORMAT = 1;
/** Numbers in a learned vector. Measured on four data sets: 64 and 256 are no better. */
export const DIMENSIONS = 128;
const HEADER = 3;

export function toModelBytes({ dimensions, terms, rarity, scales, vectors }: LsaModel): Uint8Array {
  return joinBytes([Uint32Array.of(FORMAT, dimensions, terms.length), terms, rarity, scales, vectors]);
}

/** Returns `undefined` for another format. */
export function fromModelBytes(bytes: Uint8Array): LsaModel | undefined {
  // The copy is aligned for arrays of four-byte numbers.
  const { buffer } = Uint8Array.from(bytes);
  if (buffer.byteLength < HEADER * 4) return undefined;
  const [format, dimensions = 0, count = 0] = new Uint32Array(buffer, 0, HEADER);
  const start = HEADER * 4;
  if (format !== FORMAT || buffer.byteLength !== start + count * (12 + dimensions)) return undefined;
  return {
    dimensions,
    terms: new Uint32Array(buffer, start, count),
    rarity: new Float32Array(buffer, start + count * 4, count),
    scales: new Float32Array(buffer, start + count * 8, count),
    vectors: new Int8Array(buffer, start + count * 12),
  };
}
