/** A learned model as the database keeps it: its form and sizes, then its arrays one after the other, little-endian. */
import { joinBytes } from '../text/vector.ts';
import type { LsaModel } from './model.ts';

/** A part of the model's name, so that what another form holds is never read as this one. */
export const FORMAT = 1;
const HEADER = 3;

export function toModelBytes({ dimensions, terms, rarity, scales, vectors }: LsaModel): Uint8Array {
  return joinBytes([Uint32Array.of(FORMAT, dimensions, terms.length), terms, rarity, scales, vectors]);
}

/** `undefined` for bytes of another form. */
export function fromModelBytes(bytes: Uint8Array): LsaModel | undefined {
  // A copy begins where arrays of four bytes a number may begin.
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
